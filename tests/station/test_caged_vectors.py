"""Every vector comes out the same in a caged child, where nothing can be imported, opened or looked up late."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.makers import KEYS, LISTS
from trust_registry.build import Content, build


def _failures(folder: Path, *options: str) -> list[str]:
    image = folder / "registry.sqlite"
    build(image, Content(0.0, 1, keys=KEYS, status_lists=LISTS))
    names = " ".join(held.list_id for held in LISTS)
    command = [sys.executable, "-m", "tests.station.caged_vectors", str(image), names, *options]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return done.stdout.split("\n")[:-1]


def test_every_vector_comes_out_the_same_in_a_cage(tmp_path: Path) -> None:
    assert [line for line in _failures(tmp_path) if line] == []


@pytest.mark.slow
def test_without_a_rehearsal_the_cage_is_met(tmp_path: Path) -> None:
    assert _failures(tmp_path, "--unrehearsed")
