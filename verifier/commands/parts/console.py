"""`verifier part console`: the process that answers browsers, and nothing else."""

import asyncio
import time
from pathlib import Path

import click

from verifier.commands.at_site import options, refuse
from verifier.console import desk, doors, process
from verifier.console.feed import at
from verifier.console.lane import Asked, Lane
from verifier.policy import Policy
from verifier.settings import SettingsError
from verifier.station import site


@click.command()
@options
def command(settings: Path, runtime: Path | None, camera: Path | None, *, training: bool) -> None:
    """Run the console's process: the lamp page and the pages of the administrators."""
    try:
        found = site.load(settings, runtime, camera, training=training)
        lane = Lane(
            found.settings.lane,
            found.settings.language,
            found.settings.timezone,
            tuple(_asked(policy) for policy in found.policies()),
            found.settings.registry.image,
        )
        opened = doors.open_all(found.settings.console)
    except SettingsError as error:
        refuse(error)
    hosts = doors.names(found.settings.console)
    click.echo(f"console: http://localhost:{found.settings.console.port}/", err=True)
    seen = desk.furnish(
        lane, at(found.runtime / "console.sock"), found.settings.console.state, time.monotonic, time.time
    )
    asyncio.run(process.run(seen, opened, hosts))


def _asked(policy: Policy) -> Asked:
    """Put a policy as plain values: the console knows nothing of questions."""
    return Asked(
        policy.name,
        policy.version,
        policy.asks,
        policy.source,
        tuple(sorted(policy.formats, key=lambda accepted: accepted.number)),
        policy.actions,
    )
