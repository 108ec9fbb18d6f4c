"""The audience: lamps and consoles that are shown every result and state, and consoles that give orders."""

from collections.abc import Callable

from verifier.protocol import Hello, Order, Part, Record, Reply, Stop
from verifier.station.events import Event, emit
from verifier.station.link import Gone, Link, Listener
from verifier.station.loop import Loop

_MOST = 16  # links on one socket
_Obey = Callable[[Order], Reply]


class Audience:
    """Shows records to whoever is connected. A peer that does not keep up, or says something odd, is let go."""

    def __init__(self, loop: Loop, on_joined: Callable[[Link], None]) -> None:
        self._loop, self._on_joined = loop, on_joined
        self._links: dict[Link, Part | None] = {}

    def open(self, listener: Listener, obey: _Obey | None = None) -> None:
        """Accept parts on a listener; orders are obeyed where `obey` is given, else they are odd."""
        self._loop.watch(listener.fileno(), lambda: self._accept(listener, obey))

    def show(self, record: Record) -> None:
        """Show a record to everybody."""
        for link in [*self._links]:
            if not link.send(record):
                self._drop(link)

    def has(self, part: Part) -> bool:
        """Say whether a part is connected."""
        return part in self._links.values()

    def stop(self, part: Part) -> bool:
        """Tell every process of a part to end; say whether there was one."""
        told = [link.send(Stop()) for link, who in self._links.items() if who is part]
        return any(told)

    def _accept(self, listener: Listener, obey: _Obey | None) -> None:
        link = listener.accept()
        if link is None:
            return
        if len(self._links) >= _MOST:
            link.close()
            emit(Event.PEER_REFUSED)
            return
        self._links[link] = None
        self._loop.watch(link.fileno(), lambda: self._heard(link, obey))
        self._on_joined(link)

    def _heard(self, link: Link, obey: _Obey | None) -> None:
        try:
            record = link.receive()
            if record is not None:
                self._take(link, record, obey)
        except Gone:
            self._drop(link)

    def _take(self, link: Link, record: Record, obey: _Obey | None) -> None:
        match record:
            case Hello(part):
                self._links[link] = part
            case Order() if obey is not None:
                link.send(obey(record))
            case _:
                raise Gone

    def _drop(self, link: Link) -> None:
        if link in self._links:
            del self._links[link]
            self._loop.forget(link.fileno())
            link.close()
