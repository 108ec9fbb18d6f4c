"""Real photographs with a manifest: the share of their symbols that is read, by set and by engine.

The manifest is a list of `{file, set, expect, quads}`. `expect` lists exact payload texts, an empty list being a trap
in which nothing must be read; `quads` marks the four corners of each symbol in stored pixels instead.
"""

import json
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.reading.engines import ENGINES
from verifier.reading import picture
from verifier.reading.scan import Point, Quad, Symbol

_CODECS = ("utf-8", "latin-1", "shift_jis", "cp437")  # that published expectations were written down from


@dataclass(frozen=True, slots=True)
class Photograph:
    """A picture, and what is in it."""

    file: str
    group: str
    expect: tuple[str, ...]
    quads: tuple[Quad, ...]


@dataclass(slots=True)
class Score:
    """How one engine did on one set."""

    symbols: int = 0
    read: int = 0
    wrong: int = 0
    seconds: list[float] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Take another photograph's score in."""
        self.symbols += other.symbols
        self.read += other.read
        self.wrong += other.wrong
        self.seconds += other.seconds

    def median_ms(self) -> float:
        """Give the median time of a photograph."""
        return statistics.median(self.seconds) * 1e3


def manifest(folder: Path) -> tuple[Photograph, ...]:
    """Read a folder's manifest."""
    entries = json.loads((folder / "manifest.json").read_text())
    return tuple(
        Photograph(
            str(entry["file"]),
            str(entry["set"]),
            tuple(str(text) for text in entry["expect"] or ()),
            tuple(_quad(quad) for quad in entry["quads"] or ()),
        )
        for entry in entries
    )


def scored(folder: Path, names: Sequence[str]) -> Iterator[tuple[Photograph, dict[str, Score]]]:
    """Show every photograph to every engine."""
    for photograph in manifest(folder):
        frame = picture.opened((folder / photograph.file).read_bytes())
        scores: dict[str, Score] = {}
        for name in names:
            began = time.process_time()
            found = [symbol for symbol in ENGINES[name](frame) if symbol.data]
            scores[name] = _score(photograph, found)
            scores[name].seconds.append(time.process_time() - began)
        yield photograph, scores


def _score(photograph: Photograph, found: list[Symbol]) -> Score:
    if photograph.quads:
        middles = [symbol.quad for symbol in found]
        read = sum(any(_inside(_middle(quad), marked) for quad in middles) for marked in photograph.quads)
        return Score(len(photograph.quads), read)
    said = [_spellings(symbol.data) for symbol in found]
    wanted = [_plain(text) for text in photograph.expect]
    read = sum(any(text in spellings for spellings in said) for text in wanted)
    wrong = sum(not spellings & set(wanted) for spellings in said)
    return Score(len(wanted), read, wrong)


def _spellings(data: bytes) -> set[str]:
    return {_plain(data.decode(codec, "replace")) for codec in _CODECS}


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _middle(quad: Quad) -> Point:
    x, y = (sum(axis) / len(quad) for axis in zip(*quad, strict=True))
    return x, y


def _inside(point: Point, quad: Quad) -> bool:
    """Cast a ray to the right, and count the edges that it crosses."""
    x, y = point
    crossed = 0
    for (x0, y0), (x1, y1) in zip(quad, (*quad[1:], quad[0]), strict=True):
        if (y0 > y) != (y1 > y):
            crossed += x < (x1 - x0) * (y - y0) / (y1 - y0) + x0
    return crossed % 2 == 1


def _quad(points: Sequence[Sequence[float]]) -> Quad:
    first, second, third, fourth = ((float(x), float(y)) for x, y in points)
    return (first, second, third, fourth)
