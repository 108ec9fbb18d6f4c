"""`verifier run`: the whole station on one machine, without service units."""

import sys
import tempfile
from pathlib import Path

import click

from trust_registry.image import RegistryError
from verifier.commands.at_site import options, refuse
from verifier.commands.part import PARTS
from verifier.protocol import Part
from verifier.settings import SettingsError
from verifier.station import site
from verifier.station.supervise import Supervisor


@click.command()
@options
def command(settings: Path, runtime: Path | None, camera: Path | None, *, training: bool) -> None:
    """Run the station: camera, station and lamp as processes, each started again when it ends.

    A settings file, policy or registry that cannot be used gives one line and status 78, before anything starts.
    """
    with tempfile.TemporaryDirectory(prefix="credential-gate-") as made:
        try:
            found = site.load(settings.absolute(), runtime or Path(made), camera, training=training)
            found.runtime.mkdir(parents=True, exist_ok=True)
            found.policies()
            found.registry().close()
        except (SettingsError, RegistryError) as error:
            refuse(error)
        program = str(Path(sys.executable).with_name("verifier"))
        Supervisor({Part[name.upper()]: [program, "part", name, *found.arguments()] for name in PARTS}).run()
