"""Spare sets: a reader and a judge, forked, caged and waiting, so that a presentation never waits for a fork."""

import contextlib
import socket
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from trust_registry.model import IssuerKey
from verifier.devices import ring
from verifier.frame import Frame
from verifier.protocol import Ring
from verifier.station import cage, child, judge, reader
from verifier.station.child import Child, Job
from verifier.station.events import Event, emit
from verifier.station.judge import Bench
from verifier.station.loop import Loop
from verifier.station.trust import Source, WithCanary

SETS = 2  # two, so that the next presentation finds a spare while the last one's successor is being forked
_NO_ROOM_SECONDS = 0.2
_MESSAGE_BYTES = 64  # more than any message of a child
_READER_BOUNDS = cage.Bounds(cpu_seconds=10)  # it looks at frames for seconds; a single one is bounded by the lane
_JUDGE_BOUNDS = cage.Bounds(cpu_seconds=2)


@dataclass(frozen=True, slots=True)
class Mapped:
    """A frame ring by its descriptor."""

    descriptor: int
    shape: Ring


@dataclass(frozen=True, slots=True)
class Recipe:
    """What the children of a set are made from. A new recipe means new spares."""

    camera: Mapped | None
    canary: Mapped
    canary_key: IssuerKey
    bench: Bench
    trust: Source

    @property
    def canary_slot(self) -> int:
        """The slot number under which a reader finds the canary's picture: the one after the camera's."""
        return self.camera.shape.slots if self.camera else 0


class SpareSet:
    """One reader and its judge, with the zygote's end of their control sockets."""

    def __init__(self, recipe: Recipe) -> None:
        """Fork both. Raises `OSError` where the system has no room for them."""
        self.recipe = recipe
        self._children: list[Child] = []
        with contextlib.ExitStack() as undo:
            self.reader, its_reader = _pair(undo)
            self.judge, its_judge = _pair(undo)
            out, into = _pair(undo)
            undo.callback(self.end)
            look, weigh = (
                _reader(its_reader.fileno(), out.fileno(), recipe),
                _judge(its_judge.fileno(), into.fileno(), recipe),
            )
            self._children.append(child.fork(look, its_reader.fileno(), _READER_BOUNDS))
            self._children.append(child.fork(weigh, its_judge.fileno(), _JUDGE_BOUNDS))
            undo.pop_all()
        for theirs in (its_reader, its_judge, out, into):
            theirs.close()
        for ours in (self.reader, self.judge):
            ours.settimeout(0)

    def end(self) -> list[Child]:
        """Kill both, and give them to be collected."""
        for one in self._children:
            one.kill()
        self.reader.close()
        self.judge.close()
        return self._children


def _pair(undo: contextlib.ExitStack) -> tuple[socket.socket, socket.socket]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    return undo.enter_context(ours), undo.enter_context(theirs)


def receive(end: socket.socket) -> bytes | None:
    """Take a child's next message; empty: it has died. `None`: there is none yet."""
    try:
        return end.recv(_MESSAGE_BYTES)
    except BlockingIOError:
        return None
    except OSError:
        return b""


def tell(end: socket.socket, message: bytes) -> None:
    """Send a child a message. One that has died is noticed when its end is read."""
    with contextlib.suppress(OSError):
        end.send(message)


def _reader(control: int, out: int, recipe: Recipe) -> child.Prepare:
    def prepare() -> tuple[Job, list[int]]:
        rings = [recipe.camera, recipe.canary] if recipe.camera else [recipe.canary]
        frames: list[Frame] = [frame for each in rings for frame in ring.view(each.descriptor, each.shape)]
        return lambda: reader.job(control, out, frames), [control, out]

    return prepare


def _judge(control: int, into: int, recipe: Recipe) -> child.Prepare:
    def prepare() -> tuple[Job, list[int]]:
        registry, needed = recipe.trust.open()
        trust = WithCanary(registry, recipe.canary_key)
        return lambda: judge.job(control, into, recipe.bench, trust), [control, into, *needed]

    return prepare


class Spares:
    """Keeps sets waiting. What has died of itself is replaced; what a new recipe makes stale is thrown away."""

    def __init__(self, loop: Loop, on_ready: Callable[[], None]) -> None:
        self._loop = loop
        self._on_ready = on_ready
        self._recipe: Recipe | None = None
        self._growing: dict[SpareSet, int] = {}  # how many of its children are ready
        self._ready: deque[SpareSet] = deque()
        self._dying: list[Child] = []
        self.deaths = 0

    def use(self, recipe: Recipe) -> None:
        """Throw all spares away and make new ones from this recipe."""
        self._recipe = recipe
        for spare in [*self._growing, *self._ready]:
            self._discard(spare)
        self._loop.after(0, self, self._grow)

    def take(self, leave: int = 0) -> SpareSet | None:
        """Give a set that is ready, to be ended by the taker, if so many others stay.

        `None`: there is none; `on_ready` will be called.
        """
        if len(self._ready) <= leave:
            return None
        spare = self._ready.popleft()
        self._forget(spare)
        self._loop.after(0, self, self._grow)
        return spare

    def bury(self, spare: SpareSet) -> None:
        """End a set that was taken, and make its successor."""
        self._dying += spare.end()
        self._loop.after(0, self, self._grow)

    def _grow(self) -> None:
        """Collect the dead, then fork one set at a time, so that the loop gets its turn between."""
        self._dying = [one for one in self._dying if not one.reaped()]
        if self._recipe and len(self._growing) + len(self._ready) < SETS:
            self._fork(self._recipe)
        elif self._dying:
            self._loop.after(0.05, self, self._grow)

    def _fork(self, recipe: Recipe) -> None:
        try:
            spare = SpareSet(recipe)
        except OSError:
            self._loop.after(_NO_ROOM_SECONDS, self, self._grow)
            return
        self._growing[spare] = 0
        for end in (spare.reader, spare.judge):
            self._loop.watch(end.fileno(), partial(self._heard, spare, end))
        self._loop.after(0, self, self._grow)

    def _heard(self, spare: SpareSet, end: socket.socket) -> None:
        """Count a child whose cage is closed; anything else from a spare is its death."""
        if receive(end) != child.READY or spare not in self._growing:
            self.deaths += 1
            emit(Event.SPARE_DIED)
            self._discard(spare)
            self._loop.after(min(0.1 * self.deaths, 5.0), self, self._grow)
            return
        self._growing[spare] += 1
        if self._growing[spare] == len((spare.reader, spare.judge)):
            del self._growing[spare]
            self._ready.append(spare)
            self._on_ready()

    def _discard(self, spare: SpareSet) -> None:
        self._forget(spare)
        if spare in self._ready:
            self._ready.remove(spare)
        self._growing.pop(spare, None)
        self._dying += spare.end()

    def _forget(self, spare: SpareSet) -> None:
        self._loop.forget(spare.reader.fileno())
        self._loop.forget(spare.judge.fileno())
