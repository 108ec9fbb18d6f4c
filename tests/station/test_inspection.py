"""The inspection names what is wrong, and nothing that is right."""

from pathlib import Path

import pytest

from tests.station.conftest import NOW
from verifier.station import inspection, site
from verifier.station.inspection import Grade

SETTINGS = """
timezone = "UTC"
policies = ["authentic"]
registry.image = "registry.sqlite"
camera.kind = "folder"
camera.folder = "pictures"
"""


def _proc(folder: Path, *, swap: str = "", pattern: str = "core", cmdline: str = "init_on_free=1") -> Path:
    (folder / "sys/kernel").mkdir(parents=True)
    (folder / "swaps").write_text("Filename Type Size\n" + swap)
    (folder / "sys/kernel/core_pattern").write_text(pattern + "\n")
    (folder / "cmdline").write_text(f"quiet {cmdline}\n")
    return folder


def _blamed(proc: Path) -> str:
    return " | ".join(found.text for found in inspection.machine(proc) if found.grade is not Grade.GOOD)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"swap": "/dev/zram0 partition 1\n"}, "swap is on"),
        ({"pattern": "|/usr/lib/systemd/systemd-coredump"}, "core dumps"),
        ({"cmdline": ""}, "init_on_free=1"),
    ],
)
def test_a_weak_machine_is_told(tmp_path: Path, wrong: dict[str, str], says: str) -> None:
    assert says in _blamed(_proc(tmp_path / "wrong", **wrong))
    assert says not in _blamed(_proc(tmp_path / "right"))


def test_the_cage_holds_here(tmp_path: Path) -> None:
    assert not any(found.grade is Grade.BAD for found in inspection.machine(_proc(tmp_path / "proc")))


def test_a_site_is_judged_by_its_registry_and_camera(tmp_path: Path, image: Path) -> None:
    (tmp_path / "station.toml").write_text(SETTINGS)
    found = site.load(tmp_path / "station.toml", tmp_path, None, training=False)
    assert [each.grade for each in inspection.site(found, NOW)] == [Grade.GOOD, Grade.GOOD, Grade.BAD]
    (tmp_path / "pictures").mkdir()
    assert {each.grade for each in inspection.site(found, NOW)} == {Grade.GOOD}
    old = [each for each in inspection.site(found, NOW + 400 * 86_400) if each.grade is Grade.BAD]
    assert "sync it" in old[0].text
    image.write_bytes(b"damaged")
    assert Grade.BAD in {each.grade for each in inspection.site(found, NOW)}
