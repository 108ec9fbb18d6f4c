"""The camera process: it keeps the frame ring filled for whoever asks, and knows nothing else of the station."""

from verifier.devices.camera import Camera
from verifier.devices.ring import SLOTS, FrameRing
from verifier.frame import Frame
from verifier.protocol import Frame as FrameRecord
from verifier.protocol import Hello, Part, Record, Ring, Stop, Want, Wipe
from verifier.station.link import Gone, Link, drain


def run(camera: Camera, link: Link) -> None:
    """Serve frames until the station says stop or goes, or the camera has no more.

    Raises `DeviceError` when the camera fails.
    """
    frames = camera.frames()
    first = next(frames, None)
    if first is None:
        return
    ring = FrameRing(Ring(SLOTS, first.width, first.height, first.width))
    link.send(Hello(Part.CAMERA))
    link.send(ring.shape, ring.descriptor)
    server = _Server(link, ring)
    try:
        for frame in frames:
            drain(link, server.take)
            server.serve(frame)
    except Gone:
        return
    finally:
        ring.close()
        camera.close()


class _Server:
    """Gives each reader that waits the newest frame, in a slot that no reader looks at."""

    def __init__(self, link: Link, ring: FrameRing) -> None:
        self._link, self._ring = link, ring
        self._held: dict[int, int] = {}  # the slot that each reader looks at
        self._waiting: list[int] = []

    def take(self, record: Record) -> None:
        match record:
            case Want(reader):
                self._held.pop(reader, None)
                self._waiting.append(reader)
            case Wipe():
                self._ring.wipe()
            case Stop() | _:
                raise Gone

    def serve(self, frame: Frame) -> None:
        for reader in self._waiting:
            slot = next(slot for slot in range(self._ring.shape.slots) if slot not in self._held.values())
            self._ring.put(slot, frame)
            self._held[reader] = slot
            self._link.send(FrameRecord(reader, slot))
        self._waiting.clear()
