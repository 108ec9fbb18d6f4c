"""`make bench-reading`: every table and plot of reading, written to `benchmarks/results/`."""

import statistics
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import click

from benchmarks.reading import frames, memory, photographs, plot, stream
from benchmarks.reading.frames import Row
from benchmarks.reading.photographs import Score
from benchmarks.reading.stream import BOARDS, Times
from verifier.devices.synthetic.shot import Shot

Measured = TypeVar("Measured", Row, Times)

RESULTS = Path(__file__).parent.parent / "results"
SINGLE = ("pyzbar", "zxing-cpp", "ladder and rescue")
SYSTEMS = ("pyzbar, all formats", "pyzbar", "zxing-cpp", "ours")
SIZES = ((640, 480), (1456, 1088), (2304, 1296))
FAULTS = {
    "pixels to a module": [(f"{pitch:g}", Shot(pitch=pitch)) for pitch in (1.2, 1.35, 1.5, 1.65, 1.8, 2.0, 2.5, 3.0)],
    "defocus in modules": [(f"{size:g}", Shot(defocus=4 * size)) for size in (0.8, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2)],
    "motion in modules": [(f"{size:g}", Shot(motion=4 * size)) for size in (0.8, 1.2, 1.5, 1.8, 2.1)],
    "electrons of white": [(f"{count}", Shot(electrons=count)) for count in (15, 20, 30, 50, 80, 120, 200)],
}


@click.command()
@click.option("--seed", default=1, show_default=True, help="Changes payloads, poses, scenes and noise together.")
@click.option("--samples", default=12, show_default=True, help="Frames, and presentations, in each row.")
@click.option("--photographs", "corpus", type=click.Path(exists=True, path_type=Path), help="A folder with a manifest.")
def main(seed: int, samples: int, corpus: Path | None) -> None:
    """Measure our readers beside other engines, on the same frames."""
    RESULTS.mkdir(exist_ok=True)
    sections = [_intro(seed, samples), *_single(seed, samples), *_faults(seed, samples)]
    sections += [*_empty(seed), *_presented(seed, samples), *_memory()]
    if corpus is not None:
        sections += _photographs(corpus)
    page = "\n\n".join(sections) + "\n"
    (RESULTS / "reading.md").write_text(page)
    click.echo(page)


def _intro(seed: int, samples: int) -> str:
    return (
        "# Reading\n\n"
        f"Seed {seed}, {samples} samples a row, 1456 x 1088 pixels where nothing else is said. Times are CPU time on"
        " the machine that ran this; compare them within one table only."
    )


def _single(seed: int, samples: int) -> Iterator[str]:
    rows = list(_said(frames.by_difficulty(SINGLE, samples, seed)))
    yield "## Single frames: % read (median ms)"
    yield _table(["difficulty", *SINGLE], [[row.name, *(_cell(row, name) for name in SINGLE)] for row in rows])
    mean = {name: statistics.mean(row.cells[name].read / row.frames for row in rows) for name in SINGLE}
    wrong = {name: sum(row.cells[name].wrong for row in rows) for name in SINGLE}
    yield "Mean: " + ", ".join(f"{name} {100 * mean[name]:.1f} % ({wrong[name]} wrong)" for name in SINGLE) + "."


def _faults(seed: int, samples: int) -> Iterator[str]:
    for fault, shots in FAULTS.items():
        rows = list(_said(frames.by_fault(SINGLE, shots, samples, seed)))
        yield f"## One fault alone, {fault}: % read (median ms)"
        yield _table([fault, *SINGLE], [[row.name, *(_cell(row, name) for name in SINGLE)] for row in rows])
        for what, up, value in (("rate", "% read", _percent), ("time", "ms a frame", _milliseconds)):
            series = {name: [(float(row.name), value(row, name)) for row in rows] for name in SINGLE}
            yield _plot(f"reading-{what}-{fault.split(' ', maxsplit=1)[0]}", f"{up} by {fault}", fault, up, series)


def _empty(seed: int) -> Iterator[str]:
    names = ("pyzbar, all formats", "pyzbar", "zxing-cpp", "quick reader", "ladder and rescue")
    rows = list(_said(frames.empty(names, SIZES, seed)))
    yield "## Empty frames: median ms (phantoms)"
    cells = [[f"{row.cells[name].median_ms():.1f} ({row.cells[name].wrong})" for name in names] for row in rows]
    yield _table(["frame", *names], [[row.name, *line] for row, line in zip(rows, cells, strict=True)])


def _presented(seed: int, samples: int) -> Iterator[str]:
    rows = list(_said(stream.presented(SYSTEMS, samples, seed, 1.0)))
    yield f"## Presentations read within 0.5 s at 30 frames a second, %: {' / '.join(BOARDS)} (estimated clocks)"
    yield _table(["difficulty", *SYSTEMS], [[row.name, *(_boards([row], name) for name in SYSTEMS)] for row in rows])
    yield "Mean: " + ", ".join(f"{name} {_boards(rows, name)}" for name in SYSTEMS) + "."
    moments = [moment / 20 for moment in range(1, 21)]
    for board in BOARDS:
        series = {name: [(at, 100 * _mean_share(rows, name, board, at)) for at in moments] for name in SYSTEMS}
        file = f"reading-within-{board.replace(' ', '-').lower()}"
        yield _plot(file, f"% of presentations read within a time, {board}", "seconds", "% read", series)


def _memory() -> Iterator[str]:
    yield "## Memory of a reading process"
    yield _table(["reader", "MB"], [[name, f"{memory.megabytes(name):.1f}"] for name in memory.READERS])


def _photographs(folder: Path) -> Iterator[str]:
    sets: dict[str, dict[str, Score]] = {}
    for photograph, scores in photographs.scored(folder, SINGLE):
        for name, score in scores.items():
            sets.setdefault(photograph.group, {}).setdefault(name, Score()).add(score)
    yield "## Photographs: symbols read of those in the set (wrong; median ms)"
    yield _table(["set", *SINGLE], [[group, *map(_scored, row.values())] for group, row in sets.items()])
    marked = [row for group, row in sets.items() if group.startswith("boof/")]
    means = [statistics.mean(row[name].read / row[name].symbols for row in marked) for name in SINGLE]
    yield (
        "Mean of the boof sets: "
        + ", ".join(f"{name} {100 * mean:.1f} %" for name, mean in zip(SINGLE, means, strict=True))
        + "."
    )


def _scored(score: Score) -> str:
    return f"{score.read} of {score.symbols} ({score.wrong}; {score.median_ms():.0f})"


def _said(rows: Iterable[Measured]) -> Iterator[Measured]:
    """Pass rows on, saying which one has just been measured: the whole takes minutes."""
    for row in rows:
        click.echo(f"… {row.name}", err=True)
        yield row


def _boards(rows: Sequence[Times], name: str) -> str:
    return " / ".join(f"{100 * _mean_share(rows, name, board, 0.5):.0f}" for board in BOARDS)


def _mean_share(rows: Sequence[Times], name: str, board: str, within: float) -> float:
    return statistics.mean(row.share(name, board, within) for row in rows)


def _percent(row: Row, name: str) -> float:
    return 100 * row.cells[name].read / row.frames


def _milliseconds(row: Row, name: str) -> float:
    return row.cells[name].median_ms()


def _cell(row: Row, name: str) -> str:
    return f"{_percent(row, name):.0f} ({_milliseconds(row, name):.1f})"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _plot(file: str, title: str, across: str, up: str, series: dict[str, list[tuple[float, float]]]) -> str:
    (RESULTS / f"{file}.svg").write_text(plot.lines(title, across, up, series))
    return f"![{title}]({file}.svg)"


if __name__ == "__main__":
    main()
