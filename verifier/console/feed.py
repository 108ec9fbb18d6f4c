"""The feed: the console's end of the station's socket. Records go to the board, orders go to the station."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from verifier.console.board import Board
from verifier.protocol import RECORD_BYTES, Answer, Hello, Order, Part, ProtocolError, Reply, Stop, Verb, pack, unpack

LOST_SECONDS = 3.0  # the station says its state every second
RETRY_SECONDS = 0.5
ANSWER_SECONDS = 5.0

Connect = Callable[[], socket.socket]
_T = TypeVar("_T")


class Stopped(Exception):  # noqa: N818 (it is no error)
    """The station told this part to end; whoever supervises it starts it again."""


def at(path: Path) -> Connect:
    """Make a connection to the station's socket at the path. The function raises `OSError`."""

    def connect() -> socket.socket:
        end = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            end.connect(str(path))
        except OSError:
            end.close()
            raise
        return end

    return connect


class Feed:
    """One connection to the station at a time, made again whenever it is lost."""

    def __init__(self, connect: Connect, board: Board) -> None:
        self._connect = connect
        self._board = board
        self._socket: socket.socket | None = None
        self._reply: asyncio.Future[Answer] | None = None
        self._ordering = asyncio.Lock()

    async def run(self) -> None:
        """Listen to the station until it says stop. Raises `Stopped`."""
        while True:
            try:
                with self._connect() as self._socket:
                    await self._listen(self._socket)
            except (OSError, ProtocolError):
                self._board.lose()
                await asyncio.sleep(RETRY_SECONDS)
            finally:
                self._socket = None

    async def order(self, verb: Verb, argument: int = 0) -> Answer:
        """Ask the station for something and give its answer; a station that is lost does nothing."""
        async with self._ordering:
            if self._socket is None:
                return Answer.UNAVAILABLE
            loop = asyncio.get_running_loop()
            self._reply = loop.create_future()
            try:
                await loop.sock_sendall(self._socket, pack(Order(verb, argument)))
                return await _within(ANSWER_SECONDS, self._reply)
            except (OSError, TimeoutError):
                return Answer.UNAVAILABLE
            finally:
                self._reply = None

    async def _listen(self, end: socket.socket) -> None:
        end.setblocking(False)  # noqa: FBT003 - the standard library's signature
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(end, pack(Hello(Part.CONSOLE)))
        while data := await _within(LOST_SECONDS, loop.sock_recv(end, RECORD_BYTES)):
            match unpack(data):
                case Stop():
                    raise Stopped
                case Reply(_, answer):
                    self._answer(answer)
                case record:
                    self._board.put(record)
        raise ConnectionResetError

    def _answer(self, answer: Answer) -> None:
        if self._reply and not self._reply.done():
            self._reply.set_result(answer)


async def _within(seconds: float, work: Awaitable[_T]) -> _T:
    """Wait for work, as `wait_for` would, which in Python 3.11 may lose a cancellation.

    Raises `TimeoutError`.
    """
    async with asyncio.timeout(seconds):
        return await work
