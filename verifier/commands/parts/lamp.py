"""`verifier part lamp`: the process that has the lamp, and nothing else."""

import sys
from pathlib import Path

import click

from verifier import words
from verifier.commands.at_site import options, refuse
from verifier.devices.terminal import TerminalLamp
from verifier.settings import SettingsError
from verifier.station import lamp as process
from verifier.station import link, site

_GONE_STATUS = 69  # sysexits.h: EX_UNAVAILABLE


@click.command()
@options
def command(settings: Path, runtime: Path | None, camera: Path | None, *, training: bool) -> None:
    """Run the lamp's process: show what the station says."""
    try:
        found = site.load(settings, runtime, camera, training=training)
    except SettingsError as error:
        refuse(error)
    try:
        connected = link.reach(found.runtime / "lamp.sock")
    except OSError:
        sys.exit(_GONE_STATUS)  # no station; the supervisor tries again
    process.run(TerminalLamp(sys.stdout, words.load(found.settings.language)), connected)
