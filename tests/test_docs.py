"""The documentation is complete: every public name has its heading, and every link leads somewhere."""

import re
from collections.abc import Iterable
from textwrap import dedent

import click
import pytest

import trust_registry.cli
import verifier.cli
from tests.source import TOP, modules, tracked
from verifier.formats import FORMATS
from verifier.verdict import FormatId, Outcome, Reason

REFERENCE = TOP / "docs" / "reference"


def _sections(page: str, level: int) -> dict[str, str]:
    """Take a page of the reference apart: heading without backticks -> text up to the next heading."""
    parts = re.split(r"^(#+) (.+)$", (REFERENCE / page).read_text("utf-8"), flags=re.MULTILINE)
    return {
        heading.replace("`", ""): text
        for marks, heading, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
        if len(marks) == level
    }


def _without_heading(page: str, level: int, names: Iterable[str]) -> list[str]:
    marks = "#" * level
    sections = _sections(page, level)
    return [f"docs/reference/{page} needs the heading: {marks} `{name}`" for name in names if name not in sections]


def test_every_reason_has_its_heading() -> None:
    assert _without_heading("reasons.md", 3, list(Reason)) == []
    assert [heading for heading in _sections("reasons.md", 3) if heading not in list(Reason)] == []


@pytest.mark.parametrize("outcome", Outcome)
def test_every_reason_stands_under_its_outcome(outcome: Outcome) -> None:
    chapters = re.split(r"^## (.+)$", (REFERENCE / "reasons.md").read_text("utf-8"), flags=re.MULTILINE)
    chapter = chapters[chapters.index(outcome.upper()) + 1]
    assert re.findall(r"^### `(.+)`$", chapter, flags=re.MULTILINE) == [r for r in Reason if r.outcome is outcome]


def test_every_format_has_its_heading() -> None:
    assert _without_heading("formats.md", 3, list(FormatId)) == []


@pytest.mark.parametrize("name", FormatId)
def test_a_format_is_called_unread_exactly_while_it_is(name: FormatId) -> None:
    unread = "Not read yet." in _sections("formats.md", 3)[name]
    assert unread is (name not in {fmt.name for fmt in FORMATS}), f"docs/reference/formats.md, section {name}"


@pytest.mark.parametrize("program", ["verifier", "trust-registry"])
def test_every_command_and_option_is_described(program: str) -> None:
    group = {"verifier": verifier.cli.main, "trust-registry": trust_registry.cli.main}[program]
    commands = dict(_commands(program, group))
    assert _without_heading("commands.md", 3, commands) == []
    sections = _sections("commands.md", 3)
    for name, command in commands.items():
        for parameter in command.params:
            long = (
                max(parameter.opts, key=len) if isinstance(parameter, click.Option) else parameter.human_readable_name
            )
            assert long in sections[name], f"docs/reference/commands.md, section {name}, does not mention {long}"


def _commands(path: str, group: click.Group) -> Iterable[tuple[str, click.Command]]:
    """Walk down a group: `verifier policy show` is a command of the group `verifier policy`."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from _commands(f"{path} {name}", command)
        elif command is not None:
            yield f"{path} {name}", command


def test_every_link_leads_somewhere() -> None:
    assert [
        f"{page.relative_to(TOP)}: {target}"
        for page in tracked()
        if page.suffix == ".md"
        for target in re.findall(r"\]\((?!https?://|#)([^)#\s]+)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ] == []


UNNAMED = {"__init__.py", "__pycache__", "py.typed"}


def test_the_design_places_everything_at_the_top() -> None:
    design = (TOP / "docs" / "explanation" / "design.md").read_text("utf-8")
    named = set(re.findall(r"^  ([\w]+(?:\.py|/))", design, flags=re.MULTILINE))
    for package in ("verifier", "trust_registry"):
        paths = [path for path in (TOP / package).iterdir() if path.name not in UNNAMED]
        there = {f"{path.name}/" if path.is_dir() else path.name for path in paths}
        assert there - named == set(), "docs/explanation/design.md does not name these in its layout"


def test_the_design_quotes_the_code_as_it_is() -> None:
    design = (TOP / "docs" / "explanation" / "design.md").read_text("utf-8")
    blocks = re.findall(r"^ *```python\n(.*?)^ *```$", design, flags=re.MULTILINE | re.DOTALL)
    quoted = [piece.strip() for block in blocks for piece in dedent(block).split("\n\n\n")]
    assert len(quoted) >= len(blocks) > 2
    code = [module.text for module in modules()]
    assert [piece for piece in quoted if not any(piece in text for text in code)] == []
