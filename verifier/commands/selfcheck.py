"""`verifier selfcheck`: say in plain words what is wrong with a box."""

import sys
import time
from itertools import chain
from pathlib import Path

import click

from verifier.commands.at_site import options, refuse
from verifier.settings import SettingsError
from verifier.station import inspection
from verifier.station import site as sites
from verifier.station.inspection import Grade

_MARKS = {Grade.GOOD: "  good", Grade.WEAK: "  weak", Grade.BAD: "* BAD "}


@click.command()
@options
def command(settings: Path, runtime: Path | None, camera: Path | None, *, training: bool) -> None:
    """Look at the kernel, the clock, the settings, the policies and the registry; status 1 when something is bad."""
    findings = inspection.machine()
    if settings.exists():
        try:
            found = sites.load(settings, runtime, camera, training=training)
        except SettingsError as error:
            refuse(error)
        findings = chain(findings, inspection.site(found, time.time()))
    bad = False
    for finding in findings:
        click.echo(f"{_MARKS[finding.grade]}  {finding.text}")
        bad |= finding.grade is Grade.BAD
    if not settings.exists():
        click.echo(f"        no station is set up here: {settings} does not exist")
    sys.exit(1 if bad else 0)
