"""The administrator's commands: what they print, what they write, how they refuse."""

from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.lists import certificate, pem
from trust_registry.cli import main
from trust_registry.image import open_image

DE = '["issuer.pem"]\nformat = "hc1"\nissuer = "DE"\n'


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "ours"
    made.mkdir()
    (made / "issuer.pem").write_bytes(pem("CERTIFICATE", certificate()))
    (made / "scopes.toml").write_text(DE)
    return made


def test_import_builds_an_image_and_show_tells_what_is_in_it(folder: Path, tmp_path: Path) -> None:
    image = tmp_path / "registry.db"
    done = run("import", folder, "--out", image, "--as-of", "2026-01-01T00:00:00+0000")
    assert done.exit_code == 0
    assert f"{image}: written with 1 keys of 1 issuers" in done.output
    with closing(open_image(image)) as view:
        assert view.as_of == 1_767_225_600.0
    shown = run("show", image)
    assert shown.exit_code == 0
    assert "2026-01-01 00:00Z" in shown.output
    assert "anything" in shown.output
    assert "ES256" in run("show", image, "--issuer", "DE").output


def test_a_list_refused_as_a_whole_leaves_no_image(folder: Path, tmp_path: Path) -> None:
    (folder / "scopes.toml").write_text(DE + "unknown = 1")
    done = run("import", folder, "--out", tmp_path / "registry.db", "--entries")
    assert done.exit_code == 1
    assert "scopes.toml: issuer.pem: unknown: no such key: scopes-toml-unusable" in done.output
    assert not (tmp_path / "registry.db").exists()


def test_files_that_are_no_lists_are_named_and_passed_over(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# hello")
    done = run("import", tmp_path)
    assert done.exit_code == 0
    assert "unknown-list" in done.output
    assert run("import", tmp_path, "--out", tmp_path / "registry.db").exit_code == 1


def test_a_description_reaches_no_file_outside_its_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.pem").write_bytes(pem("CERTIFICATE", certificate()))
    (folder / "scopes.toml").write_text(DE.replace("issuer.pem", "../outside.pem"))
    assert "1 empty" in run("import", folder).output


def test_a_pin_is_hexadecimal(folder: Path) -> None:
    assert run("import", folder, "--pin", "xyz").exit_code == 64


def test_show_says_in_one_line_why_it_cannot(tmp_path: Path) -> None:
    done = run("show", tmp_path / "absent")
    assert done.exit_code == 78
    assert done.output.count("\n") == 1
