"""Single frames: the share that is read, and the time it takes, by difficulty and by one fault at a time."""

import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from benchmarks.reading.engines import ENGINES
from benchmarks.reading.payloads import Sample, sample
from verifier.devices.synthetic import difficulties
from verifier.devices.synthetic.difficulties import Difficulty
from verifier.devices.synthetic.shot import Shot
from verifier.devices.synthetic.stage import Stage
from verifier.frame import Frame
from verifier.reading.rungs import frame_of

SETTLED = 9  # the frame of a presentation that is looked at: after 0.3 s focus has settled


@dataclass(slots=True)
class Cell:
    """How one engine did in one row."""

    read: int = 0
    wrong: int = 0
    seconds: list[float] = field(default_factory=list)

    def median_ms(self) -> float:
        """Give the median time of a frame."""
        return statistics.median(self.seconds) * 1e3


@dataclass(slots=True)
class Row:
    """One difficulty, or one value of a fault, and how each engine did."""

    name: str
    frames: int = 0
    cells: dict[str, Cell] = field(default_factory=dict)

    def look(self, frame: Frame, payload: bytes | None, names: Sequence[str]) -> None:
        """Show every engine the frame; with no payload there is nothing to read, and anything read is wrong."""
        self.frames += 1
        for name in names:
            cell = self.cells.setdefault(name, Cell())
            began = time.process_time()
            read = {symbol.data for symbol in ENGINES[name](frame)}
            cell.seconds.append(time.process_time() - began)
            cell.read += payload in read
            cell.wrong += bool(read - {payload})


def by_difficulty(names: Sequence[str], samples: int, seed: int) -> Iterator[Row]:
    """Look at settled frames of every difficulty."""
    for index, difficulty in enumerate(difficulties.ALL):
        row = Row(difficulty.name)
        for number in range(samples):
            chance = np.random.default_rng([seed, number, index])
            one = sample(number, seed)
            row.look(_settled(one, difficulty, chance, seed * 100 + number), one.payload, names)
        yield row


def by_fault(names: Sequence[str], shots: Sequence[tuple[str, Shot]], samples: int, seed: int) -> Iterator[Row]:
    """Look at frames with one fault alone, from mild to severe."""
    for index, (label, shot) in enumerate(shots):
        row = Row(label)
        for number in range(samples):
            chance = np.random.default_rng([seed, number, index, 1])
            one = sample(number, seed)
            turned = replace(shot, motion_angle=float(chance.uniform(0, 180)))
            held = difficulties.held(Difficulty(label, turned), len(one.modules), chance)
            row.look(frame_of(Stage(one.modules, held, seed * 100 + number).frame(held, 0)), one.payload, names)
        yield row


def empty(names: Sequence[str], sizes: Sequence[tuple[int, int]], seed: int) -> Iterator[Row]:
    """Look at lanes with nobody in them, calm and busy."""
    for width, height in sizes:
        for label, clutter in (("calm", 0.0), ("busy", 1.0)):
            row = Row(f"{width} x {height} {label}")
            shot = Shot(width=width, height=height, clutter=clutter)
            for number in range(5):
                row.look(frame_of(Stage(None, shot, seed * 100 + number).frame(shot, 0)), None, names)
            yield row


def _settled(one: Sample, difficulty: Difficulty, chance: np.random.Generator, seed: int) -> Frame:
    start = difficulties.held(difficulty, len(one.modules), chance)
    shots = difficulties.moving(difficulty, start, chance)
    for _ in range(SETTLED):
        next(shots)
    return frame_of(Stage(one.modules, start, seed).frame(next(shots), SETTLED))
