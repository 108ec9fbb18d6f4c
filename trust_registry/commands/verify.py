"""`trust-registry verify`: see a published registry as a new gate would."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from trust_registry.commands import options
from trust_registry.image import open_image
from trust_registry.sync import IMAGE, Box, sync
from trust_registry.update import install_root


@click.command()
@click.argument("source", metavar="URL|PATH")
@click.option("--root", required=True, type=click.Path(exists=True, path_type=Path), help="The root.json of gates.")
def command(source: str, root: Path) -> None:
    """Say what a new gate would make of a published registry: what it takes, or why it refuses."""
    with options.plain_errors(), TemporaryDirectory() as scratch:
        folder = Path(scratch)
        install_root(folder, root.read_bytes())
        done = sync(source, folder, Box(), time.time())
        image = open_image(folder / IMAGE)
        keys = list(image.every_key())
        image.close()
        for warning in done.warnings:
            click.echo(warning)
        click.echo(f"generation {done.generation}, current as of {options.written(done.as_of)}")
        click.echo(f"{len(keys)} keys of {len({key.issuer for key in keys})} issuers")
