"""`verifier check`: judge pictures or lines of text at a workbench, with the decision of a gate."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from trust_registry.image import RegistryError, open_image
from verifier import policies, words
from verifier.context import NOT_ASKED, NOT_SHOWN, Context, Mode, NotShown
from verifier.decide import decide_all
from verifier.instant import Instant
from verifier.policy import Policy
from verifier.reading import still
from verifier.reading.refusal import PictureError
from verifier.sealed import Sealed
from verifier.settings import EXIT_CONFIGURATION
from verifier.verdict import Outcome, Prompt, Verdict

_REGISTRY = Path("/var/lib/credential-gate/registry.sqlite")
_STATUS = {Outcome.FAIL: 1, Outcome.UNSURE: 2, Outcome.PASS: 0}  # the gravest comes first

_Result = Verdict | Prompt | PictureError


def _zone(_ctx: click.Context, _option: click.Parameter, name: str) -> tzinfo:
    try:
        return UTC if name == "UTC" else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise click.BadParameter(f"{name} is no time zone; say one like Europe/Vienna") from None


def _moment(_ctx: click.Context, _option: click.Parameter, text: str | None) -> datetime | None:
    try:
        return None if text is None else datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter("say a moment like 2026-11-24T09:30:00+01:00, or a day") from None


@click.command()
@click.argument("inputs", nargs=-1)
@click.option("--registry", type=click.Path(path_type=Path), default=_REGISTRY, help="The registry image.")
@click.option("--policy", "asked", metavar="NAME|FILE", default="authentic", help="The policy to judge by.")
@click.option("--at", "moment", metavar="TIME", callback=_moment, help="Judge as of this moment instead of now.")
@click.option("--timezone", "zone", metavar="ZONE", default="UTC", callback=_zone, help="Where the station stands.")
@click.option(
    "--document", type=click.Path(path_type=Path), help="The machine-readable lines of the holder's document."
)
@click.option("--training", is_flag=True, help="Judge training specimens as if they were real.")
@click.option("--text", is_flag=True, help="Judge the lines of standard input, each the text of one symbol.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object for each input.")
def command(  # noqa: PLR0913 - one for each option
    inputs: tuple[str, ...],
    registry: Path,
    asked: str,
    moment: datetime | None,
    zone: tzinfo,
    document: Path | None,
    *,
    training: bool,
    text: bool,
    as_json: bool,
) -> None:
    """Judge every picture in INPUTS and say what a gate would.

    Exit status: 0 all pass, 1 some fail, 2 some are unsure or hold nothing to judge and none fails, 64 wrong use, 78 no
    usable registry or policy. Nothing out of a presentation is ever written.
    """
    if bool(inputs) is text:
        raise click.UsageError("name pictures, or give lines on standard input with --text")
    try:
        policy, trust = policies.find(asked), open_image(registry)
    except (RegistryError, policies.PolicyError) as error:
        click.echo(f"verifier check: {error}", err=True)
        sys.exit(EXIT_CONFIGURATION)
    click.get_current_context().call_on_close(trust.close)
    now = _instant(moment, zone)
    mode = Mode.TRAINING if training else Mode.LIVE
    context = Context(mode, _document_lines(document), NOT_ASKED, NOT_ASKED, seen_before=False)
    said = words.load("en")
    outcomes: set[Outcome] = set()
    for name, symbols in _lines() if text else _pictures(inputs):
        result = decide_all(symbols, trust, policy, now, context) if isinstance(symbols, tuple) else symbols
        outcomes.add(result.outcome if isinstance(result, Verdict) else Outcome.UNSURE)
        record = _record(result, policy)
        click.echo(json.dumps({"input": name, **record}) if as_json else f"{name}: {_sentence(result, policy, said)}")
    sys.exit(next((status for outcome, status in _STATUS.items() if outcome in outcomes), _STATUS[Outcome.UNSURE]))


def _instant(moment: datetime | None, zone: tzinfo) -> Instant:
    """Take this computer's clock, or the moment; one without an offset is on the wall of the station's zone."""
    asked = datetime.now(zone) if moment is None else moment
    seconds = (asked if asked.tzinfo else asked.replace(tzinfo=zone)).timestamp()
    return Instant.between(seconds, seconds, zone)


def _document_lines(file: Path | None) -> Sealed[tuple[str, ...]] | NotShown:
    """Take the lines of a file; what is wrong with them is the check's to say."""
    if file is None:
        return NOT_SHOWN
    try:
        return Sealed(tuple(file.read_text("ascii", "replace").split()))
    except OSError as error:
        raise click.UsageError(f"{file} cannot be read: {error.strerror}") from None


def _pictures(files: tuple[str, ...]) -> Iterator[tuple[str, tuple[bytes, ...] | Prompt | PictureError]]:
    """Read the symbols of each picture, or say what keeps from it."""
    for file in files:
        try:
            yield file, still.read(Path(file)) or Prompt.UNREADABLE
        except PictureError as error:
            yield file, error


def _lines() -> Iterator[tuple[str, tuple[bytes, ...]]]:
    """Take each line of standard input that is not empty for a symbol."""
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if symbol := line.rstrip(b"\r\n"):
            yield f"line {number}", (symbol,)


def _record(result: _Result, policy: Policy) -> dict[str, str | None]:
    """Give the result by its public codes."""
    match result:
        case Verdict(reason, fmt):
            action = policy.actions[reason]
            return {"outcome": result.outcome, "reason": reason, "format": fmt, "policy": policy.name, "action": action}
        case Prompt():
            return {"prompt": words.key(result)}
        case PictureError():
            return {"refusal": words.key(result.refusal)}


def _sentence(result: _Result, policy: Policy, said: words.Words) -> str:
    """Give the result in words."""
    match result:
        case Verdict(reason, fmt):
            action = said.of(policy.actions[reason])
            return f"{said.of(result.outcome)} {reason} ({fmt}): {said.of(reason)} {action}."
        case Prompt():
            return f"{said.of(result)}."
        case PictureError():
            return str(result)
