"""Settings: read strictly, refused with one line that names file and key."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints
from zoneinfo import ZoneInfo

import pytest

from verifier.settings import CameraKind, LampKind, Settings, SettingsError, load

LEAST = """
timezone = "Europe/Paris"
policies = ["yellow-fever"]
registry.image = "registry.sqlite"
camera.kind = "folder"
camera.folder = "/pictures"
"""


def _load(folder: Path, text: str) -> Settings:
    path = folder / "station.toml"
    path.write_text(text, "utf-8")
    return load(path)


def test_the_least_file_gets_the_defaults(tmp_path: Path) -> None:
    settings = _load(tmp_path, LEAST)
    assert settings.timezone == ZoneInfo("Europe/Paris")
    assert settings.registry.image == tmp_path / "registry.sqlite"
    assert settings.camera.kind is CameraKind.FOLDER
    assert settings.camera.folder == Path("/pictures")
    assert settings.lamp.kind is LampKind.TERMINAL
    assert settings.console.host == "127.0.0.1"


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        (LEAST + "colour = 1\n", "colour", "no such setting"),
        (LEAST + "camera.zoom = 1\n", "camera.zoom", "no such setting"),
        (LEAST.replace('timezone = "Europe/Paris"', ""), "timezone", "is missing"),
        (LEAST.replace("Europe/Paris", "Europe/Atlantis"), "timezone", "time zone"),
        (LEAST.replace("Europe/Paris", "../../etc/passwd"), "timezone", "time zone"),
        (LEAST.replace('["yellow-fever"]', "[]"), "policies", "one or more"),
        (LEAST.replace('["yellow-fever"]', '["polio", "polio"]'), "policies", "different"),
        (LEAST.replace('["yellow-fever"]', '"polio"'), "policies", "a list"),
        (LEAST.replace('"folder"', '"eye"'), "camera.kind", "one of"),
        (LEAST.replace('camera.folder = "/pictures"', ""), "camera.folder", "needed"),
        (LEAST + "camera.width = 4097\n", "camera.width", "between 160 and 4096"),
        (LEAST + "camera.width = 640.0\n", "camera.width", "a whole number"),
        (LEAST + "camera.width = true\n", "camera.width", "a whole number"),
        (LEAST + "lane = 4\n", "lane", "a text"),
        (LEAST + 'console = "here"\n', "console", "a table"),
    ],
)
def test_a_bad_file_is_refused_by_file_and_key(tmp_path: Path, text: str, key: str, says: str) -> None:
    with pytest.raises(SettingsError) as caught:
        _load(tmp_path, text)
    line = str(caught.value)
    assert line.startswith(f"{tmp_path / 'station.toml'}: {key}: ")
    assert says in line
    assert "\n" not in line


@pytest.mark.parametrize("data", [b"\xff", b"a = ", b"#" * 70_000])
def test_a_file_that_is_no_settings_file_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "station.toml"
    path.write_bytes(data)
    with pytest.raises(SettingsError, match=re.escape(str(path))):
        load(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path / "station.toml")


def _keys(kind: object, prefix: str = "") -> list[str]:
    assert is_dataclass(kind)
    hints = get_type_hints(kind)
    keys: list[str] = []
    for item in fields(kind):
        hint = next(iter(get_args(hints[item.name])), hints[item.name])  # an optional table is explained as well
        keys += _keys(hint, f"{prefix}{item.name}.") if is_dataclass(hint) else [prefix + item.name]
    return keys


@pytest.mark.parametrize("key", _keys(Settings))
def test_the_page_explains_every_setting(key: str) -> None:
    page = (Path(__file__).parent.parent / "docs/reference/settings.md").read_text("utf-8")
    assert f"| `{key}` |" in page
