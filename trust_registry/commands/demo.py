"""`trust-registry demo`: the registry that a box starts with."""

import time
from pathlib import Path

import click

from trust_registry import demo
from trust_registry.commands import options
from verifier.specimen.scenarios import keys


@click.command()
@options.folder
def command(folder: Path) -> None:
    """Make a registry of the training issuers in FOLDER, or renew it, and sync its gate; this box alone owns it."""
    with options.plain_errors():
        click.echo(demo.ensure(folder, keys(), time.time()))
