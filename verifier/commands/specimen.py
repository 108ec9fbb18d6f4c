"""`verifier specimen`: write training passes as pictures, and a registry that knows their issuers."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from trust_registry.build import Content, build
from verifier.specimen.coverage import table
from verifier.specimen.picture import draw
from verifier.specimen.scenarios import Scenario, issuers, keys, scenarios
from verifier.specimen.scenarios.scenario import seconds
from verifier.verdict import FormatId

REGISTRY = "registry.sqlite"
_CANNOT_CREATE = 73  # sysexits.h: EX_CANTCREAT


@click.command()
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--format", "only", type=click.Choice([fmt.value for fmt in FormatId if fmt.judged]), help="One format.")
@click.option("--list", "listing", is_flag=True, help="Only say what there is.")
@click.option("--coverage", is_flag=True, help="Judge them by every policy and write the table of what passes.")
@click.option("--at", "day", type=click.DateTime(["%Y-%m-%d"]), help="Make them for this day instead of today.")
def command(folder: Path | None, only: str | None, day: datetime | None, *, listing: bool, coverage: bool) -> None:
    """Write every training pass into FOLDER as PNG, with `registry.sqlite`, which marks their issuers as specimens.

    The people are invented. A live station answers `specimen` to every one of them; `verifier check --training` and a
    station in training mode judge them as if they were real.
    """
    if (folder is not None) + listing + coverage != 1:
        raise click.UsageError("name a folder to write to, or ask for --list or for --coverage")
    if coverage:
        click.echo(table(), nl=False)
        return
    today = (day or datetime.now(UTC)).date()
    chosen = [scenario for scenario in scenarios(today) if only in (None, scenario.format)]
    if folder is not None:
        try:
            _write(folder, chosen, seconds(today))
        except OSError as error:
            click.echo(f"verifier specimen: {folder}: cannot be written: {error.strerror}", err=True)
            sys.exit(_CANNOT_CREATE)
    for scenario in chosen:
        click.echo(f"{scenario.name:<32}{scenario.policy:<22}{scenario.expected.value:<24}{scenario.story}")


def _write(folder: Path, chosen: list[Scenario], as_of: float) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for scenario in chosen:
        (folder / f"{scenario.name}.png").write_bytes(draw(scenario.symbol, scenario.story))
    build(folder / REGISTRY, Content(as_of, generation=1, keys=keys(), issuers=issuers()))
