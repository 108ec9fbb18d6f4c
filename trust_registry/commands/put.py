"""`trust-registry put`: draft a policy or a value set for gates."""

from pathlib import Path

import click

from trust_registry import contents
from trust_registry.commands import options
from trust_registry.repository import Repository


@click.command()
@options.folder
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("place", metavar="policy/RING/NAME|site/SITE/RING/NAME")
def command(folder: Path, file: Path, place: str) -> None:
    """Draft in FOLDER that gates get FILE: those of a ring first, then `all`; of one site, or everywhere."""
    repository = Repository(folder)
    with options.plain_errors():
        role = contents.draft_resource(repository, place, file.read_bytes(), options.now())
        click.echo(f"draft {role}: {place}; next: `trust-registry sign`")
