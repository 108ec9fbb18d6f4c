"""`verifier invite`: lets somebody add a passkey to this station's console. It takes an account on the box."""

import secrets
import time
from pathlib import Path

import click

from verifier import settings as station
from verifier.commands.at_site import refuse
from verifier.console.access import PEOPLE, Role
from verifier.console.keep import INVITED_SECONDS, NAME_CHARACTERS, Entry, Keep, KeepError
from verifier.settings import SettingsError


@click.command()
@click.argument("name")
@click.option("--role", type=click.Choice(PEOPLE), default=Role.ADMINISTRATOR, show_default=True, help="What they may.")
@click.option(
    "--settings",
    type=click.Path(path_type=Path),
    default=Path("/etc/credential-gate/station.toml"),
    show_default=True,
    help="The settings file.",
)
def command(name: str, role: str, settings: Path) -> None:
    """Invite NAME to add a passkey: prints a link that works once, within ten minutes.

    A passkey belongs to the name under which it was added: one added on this machine works on this machine.
    """
    if not 0 < len(name) <= NAME_CHARACTERS or not name.isprintable():
        raise click.BadParameter(f"a name has 1 to {NAME_CHARACTERS} printable characters")
    try:
        console = station.load(settings).console
        secret = secrets.token_urlsafe(32)
        entry = Entry(Role(role), name, time.time() + INVITED_SECONDS)
        Keep(console.state).invitations.put(secret.encode(), entry)
    except (SettingsError, KeepError) as error:
        refuse(error)
    click.echo(f"http://localhost:{console.port}/enrol#{secret}")
    if console.outside:
        click.echo(f"https://{console.outside.name}:{console.outside.port}/enrol#{secret}")
