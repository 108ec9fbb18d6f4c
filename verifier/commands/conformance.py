"""`verifier conformance`: run published cases through the same decision as a gate, and account for every one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table

from verifier import policies
from verifier.conformance import cases, report
from verifier.conformance.records import CaseError
from verifier.conformance.report import FormatReport
from verifier.conformance.run import Result, run


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write the counts as JSON.")
def command(folders: tuple[Path, ...], json_file: Path | None) -> None:
    """Run every published case below FOLDERS; exit 1 on any difference that is not explained."""
    try:
        found = [case for folder in folders for case in cases.read(folder)]
    except CaseError as error:
        raise click.ClickException(str(error)) from None
    screen = Console(stderr=True)
    authentic = policies.load("authentic")
    results = [run(case, authentic) for case in track(found, "cases", console=screen, transient=True)]
    reports = report.by_format(results)
    if json_file is not None:
        counts = {"formats": {name: asdict(of) for name, of in reports.items()}}
        json_file.write_text(json.dumps(counts, indent=1) + "\n")
    _show(Console(), reports, results)
    raise SystemExit(1 if report.unexplained(results) or report.stale(results) or not results else 0)


def _show(screen: Console, reports: Mapping[str, FormatReport], results: Sequence[Result]) -> None:
    columns = ("format", "cases", "agree", "wrongly accepted", "wrongly refused", "undecided", "unsupported", "faults")
    table = Table(*columns)
    for name, of in reports.items():
        wrong = (len(of.wrongly_accepted), len(of.wrongly_refused))
        numbers = (of.cases, of.agree, *wrong, of.undecided, of.unsupported, len(of.faults))
        table.add_row(name, *(str(number) for number in numbers))
    screen.print(table)
    known = report.explanations()
    for result in results:
        if result.case in known:
            screen.print(f"explained: {result.case}: {known[result.case].reason} ({known[result.case].source})")
    for of in reports.values():
        for case in of.inexpressible:
            screen.print(f"not run: {case}: its trust cannot be said in the terms of a registry")
    for result in report.unexplained(results):
        said = result.reason or "no verdict"
        screen.print(f"{result.score.value}: {result.format} {result.case} ({said})", style="red", markup=False)
    for case in report.stale(results):
        screen.print(f"stale: {case} agrees: remove its explanation", style="red", markup=False)
