"""The tutorial is true: its commands run, in their order, and say what it shows."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

from tests.source import TOP

BLOCKS = re.compile(r"^```\n\$ (.+)\n((?:.*\n)*?)```$", re.MULTILINE)


def test_the_tutorial_shows_what_its_commands_say(tmp_path: Path) -> None:
    blocks = BLOCKS.findall((TOP / "docs" / "tutorial" / "first-verdict.md").read_text("utf-8"))
    assert len(blocks) > 5
    for command, shown in blocks:
        program, *words = shlex.split(command)
        done = subprocess.run(
            [Path(sys.executable).with_name(program), *words], cwd=tmp_path, capture_output=True, check=False, text=True
        )
        assert _pattern(shown).fullmatch(done.stdout), f"{command}\n{done.stdout}{done.stderr}"


def _pattern(shown: str) -> re.Pattern[str]:
    """Make a pattern of what is shown, in which … stands for anything."""
    return re.compile(".*".join(map(re.escape, shown.rstrip("\n").split("…"))) + r"\s*", re.DOTALL)
