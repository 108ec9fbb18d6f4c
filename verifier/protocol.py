"""The records that the processes of a station exchange: fixed size, numbers and enums only, one for each message.

They travel on `SOCK_SEQPACKET` sockets, so a record is whole or absent. None has room for anything out of a
presentation: a verdict is 16 bits. `docs/reference/protocol.md` is the same as a table.
"""

import math
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from enum import IntEnum
from typing import TypeVar

from verifier.verdict import Action, FormatId, Prompt, Reason, Verdict

VERSION = 1
RECORD_BYTES = 2_048  # more than the largest record; a receiver needs no larger buffer
CELLS = 256  # a tally has one cell for each first byte of a code
_PROMPT_BIT = 0x80

# Upper edges of the latency buckets, in milliseconds; the last bucket is open.
LATENCY_EDGES = (2, 5, 10, 20, 50, 100, 200, 500, 1_000)
BUCKETS = len(LATENCY_EDGES) + 1


class ProtocolError(Exception):
    """A record that no process of ours sends. Carries none of it."""


class Readiness(IntEnum):
    """Whether the lane can work."""

    READY = 1
    DEGRADED = 2  # it works, and somebody should look at it
    NOT_READY = 3  # no verdict is to be expected; the lamp says so


class Trouble(IntEnum):
    """Why a station is degraded or not ready; the number is the bit in a state record."""

    STARTING = 0
    NO_CAMERA = 1
    CAMERA_SILENT = 2
    NO_REGISTRY = 3
    REGISTRY_OLD = 4
    CLOCK_UNSURE = 5
    SELF_TEST_FAILED = 6
    NO_LAMP = 7
    NO_LANDLOCK = 8
    CHILDREN_FAIL = 9
    HOT = 10


STOPS = frozenset(
    {Trouble.STARTING, Trouble.NO_CAMERA, Trouble.CAMERA_SILENT, Trouble.NO_REGISTRY, Trouble.SELF_TEST_FAILED}
)


class ClockQuality(IntEnum):
    """How far the station's clock is believed, best first."""

    PROVED = 1  # set by an authenticated source
    RUNNING = 2  # carried on by a battery or the kernel since it was proved
    DECLARED = 3  # a supervisor stated the date
    FLOOR_ONLY = 4  # known to be not before the last good moment, and no more


class Part(IntEnum):
    """A process of the station that can be told to start again."""

    CAMERA = 1
    STATION = 2
    LAMP = 3
    CONSOLE = 4


class Verb(IntEnum):
    """What the console may ask of the station; the argument is one byte."""

    POLICY = 1  # argument: index into the settings' list of policies
    TRAINING = 2  # argument: 1 on, 0 off
    RESTART = 3  # argument: a `Part`
    SYNC = 4  # argument: 0
    IMPORT_USB = 5  # argument: 0


class Answer(IntEnum):
    """What the station says to an order."""

    DONE = 1
    UNKNOWN = 2  # no such policy or part
    LOCKED = 3  # too soon after the last change
    NEEDS_HAND = 4  # training at a live lane needs a hand on the box
    UNAVAILABLE = 5  # nothing here does this


@dataclass(frozen=True, slots=True)
class Hello:
    """A part says who it is, once, when it connects."""

    part: Part


@dataclass(frozen=True, slots=True)
class Shown:
    """The result of one presentation, and what staff do; a prompt has no action."""

    result: Verdict | Prompt
    action: Action | None


@dataclass(frozen=True, slots=True)
class State:
    """What the station says of itself, on connecting, on every change, and every second as a sign of life.

    `policy` is an index into the settings' list. `as_of` is the registry's, in seconds since 1970 UTC.
    `uncertainty_seconds` is half the width of the time interval. `landlock` is the kernel's ABI, 0: absent.
    """

    readiness: Readiness
    troubles: frozenset[Trouble]
    training: bool
    policy: int
    generation: int
    as_of: float
    clock: ClockQuality
    uncertainty_seconds: float
    landlock: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts since `since` (seconds since 1970 UTC), by the first byte of the code; `counts[0]` is the merged rest.

    `reading` and `judging` are histograms over `LATENCY_EDGES`.
    """

    since: int
    counts: tuple[int, ...]
    reading: tuple[int, ...]
    judging: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """The console asks for something."""

    verb: Verb
    argument: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """The station answers an order."""

    verb: Verb
    answer: Answer


@dataclass(frozen=True, slots=True)
class Stop:
    """The station tells a part to end; whoever supervises it starts it again."""


@dataclass(frozen=True, slots=True)
class Ring:
    """The camera hands over its frame ring, with the descriptor: `slots` frames of luma, one byte a pixel."""

    slots: int
    width: int
    height: int
    stride: int


@dataclass(frozen=True, slots=True)
class Want:
    """The station asks for the next frame, for one reader; the slot that this reader held is free again."""

    reader: int


@dataclass(frozen=True, slots=True)
class Frame:
    """The camera has put a frame into a slot, and leaves it alone until that reader wants the next."""

    reader: int
    slot: int


@dataclass(frozen=True, slots=True)
class Wipe:
    """The station tells the camera to overwrite every slot."""


Record = Hello | Shown | State | Tally | Order | Reply | Stop | Ring | Want | Frame | Wipe

_T = TypeVar("_T", bound=Record)

_REASONS = {reason.number: reason for reason in Reason}
_FORMATS = {fmt.number: fmt for fmt in FormatId}
_ACTIONS: tuple[Action | None, ...] = (None, *Action)  # the order of the members is public


def code_of(result: Verdict | Prompt) -> int:
    """Give the 16 bits of a result: the reason or the prompt, then the format (0: none)."""
    if isinstance(result, Prompt):
        return (_PROMPT_BIT | result) << 8
    return result.reason.number << 8 | (result.format.number if result.format else 0)


def result_of(code: int) -> Verdict | Prompt:
    """Give the result that 16 bits stand for. Raises `ProtocolError`."""
    first, second = divmod(code, 256)
    try:
        if first & _PROMPT_BIT and second == 0:
            return Prompt(first ^ _PROMPT_BIT)
        return Verdict(_REASONS[first], _FORMATS[second] if second else None)
    except (KeyError, ValueError):
        raise ProtocolError from None


def _flag(value: int) -> bool:
    if value not in (0, 1):
        raise ProtocolError
    return value == 1


def _state(values: tuple[int, ...]) -> State:
    readiness, bits, training, policy, generation, as_of, clock, uncertainty, landlock = values
    if bits >> len(Trouble) or not math.isfinite(as_of) or not math.isfinite(uncertainty):
        raise ProtocolError
    troubles = frozenset(trouble for trouble in Trouble if bits >> trouble & 1)
    return State(
        Readiness(readiness),
        troubles,
        _flag(training),
        policy,
        generation,
        as_of,
        ClockQuality(clock),
        uncertainty,
        landlock,
    )


def _tally(values: tuple[int, ...]) -> Tally:
    reading, judging = 1 + CELLS, 1 + CELLS + BUCKETS
    return Tally(values[0], values[1:reading], values[reading:judging], values[judging:])


_Reader = Callable[[tuple[int, ...]], Record]
TABLE: tuple[tuple[type[Record], str, _Reader], ...] = (  # the place in the table is the record's number
    (Hello, "B", lambda values: Hello(Part(values[0]))),
    (Shown, "HB", lambda values: Shown(result_of(values[0]), _ACTIONS[values[1]])),
    (State, "BIBBQdBfB", _state),
    (Tally, f"Q{CELLS}I{BUCKETS}I{BUCKETS}I", _tally),
    (Order, "BB", lambda values: Order(Verb(values[0]), values[1])),
    (Reply, "BB", lambda values: Reply(Verb(values[0]), Answer(values[1]))),
    (Stop, "", lambda _: Stop()),
    (Ring, "BHHH", lambda values: Ring(*values)),
    (Want, "B", lambda values: Want(*values)),
    (Frame, "BB", lambda values: Frame(*values)),
    (Wipe, "", lambda _: Wipe()),
)
_LAYOUTS = {kind: (number, struct.Struct("<BB" + layout)) for number, (kind, layout, _) in enumerate(TABLE, start=1)}


def pack(record: Record) -> bytes:
    """Write a record. Raises `struct.error` for a number that its field cannot hold: an error of ours."""
    number, layout = _LAYOUTS[type(record)]
    return layout.pack(number, VERSION, *_numbers(record))


def _numbers(record: Record) -> Sequence[int | float]:
    match record:
        case Shown(result, action):
            return code_of(result), _ACTIONS.index(action)
        case State(readiness, troubles):
            bits = sum(1 << trouble for trouble in troubles)
            rest = (record.training, record.policy, record.generation, record.as_of)
            return readiness, bits, *rest, record.clock, record.uncertainty_seconds, record.landlock
        case Tally(since, counts, reading, judging):
            return since, *counts, *reading, *judging
        case _:
            return [getattr(record, field.name) for field in fields(record)]


def unpack(data: bytes) -> Record:
    """Read a record. Raises `ProtocolError` for anything that `pack` does not write."""
    if len(data) < 2 or data[1] != VERSION or not 0 < data[0] <= len(TABLE):  # noqa: PLR2004 - kind and version
        raise ProtocolError
    kind, _, read = TABLE[data[0] - 1]
    layout = _LAYOUTS[kind][1]
    if len(data) != layout.size:
        raise ProtocolError
    try:
        return read(layout.unpack(data)[2:])
    except (ValueError, IndexError):
        raise ProtocolError from None


def expect(data: bytes, kind: type[_T]) -> _T:
    """Read a record of one kind. Raises `ProtocolError` for any other."""
    record = unpack(data)
    if not isinstance(record, kind):
        raise ProtocolError
    return record
