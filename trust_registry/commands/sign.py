"""`trust-registry sign`: put one person's signature under the drafts."""

import sys
from pathlib import Path

import click

from trust_registry import contents
from trust_registry.commands import options
from trust_registry.repository import Repository


@click.command()
@options.folder
@click.argument("key")
@click.option("--lost", type=int, default=0, help="How many issuers this loses, where `diff` asks for it.")
@options.passphrase_file
def command(folder: Path, key: str, lost: int, passphrase_file: Path | None) -> None:
    """Sign every draft in FOLDER that KEY has a say in. Read `trust-registry diff` first: you sign what it says."""
    repository = Repository(folder)
    with options.plain_errors():
        change = contents.change(repository)
        if change.alarming and lost != len(change.lost):
            click.echo(
                f"{len(change.lost)} issuers are lost; read the diff, then say --lost {len(change.lost)}", err=True
            )
            sys.exit(1)
        signed = repository.sign(options.signer(repository, key, passphrase_file))
        for role in signed:
            progress = repository.progress(role)
            click.echo(f"{role}: signed; {progress.missing} more needed" if progress.missing else f"{role}: complete")
        if not signed:
            click.echo(f"{key}: has no say in any draft here", err=True)
            sys.exit(1)
