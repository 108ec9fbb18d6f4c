"""Links between processes: records on `SOCK_SEQPACKET` sockets. Nothing here ever waits for a peer."""

import socket
import time
from collections.abc import Callable
from pathlib import Path

from verifier import protocol
from verifier.protocol import ProtocolError, Record

_BACKLOG = 4
_PATIENCE_SECONDS, _PAUSE_SECONDS = 30.0, 0.05


class Gone(Exception):  # noqa: N818 (an end, not an error)
    """The peer has closed, or said something that no process of ours says."""


class Link:
    """One end of a connection. Closed by whoever holds it."""

    def __init__(self, made: socket.socket) -> None:
        self._socket = made
        made.settimeout(0)

    def fileno(self) -> int:
        """Give the descriptor."""
        return self._socket.fileno()

    def send(self, record: Record, descriptor: int | None = None) -> bool:
        """Send a record, with a descriptor beside it; say whether the peer has taken it. Never waits."""
        carried = [] if descriptor is None else [descriptor]
        try:
            socket.send_fds(self._socket, [protocol.pack(record)], carried)
        except OSError:
            return False
        return True

    def receive(self) -> Record | None:
        """Take the next record, `None`: there is none yet. Raises `Gone`."""
        try:
            data = self._socket.recv(protocol.RECORD_BYTES)
        except BlockingIOError:
            return None
        except OSError:
            raise Gone from None
        return _read(data)

    def receive_with_descriptor(self) -> tuple[Record, int | None]:
        """Take the next record and the descriptor beside it. Raises `Gone`."""
        try:
            data, descriptors, _, _ = socket.recv_fds(self._socket, protocol.RECORD_BYTES, 1)
        except OSError:
            raise Gone from None
        return _read(data), descriptors[0] if descriptors else None

    def wait(self, seconds: float | None) -> None:
        """Let later calls wait so long; for processes that have nothing else to do."""
        self._socket.settimeout(seconds)

    def close(self) -> None:
        """Let go."""
        self._socket.close()


def _read(data: bytes) -> Record:
    try:
        return protocol.unpack(data)
    except ProtocolError:  # the end of the stream is an empty message
        raise Gone from None


class Listener:
    """A socket in the runtime folder that parts connect to."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET | socket.SOCK_NONBLOCK)
        self._socket.bind(str(path))
        path.chmod(0o660)
        self._socket.listen(_BACKLOG)

    def fileno(self) -> int:
        """Give the descriptor."""
        return self._socket.fileno()

    def accept(self) -> Link | None:
        """Take the next connection; `None`: it has gone again."""
        try:
            return Link(self._socket.accept()[0])
        except OSError:
            return None


def connect(path: Path) -> Link:
    """Connect to a listener. Raises `OSError`."""
    made = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        made.connect(str(path))
    except OSError:
        made.close()
        raise
    return Link(made)


def reach(path: Path) -> Link:
    """Connect to a listener that may only be about to listen. Raises `OSError` after some patience."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return connect(path)
        except OSError:
            if time.monotonic() > deadline:
                raise
        time.sleep(_PAUSE_SECONDS)


def drain(link: Link, take: Callable[[Record], None]) -> None:
    """Hand over every record that has arrived. Raises `Gone`."""
    while (record := link.receive()) is not None:
        take(record)
