"""The set-up of a system, on systems made of a folder of commands: what is missing is installed, or said exactly."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.source import TOP

INSTALLS = 'echo "$@" >>"$0.calls"; case "$*" in *install*) touch "$(dirname "$0")/there" ;; esac'


class System:
    """A folder that is the whole search path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for tool in ("bash", "env", "dirname", "touch"):
            (folder / tool).symlink_to(shutil.which(tool) or tool)
        self.command("id", "echo 0")

    def command(self, name: str, script: str) -> None:
        file = self.folder / name
        file.write_text(f"#!{shutil.which('bash')}\n{script}\n", "utf-8")
        file.chmod(0o755)

    def calls(self, name: str) -> str:
        file = self.folder / f"{name}.calls"
        return file.read_text("utf-8") if file.exists() else ""

    def bootstrap(self, *things: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [TOP / "tools" / "bootstrap", *things],
            env={"PATH": str(self.folder), "HOME": os.devnull},
            capture_output=True,
            check=False,
            text=True,
        )


@pytest.fixture
def system(tmp_path: Path) -> System:
    return System(tmp_path)


def test_nothing_is_installed_where_everything_is_there(system: System) -> None:
    system.command("python3", "exit 0")
    system.command("apt-get", INSTALLS)
    assert system.bootstrap("python", "zbar").returncode == 0
    assert system.calls("apt-get") == ""


def test_what_is_missing_is_installed_and_looked_for_again(system: System) -> None:
    system.command("python3", 'test -e "$(dirname "$0")/there"')
    system.command("apt-get", INSTALLS)
    assert system.bootstrap("python", "zbar").returncode == 0
    assert "install --yes --no-install-recommends python3-venv libzbar0" in system.calls("apt-get")


def test_another_system_is_told_exactly_what_is_missing(system: System) -> None:
    system.command("python3", 'case "$*" in *zbar*) exit 1 ;; esac')
    done = system.bootstrap("python", "zbar", "chromium")
    assert done.returncode == 1
    missing = [line for line in done.stderr.splitlines() if line.startswith("  - ")]
    assert [line.split("(")[0].split(",")[0].strip() for line in missing] == [
        "- the shared library libzbar.so.0",
        "- the browser Chromium",
    ]


def test_a_plain_user_without_sudo_is_told_the_command(system: System) -> None:
    system.command("id", "echo 1000")
    system.command("apt-get", INSTALLS)
    done = system.bootstrap("python", "zbar")
    assert done.returncode == 1
    assert "apt-get install python3-venv libzbar0" in done.stderr
    assert system.calls("apt-get") == ""


def test_a_plain_user_installs_through_sudo(system: System) -> None:
    system.command("id", "echo 1000")
    system.command("python3", 'test -e "$(dirname "$0")/there"')
    system.command("apt-get", INSTALLS)
    system.command("sudo", 'echo "$@" >>"$0.calls"; "$@"')
    assert system.bootstrap("zbar").returncode == 0
    assert "apt-get" in system.calls("sudo")


def test_a_system_that_stays_too_old_is_not_taken_for_ready(system: System) -> None:
    system.command("python3", "exit 1")
    system.command("apt-get", INSTALLS)
    done = system.bootstrap("python")
    assert done.returncode == 1
    assert "too old" in done.stderr
