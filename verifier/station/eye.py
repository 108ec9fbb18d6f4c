"""The camera as the zygote sees it: a link to another process and the descriptor of a ring, never a frame."""

import os
from typing import Protocol

from verifier.devices import ring
from verifier.devices.camera import DeviceError
from verifier.protocol import Frame, Hello, Ring, Stop, Want, Wipe
from verifier.station.events import Event, emit
from verifier.station.link import Gone, Link, Listener
from verifier.station.loop import Loop
from verifier.station.spares import Mapped

QUICK = 0  # the number of the reader in `Want` and `Frame`


class Viewer(Protocol):
    """Whoever the camera works for."""

    def camera_changed(self) -> None:
        """Hear that there is another ring, or none."""

    def frame(self, slot: int, /) -> None:
        """Hear that a frame is in a slot."""


class Eye:
    """Accepts one camera process at a time; the newest wins, because the one before it has been restarted."""

    def __init__(self, loop: Loop, listener: Listener, viewer: Viewer) -> None:
        self._loop, self._listener, self._viewer = loop, listener, viewer
        self._link: Link | None = None
        self.mapped: Mapped | None = None
        loop.watch(listener.fileno(), self._accept)

    def want(self) -> bool:
        """Ask for a frame; say whether there is a camera to ask."""
        return self._say(Want(QUICK))

    def wipe(self) -> None:
        """Have every slot overwritten."""
        self._say(Wipe())

    def stop(self) -> bool:
        """Tell the camera process to end."""
        return self._say(Stop())

    def _say(self, record: Want | Wipe | Stop) -> bool:
        return self.mapped is not None and self._link is not None and self._link.send(record)

    def _accept(self) -> None:
        link = self._listener.accept()
        if link is None:
            return
        if self._link is not None:
            self._drop(self._link)
        self._link = link
        self._loop.watch(link.fileno(), self._heard)

    def _heard(self) -> None:
        link = self._link
        if link is None:
            return
        try:
            record, descriptor = link.receive_with_descriptor()
            self._take(record, descriptor)
        except (Gone, DeviceError):
            self._drop(link)

    def _take(self, record: object, descriptor: int | None) -> None:
        match record:
            case Ring() if descriptor is not None and self.mapped is None:
                self._map(record, descriptor)
            case Frame(reader=0, slot=slot) if self.mapped is not None and slot < self.mapped.shape.slots:
                self._viewer.frame(slot)
            case Hello():
                pass
            case _:
                raise Gone

    def _map(self, shape: Ring, descriptor: int) -> None:
        try:
            ring.check(descriptor, shape)
        except DeviceError:
            os.close(descriptor)
            emit(Event.CAMERA_REFUSED)
            raise
        self.mapped = Mapped(descriptor, shape)
        emit(Event.CAMERA_CONNECTED)
        self._viewer.camera_changed()

    def _drop(self, link: Link) -> None:
        self._loop.forget(link.fileno())
        link.close()
        self._link = None
        if self.mapped is not None:
            mapped, self.mapped = self.mapped, None
            emit(Event.CAMERA_LOST)
            self._viewer.camera_changed()
            os.close(mapped.descriptor)
