"""`verifier part station`: the zygote and its children."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from trust_registry.image import RegistryError
from verifier.commands.at_site import options, refuse
from verifier.settings import SettingsError
from verifier.specimen.scenarios import keys, scenarios
from verifier.station import canary, site
from verifier.station.rehearsal import Script
from verifier.station.zygote import Setup, Station

_CANARY = canary.load()


@click.command()
@options
def command(settings: Path, runtime: Path | None, camera: Path | None, *, training: bool) -> None:
    """Run the process between camera, children, lamp and console."""
    try:
        found = site.load(settings, runtime, camera, training=training)
        setup = Setup(
            runtime=found.runtime,
            policies=found.policies(),
            registry=found.registry(),
            zone=found.settings.timezone,
            uncertainty_seconds=found.settings.clock.uncertainty_seconds,
            canary=_CANARY,
            script=script(),
            training=training,
        )
    except (SettingsError, RegistryError) as error:
        refuse(error)
    Station(setup).run()
    os._exit(0)  # no interpreter's end: the libraries of the children have things to say there


def script() -> Script:
    """Give the rehearsal the training passes of every format beside the canary."""
    passes = scenarios(datetime.now(UTC).date())
    return Script((_CANARY.symbol, *(each.symbol for each in passes)), (_CANARY.key, *keys()))
