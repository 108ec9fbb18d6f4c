"""`trust-registry publish`: publish the drafts that are signed, and renew what gates wait for."""

from pathlib import Path

import click

from trust_registry import publish
from trust_registry.commands import options
from trust_registry.mirror import copy
from trust_registry.repository import Repository


@click.command()
@options.folder
@options.online
@click.option("--to", type=click.Path(path_type=Path), help="Copy what gates need here: a web server's folder.")
@options.passphrase_file
def command(folder: Path, online: str, to: Path | None, passphrase_file: Path | None) -> None:
    """Publish every complete draft in FOLDER; without drafts, say again that the registry is current."""
    repository = Repository(folder)
    with options.plain_errors():
        changed = publish.publish(repository, options.signer(repository, online, passphrase_file), options.now())
        click.echo(f"published: {', '.join(changed)}" if changed else "nothing new; the registry is current again")
        if to is not None:
            click.echo(f"{to}: {copy(repository, to)} new files")
