"""A station that says what a test wants, at the far end of a real socket; and a console that listens to it."""

import asyncio
import socket
import threading
import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from verifier.console.app import build
from verifier.console.board import Clock
from verifier.console.desk import Desk, furnish
from verifier.console.feed import at
from verifier.console.guard import Guard
from verifier.console.lane import Asked, Lane
from verifier.console.serve import HEAD_SECONDS, Listener, serve
from verifier.protocol import (
    BUCKETS,
    CELLS,
    RECORD_BYTES,
    Answer,
    ClockQuality,
    Hello,
    Order,
    Readiness,
    Record,
    Reply,
    State,
    Tally,
    pack,
    unpack,
)
from verifier.verdict import Action, FormatId, Reason

READY = State(
    readiness=Readiness.READY,
    troubles=frozenset(),
    training=False,
    policy=0,
    generation=7,
    as_of=1_790_000_000.0,
    clock=ClockQuality.PROVED,
    uncertainty_seconds=0.5,
    landlock=4,
)
TRAINING = replace(READY, training=True)


def tally(**counts: int) -> Tally:
    cells = [0] * CELLS
    for name, count in counts.items():
        cells[Reason[name].number] = count
    return Tally(1_790_000_000, tuple(cells), (0,) * BUCKETS, (0,) * BUCKETS)


def asked(name: str, asks: str) -> Asked:
    return Asked(name, "1", asks, "a rule", tuple(FormatId)[:3], dict.fromkeys(Reason, Action.CALL_SUPERVISOR))


def lane(image: Path = Path("nowhere.sqlite")) -> Lane:
    policies = (asked("yellow-fever", "vaccinated"), asked("crew-badge", "a crew badge of this ship"))
    return Lane("3", "en", ZoneInfo("UTC"), policies, image)


class Station:
    """Accepts one console at a time, says its state every second, and answers orders with DONE."""

    def __init__(self, path: Path, state: State = READY) -> None:
        self.state = state
        self.orders: list[Order] = []
        self.answer = Answer.DONE
        self._door = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._door.bind(str(path))
        self._door.listen()
        self._peer: socket.socket | None = None
        self._here = threading.Event()
        self._gone = threading.Event()
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._accept, self._beat)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._gone.set()
        self._door.shutdown(socket.SHUT_RDWR)
        self.hang_up()
        for thread in self._threads:
            thread.join(5)
        self._door.close()

    def say(self, *records: Record) -> None:
        assert self._here.wait(5)
        for record in records:
            if isinstance(record, State):
                self.state = record
            assert self._peer
            self._peer.send(pack(record))

    def hang_up(self) -> None:
        self._here.clear()
        with suppress(OSError):  # it may have gone first
            if self._peer:
                self._peer.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while not self._gone.is_set():
            try:
                self._peer = self._door.accept()[0]
            except OSError:
                return
            with self._peer:
                self._serve(self._peer)
                self._here.clear()

    def _serve(self, peer: socket.socket) -> None:
        assert isinstance(unpack(peer.recv(RECORD_BYTES)), Hello)
        peer.send(pack(self.state))
        self._here.set()
        while data := peer.recv(RECORD_BYTES):
            order = unpack(data)
            assert isinstance(order, Order)
            self.orders.append(order)
            peer.send(pack(Reply(order.verb, self.answer)))

    def _beat(self) -> None:
        while not self._gone.wait(1):
            with suppress(OSError):  # between two consoles
                if self._here.is_set() and self._peer:
                    self._peer.send(pack(self.state))


def desk(path: Path, now: Clock = time.monotonic, seen: Lane | None = None) -> Desk:
    """Furnish a desk that listens to the station at a path and keeps its state beside it."""
    return furnish(seen or lane(), at(path), path.parent / "state", now, time.time)


@contextmanager
def running(seen: Desk, head_seconds: float = HEAD_SECONDS) -> Iterator[str]:
    """Run a console on a loopback port of its own; give its address."""
    door = socket.create_server(("127.0.0.1", 0))
    port = door.getsockname()[1]
    app = Guard(build(seen), {f"127.0.0.1:{port}", f"localhost:{port}"})

    async def both() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(seen.feed.run())
            group.create_task(serve(app, [Listener(door)], head_seconds))

    with in_background(both()):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def in_background(work: Coroutine[None, None, None]) -> Iterator[None]:
    loop = asyncio.new_event_loop()
    task = loop.create_task(work)

    def run() -> None:
        try:
            loop.run_until_complete(task)
        except asyncio.CancelledError:
            loop.run_until_complete(loop.shutdown_asyncgens())
        finally:
            loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(10)
        assert not thread.is_alive()
