"""`trust-registry replace-key`: give a person a new key in place of one that is lost or stolen."""

from pathlib import Path

import click

from trust_registry import keyring
from trust_registry.commands import options
from trust_registry.repository import Repository
from trust_registry.succession import Part, replace_key


@click.command()
@options.folder
@click.argument("person")
@click.argument("part", type=click.Choice([part.value for part in Part]))
@click.option("--keys", required=True, type=click.Path(path_type=Path), help="Put the new key file here.")
@options.passphrase_file
def command(folder: Path, person: str, part: str, keys: Path, passphrase_file: Path | None) -> None:
    """Make PERSON a new key for the PART that they play in FOLDER, and draft that it takes the old one's place."""
    repository = Repository(folder)
    path = keys / f"{person}.{part}.{repository.version('root') + 1}.pem"
    with options.plain_errors():
        keys.mkdir(parents=True, exist_ok=True)
        new = keyring.create(path, person, options.passphrase_of(passphrase_file, confirm=True)(person))
        drafted = replace_key(repository, person, Part(part), new.public_key, options.now())
        click.echo(f"{path}: the new key\ndrafted, to be signed: {', '.join(drafted)}; next: `trust-registry sign`")
