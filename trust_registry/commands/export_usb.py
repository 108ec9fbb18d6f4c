"""`trust-registry export-usb`: put a published registry on a stick."""

import json
from pathlib import Path

import click

from trust_registry.commands import options
from trust_registry.mirror import copy
from trust_registry.repository import Repository


@click.command()
@options.folder
@click.argument("path", type=click.Path(path_type=Path))
def command(folder: Path, path: Path) -> None:
    """Put what is published in FOLDER on a stick at PATH, and say what boxes left on it."""
    with options.plain_errors():
        click.echo(
            f"{path}: {copy(Repository(folder), path)} new files; a box takes it with `trust-registry sync {path}`"
        )
        for receipt in sorted((path / "receipts").glob("*.json")):
            left = json.loads(receipt.read_text())
            click.echo(f"box {left['box']}: has generation {left['generation']}")
