"""The service units: systemd takes them, they run commands that exist, and their example settings are valid."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

import verifier.cli
from tests.source import TOP
from verifier import settings

UNITS = sorted((TOP / "systemd").glob("*.service"))
SYSTEMD = shutil.which("systemd-analyze")
EXPOSURE = 30  # of 100, in the words of `systemd-analyze security`: a little less than "OK"

needs_systemd = pytest.mark.skipif(SYSTEMD is None, reason="this machine has no systemd-analyze")


def _analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([SYSTEMD or "", *arguments], capture_output=True, check=False, text=True)


@needs_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_takes_the_unit(unit: Path, tmp_path: Path) -> None:
    copy = tmp_path / unit.name
    copy.write_text(unit.read_text("utf-8").replace("/opt/credential-gate/.venv/bin", str(Path(sys.executable).parent)))
    done = _analyze("verify", "--man=no", copy)
    assert (done.returncode, done.stderr) == (0, "")


@needs_systemd
def test_systemd_refuses_a_planted_fault(tmp_path: Path) -> None:
    faulty = tmp_path / "credential-gate.service"
    faulty.write_text(UNITS[0].read_text("utf-8").replace("ProtectSystem=strict", "ProtectSystem=perhaps"))
    assert "Failed to parse protect system" in _analyze("verify", "--man=no", faulty).stderr


@needs_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_the_cage_of_a_unit_stays_shut(unit: Path) -> None:
    done = _analyze("security", "--offline=yes", f"--threshold={EXPOSURE}", unit)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_runs_a_command_that_exists(unit: Path) -> None:
    (line,) = re.findall(
        r"^ExecStart=/opt/credential-gate/\.venv/bin/verifier (.+)$", unit.read_text("utf-8"), re.MULTILINE
    )
    name, *words = line.split()
    command = verifier.cli.main.get_command(click.Context(verifier.cli.main), name)
    assert command is not None
    assert command.make_context(name, words).params


def test_the_example_settings_are_valid() -> None:
    assert settings.load(TOP / "systemd" / "station.toml").policies
