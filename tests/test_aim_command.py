from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from tests.reading import drawing
from verifier.cli import main
from verifier.commands import aim
from verifier.reading.refusal import Refusal

SECRET = b"nobody may see this"


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "pictures" / "code.png"
    path.parent.mkdir()
    path.write_bytes(drawing.png(drawing.symbol(SECRET)))
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    path = tmp_path / "station.toml"
    path.write_text(
        'timezone = "UTC"\npolicies = ["authentic"]\n[registry]\nimage = "none.sqlite"\n'
        f'[camera]\nkind = "folder"\nfolder = "{tmp_path}/pictures"\nframes_per_second = 120\n'
    )
    return path


def test_a_picture_is_measured_and_not_told(picture: Path) -> None:
    result = CliRunner().invoke(main, ["aim", str(picture)])
    assert result.exit_code == 0
    assert "4.0 pixels to a module" in result.output
    assert "-> good" in result.output
    assert SECRET.decode() not in result.output


def test_what_is_no_picture_gives_one_line(tmp_path: Path) -> None:
    path = tmp_path / "none.png"
    path.write_bytes(b"none")
    result = CliRunner().invoke(main, ["aim", str(path)])
    assert result.exit_code == Refusal.NOT_A_PICTURE
    assert result.output.count("\n") == 1


def test_a_camera_is_measured_frame_by_frame(picture: Path, settings: Path) -> None:
    result = CliRunner().invoke(main, ["aim", "--settings", str(settings), "--frames", "70"])
    assert result.exit_code == 0, result.output
    assert picture.exists()
    assert "pixels to a module" in result.output


def test_settings_that_cannot_be_used_stop_it(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["aim", "--settings", str(tmp_path / "none.toml")]).exit_code == 78


def test_a_camera_that_cannot_be_used_stops_it(settings: Path) -> None:
    result = CliRunner().invoke(main, ["aim", "--settings", str(settings)])
    assert result.exit_code == 69
    assert "camera" in result.output


@pytest.mark.parametrize("address", ["8080", "host:port", "host:70000"])
def test_an_address_is_a_host_and_a_port(address: str) -> None:
    assert CliRunner().invoke(main, ["aim", "--page", address]).exit_code == 64


def test_the_page_shows_the_newest_figures_and_nothing_else() -> None:
    page = aim._Page(("127.0.0.1", 0))
    page.text = "sharpness <50%>"
    host, port = page.socket.getsockname()
    assert b"sharpness &lt;50%&gt;" in urlopen(f"http://{host}:{port}/any").read()
