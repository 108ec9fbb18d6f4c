"""`make prove-amnesia`: show that a station keeps nothing of the people it judged, and that this proof can fail."""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.amnesia import forms, leaky, people
from tests.amnesia.people import Kind, Person
from tests.amnesia.search import Findings, Search, memory
from tests.amnesia.stage import Stage

CONTROL_PEOPLE = 50
DIFFERENTIAL_PEOPLE = 100
_MOMENTS = (0.0, 1.0, 10.0)
_IDLE_EVERY, _IDLE_SECONDS = 100, 0.5
NOT_COVERED = (
    "buffers of the camera's firmware and image processor, until the next frame overwrites them",
    "pages that the kernel has freed and not yet given out again, without init_on_free=1 on its command line",
    "what a person beside the lane sees or a wallet keeps",
    "values shorter than eight bytes: a birth date alone names nobody, and is found everywhere by chance",
)


def main() -> int:
    """Run the proof, its controls and the differential run; print what was searched and found."""
    options = argparse.ArgumentParser(prog="make prove-amnesia")
    options.add_argument("--people", type=int, default=2_000)
    options.add_argument("--quick", action="store_true", help="a tenth of the people, and no ten seconds' wait")
    chosen = options.parse_args()
    if os.geteuid() != 0:
        print("prove-amnesia: must run as root: the station's processes let nobody else read their memory")
        return 77
    count = chosen.people // 10 if chosen.quick else chosen.people
    moments = _MOMENTS[:2] if chosen.quick else _MOMENTS
    passed = [_proof(count, moments), _controls(), _differential()]
    print("\nNot covered:", *(f"  - {what}" for what in NOT_COVERED), sep="\n")
    print("\nPROVED" if all(passed) else "\nNOT PROVED")
    return 0 if all(passed) else 1


def _proof(count: int, moments: Sequence[float]) -> bool:
    crowd = list(people.invent(count, seed=1))
    search = _search(crowd)
    print(f"{count} invented people, {search.count:,} needles")
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        try:
            _show(stage, crowd)
            _snapshots(stage, search, moments)
        finally:
            stage.close()
        _search_left(search, stage)
    print("  results:", ", ".join(f"{code} {n}" for code, n in Counter(map(_code, stage.results)).most_common()))
    return _report(search.findings, in_view=crowd[-1].number)


def _show(stage: Stage, crowd: Sequence[Person]) -> None:
    for person in crowd:
        stage.present(person)
        if person.number % _IDLE_EVERY == _IDLE_EVERY - 1:
            time.sleep(_IDLE_SECONDS)
        if person is crowd[len(crowd) // 2]:
            stage.sync(2)
            stage.rotate()
            stage.visit()
    stage.visit()


def _snapshots(stage: Stage, search: Search, moments: Sequence[float]) -> None:
    """Take the memory of every process at each moment after the last verdict; search it afterwards."""
    start, taken = time.monotonic(), list[tuple[str, bytes]]()
    for moment in moments:
        time.sleep(max(0.0, start + moment - time.monotonic()))
        with stage.held_still() as living:
            for name, pids in living.items():
                taken += [(f"memory at {moment:.0f} s: {name}", memory(pid)) for pid in pids]
    for place, held in taken:
        search.look(place, held)


def _search_left(search: Search, stage: Stage) -> None:
    """Search what the processes wrote and answered."""
    search.tree("files and logs", stage.folder)
    search.look("answers of the console", b"\n".join(stage.answers))


def _report(findings: Findings, in_view: int) -> bool:
    """Print a row for each place. At 0 s the camera may still see the last person, who counts from 1 s on."""
    clean = True
    for place, size in sorted(findings.searched.items()):
        found = findings.everybody(place)
        excused = {in_view} if place == "memory at 0 s: camera" else set()
        clean &= found <= excused
        note = " (the last person, still in view)" if found and found <= excused else ""
        print(f"  {place:<32}{size / 1e6:>9.1f} MB searched   people found: {len(found)}{note}")
        for (where, form), who in findings.people.items():
            if where == place:
                print(f"      as {form}: {len(who)}")
    return clean


def _controls() -> bool:
    print(f"\nPositive controls: {CONTROL_PEOPLE} people each, one leak switched on")
    found = [_control(channel) for channel in leaky.LEAKS]  # every one, not only up to the first that fails
    return all(found)


def _control(channel: str) -> bool:
    crowd = [person for person in people.invent(4 * CONTROL_PEOPLE, seed=2) if person.kind is Kind.PASS][
        :CONTROL_PEOPLE
    ]
    search = _search(crowd)
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder), channel)
        try:
            _show(stage, crowd)
            _snapshots(stage, search, _MOMENTS[1:2])
        finally:
            stage.close()
        _search_left(search, stage)
    found = {person for who in search.findings.people.values() for person in who}
    print(f"  {channel:<24}{len(found):>3} of {len(crowd)} found")
    return len(found) == len(crowd)


def _differential() -> bool:
    """Run twice with other people and the same verdicts: what is left must be the same, byte for byte."""
    left = [_left(seed) for seed in (3, 4)]
    names = sorted(left[0].keys() | left[1].keys())
    other = [name for name in names if left[0].get(name) != left[1].get(name)]
    print(f"\nDifferential run: {DIFFERENTIAL_PEOPLE} people twice, other people, same verdicts: ", end="")
    print(f"DIFFERENT: {', '.join(other)}" if other else f"identical: {', '.join(names)}")
    return not other


def _left(seed: int) -> dict[str, bytes]:
    crowd = [
        person for person in people.invent(DIFFERENTIAL_PEOPLE, seed=seed) if person.kind not in (Kind.CRASH, Kind.KILL)
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stage = Stage(folder)
        try:
            _show(stage, crowd)
        finally:
            stage.close()
        kept = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    del kept["registry.sqlite"]  # it carries the time at which it was built, and nothing of the lane
    return kept | {"results": " ".join(map(_code, stage.results)).encode()}


def _search(crowd: Sequence[Person]) -> Search:
    return Search((person.number, form, needle) for person in crowd for form, needle in forms.of_person(person))


def _code(result: object) -> str:
    return str(getattr(result, "reason", result))


if __name__ == "__main__":
    sys.exit(main())
