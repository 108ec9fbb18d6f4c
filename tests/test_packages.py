"""What fails without each package, as the README's table says: each is blocked in turn, and the effect is seen."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from tests.reading import drawing
from tests.source import TOP
from verifier.commands import specimen
from verifier.reading import still

# Runs a command of ours in a Python that cannot import one package, and nor can the child that reads pictures.
BLOCKED = """
import runpy, sys
from importlib import import_module
_, blocked, program, *words = sys.argv
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == blocked:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Blocker())
if program == "child":
    runpy.run_module("verifier.reading.still_child", run_name="__main__")
else:
    import_module("verifier.reading.still")._CHILD = (sys.executable, "-c", sys.orig_argv[2], blocked, "child")
    import_module(program + ".cli").main(words, prog_name=program)
"""
NOTHING = "no_package_of_this_name"
DAY = "2026-01-15"


@pytest.fixture(scope="module")
def passes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("passes")
    assert CliRunner().invoke(specimen.command, [str(folder), "--format", "hc1", "--at", DAY]).exit_code == 0
    return folder


def run(blocked: str, program: str, *words: str | Path, text: bytes = b"") -> tuple[int, str]:
    command = [sys.executable, "-c", BLOCKED, blocked, program, *map(str, words)]
    done = subprocess.run(command, input=text, capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode()


def check(blocked: str, passes: Path, *inputs: str | Path, text: bytes = b"") -> tuple[int, str]:
    options = ("--registry", passes / specimen.REGISTRY, "--training", "--at", DAY)
    return run(blocked, "verifier", "check", *inputs, *options, text=text)


def a_pass(passes: Path) -> Path:
    return passes / "hc1-yellow-fever.png"


def without_quiet_zone(passes: Path) -> bytes:
    (symbol,) = still.read(a_pass(passes))
    return drawing.png(np.pad(drawing.symbol(symbol, quiet=0), 40, constant_values=20))


def test_with_everything_there_a_pass_is_read_and_judged(passes: Path) -> None:
    status, said = check(NOTHING, passes, a_pass(passes))
    assert (status, "PASS claim.met" in said) == (0, True)


def test_without_cryptography_nothing_is_judged(passes: Path) -> None:
    status, said = check("cryptography", passes, a_pass(passes))
    assert status != 0
    assert "No module named 'cryptography" in said
    assert "PASS" not in said


def test_without_pillow_no_picture_is_read_but_texts_are(passes: Path) -> None:
    status, said = check("PIL", passes, a_pass(passes))
    assert (status, "PASS" in said) == (2, False)
    status, said = check("PIL", passes, "--text", text=b"".join(still.read(a_pass(passes))))
    assert (status, "PASS claim.met" in said) == (0, True)


def test_without_pyzbar_the_codes_that_it_alone_reads_stay_unread(passes: Path, tmp_path: Path) -> None:
    hard = tmp_path / "without-quiet-zone.png"
    hard.write_bytes(without_quiet_zone(passes))
    assert check(NOTHING, passes, hard)[0] == 0
    status, said = check("pyzbar", passes, hard, a_pass(passes))
    unread, read = said.splitlines()
    assert (status, "PASS" in unread, "PASS" in read) == (2, False, True)


def test_without_sqlite_utils_no_image_is_built_but_images_are_looked_up(passes: Path, tmp_path: Path) -> None:
    status, said = run("sqlite_utils", "trust_registry", "import", tmp_path, "--out", tmp_path / "registry.sqlite")
    assert status != 0
    assert "No module named 'sqlite_utils'" in said
    assert check("sqlite_utils", passes, a_pass(passes))[0] == 0


def test_without_fastapi_there_is_no_page_but_the_decision_stands(passes: Path, tmp_path: Path) -> None:
    assert "No module named 'fastapi'" in run("fastapi", "verifier", "part", "console", "--runtime", tmp_path)[1]
    assert run("fastapi", "verifier", "part", "station", "--help")[0] == 0
    assert check("fastapi", passes, a_pass(passes))[0] == 0


def test_without_picamera2_a_pi_camera_says_so_but_a_folder_is_shown(passes: Path, tmp_path: Path) -> None:
    assert "picamera2 is not there" in _camera("picamera2", passes, tmp_path, {"kind": "picamera2"})
    assert "picamera2" not in _camera("picamera2", passes, tmp_path, {"kind": "folder", "folder": str(passes)})


def _camera(blocked: str, passes: Path, site: Path, camera: Mapping[str, str]) -> str:
    """Start the camera's process without a station beside it; it opens its device first."""
    settings = site / "station.toml"
    settings.write_text(
        'timezone = "UTC"\npolicies = ["authentic"]\n'
        f'registry.image = "{passes / specimen.REGISTRY}"\n'
        + "".join(f'camera.{key} = "{value}"\n' for key, value in camera.items())
    )
    return run(blocked, "verifier", "part", "camera", "--settings", settings, "--runtime", site)[1]


def test_the_readme_names_all_six_and_where_each_is_used() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \|.*?\| `([\w/.]+)` \|", (TOP / "README.md").read_text("utf-8"), re.MULTILINE)
    assert {name for name, _ in rows} == {"cryptography", "pillow", "pyzbar", "sqlite-utils", "fastapi", "picamera2"}
    imported = {"pillow": "PIL", "sqlite-utils": "sqlite_utils"}
    for name, place in rows:
        files = [TOP / place] if place.endswith(".py") else sorted((TOP / place).rglob("*.py"))
        assert any(imported.get(name, name) in file.read_text("utf-8") for file in files), name
