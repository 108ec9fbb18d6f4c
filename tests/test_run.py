"""`verifier run` and its parts: what cannot be used is said in one line with status 78, and nothing is half started."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trust_registry.build import Content, build
from verifier.cli import main

SETTINGS = """
timezone = "UTC"
policies = ["authentic"]
registry.image = "registry.sqlite"
camera.kind = "folder"
camera.folder = "."
"""


def _run(folder: Path, *command: str) -> Result:
    site = ["--settings", str(folder / "station.toml"), "--runtime", str(folder / "run")]
    return CliRunner().invoke(main, [*command, *site])


def _refused(result: Result, says: str) -> bool:
    return result.exit_code == 78 and says in result.stderr and result.stderr.count("\n") == 1 and not result.stdout


COMMANDS = [("run",), ("part", "station")]


@pytest.mark.parametrize("command", COMMANDS)
def test_settings_that_are_missing_or_wrong_are_refused(tmp_path: Path, command: tuple[str, ...]) -> None:
    assert _refused(_run(tmp_path, *command), "station.toml")
    (tmp_path / "station.toml").write_text(SETTINGS + "zoom = 2\n", "utf-8")
    assert _refused(_run(tmp_path, *command), "zoom")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_policy_that_does_not_exist_is_refused(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "station.toml").write_text(SETTINGS.replace("authentic", "no-such-policy"), "utf-8")
    assert _refused(_run(tmp_path, *command), "no-such-policy")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_registry_that_is_missing_or_damaged_is_refused(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "station.toml").write_text(SETTINGS, "utf-8")
    (tmp_path / "run").mkdir()
    assert _refused(_run(tmp_path, *command), "registry.sqlite")
    build(tmp_path / "registry.sqlite", Content(0.0, 1))
    whole = (tmp_path / "registry.sqlite").read_bytes()
    (tmp_path / "registry.sqlite").write_bytes(whole[:5_000] + b"x" + whole[5_001:])
    assert _refused(_run(tmp_path, *command), "registry.sqlite")
    assert list((tmp_path / "run").iterdir()) == []
