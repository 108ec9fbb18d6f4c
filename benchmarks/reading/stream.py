"""Presentations at 30 frames a second: the share read within a time, on the clocks of three boards.

Reading runs here; a virtual clock charges what it cost, times how much slower one core of the board is (an estimate
from published single-core figures). A reader that is busy misses frames, as on the board. What is read does not depend
on the board.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

import numpy as np

from benchmarks.reading import engines
from benchmarks.reading.payloads import sample
from verifier.devices.synthetic import difficulties
from verifier.devices.synthetic.difficulties import Difficulty
from verifier.devices.synthetic.shot import Shot
from verifier.devices.synthetic.stage import Stage
from verifier.frame import Frame
from verifier.reading.patient import PatientReader
from verifier.reading.quick import QuickReader
from verifier.reading.rungs import frame_of

RATE = 30.0  # frames a second
BOARDS = {"Pi 5": 3.5, "Pi 4": 9.0, "Zero 2 W": 25.0}  # times slower than this machine: estimates

Lane = Callable[[Frame, float], tuple[bytes, ...]]


def _alone(engine: engines.Engine) -> Lane:
    return lambda frame, _now: tuple(symbol.data for symbol in engine(frame))


# each system's lanes run on cores of their own; whichever reads first counts
SYSTEMS: dict[str, tuple[Callable[[], Lane], ...]] = {
    "pyzbar, all formats": (lambda: _alone(engines.zbar_everything),),
    "pyzbar": (lambda: _alone(engines.zbar),),
    "zxing-cpp": (lambda: _alone(engines.zxing),),
    "ours": (lambda: QuickReader().read, lambda: PatientReader().read),
}


@dataclass(slots=True)
class Times:
    """When presentations of one difficulty were read, in seconds; those that were not are missing."""

    name: str
    presentations: int = 0
    read: dict[tuple[str, str], list[float]] = field(default_factory=dict)  # by system and board

    def share(self, system: str, board: str, within: float) -> float:
        """Give the share read within a time."""
        return sum(moment <= within for moment in self.read.get((system, board), [])) / self.presentations


def presented(systems: Sequence[str], presentations: int, seed: int, seconds: float) -> Iterator[Times]:
    """Present symbols under every difficulty."""
    idle = {name: [_idle_cost(lane()) for lane in SYSTEMS[name]] for name in systems}
    for index, difficulty in enumerate(difficulties.ALL):
        times = Times(difficulty.name, presentations)
        for number in range(presentations):
            payload, frame_at, phase = _presentation(difficulty, number, [seed, number, index, 2], seconds)
            for name in systems:
                for board, slower in BOARDS.items():
                    lanes = [
                        _first_read(lane(), frame_at, payload, slower, phase * cost * slower, seconds)
                        for lane, cost in zip(SYSTEMS[name], idle[name], strict=True)
                    ]
                    first = min(lanes)
                    if first <= seconds:
                        times.read.setdefault((name, board), []).append(first)
        yield times


def _presentation(
    difficulty: Difficulty, number: int, seed: list[int], seconds: float
) -> tuple[bytes, Callable[[int], Frame], float]:
    """Give what is held up, its frames by number, and how far a reader is with the empty frame before."""
    chance = np.random.default_rng(seed)
    one = sample(number, seed[0])
    start = difficulties.held(difficulty, len(one.modules), chance)
    stage = Stage(one.modules, start, seed[0] * 100 + number)
    shots = list(islice(difficulties.moving(difficulty, start, chance, RATE), int(seconds * RATE) + 1))
    return one.payload, cache(lambda index: frame_of(stage.frame(shots[index], index))), float(chance.uniform())


def _first_read(
    lane: Lane, frame_at: Callable[[int], Frame], payload: bytes, slower: float, busy_until: float, seconds: float
) -> float:
    """Play frames on the virtual clock: the lane always takes the newest; give when it has read the payload."""
    clock, last = busy_until, -1
    while clock <= seconds:
        index = int(clock * RATE + 1e-9)
        if index == last:
            clock = (last + 1) / RATE
            continue
        last = index
        frame = frame_at(index)
        began = time.process_time()
        read = lane(frame, clock)
        clock += (time.process_time() - began) * slower
        if payload in read:
            return clock
    return float("inf")


def _idle_cost(lane: Lane) -> float:
    """Give what an empty frame costs, in seconds: the median of five."""
    empty = frame_of(Stage(None, Shot(), 9).frame(Shot(), 0))
    costs = []
    for number in range(5):
        began = time.process_time()
        lane(empty, number / RATE)
        costs.append(time.process_time() - began)
    return sorted(costs)[2]
