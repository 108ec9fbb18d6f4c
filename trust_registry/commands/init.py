"""`trust-registry init`: found a registry in a ceremony."""

from pathlib import Path

import click

from trust_registry.ceremony import ONLINE, Cast, found
from trust_registry.commands import options
from trust_registry.repository import Repository

_TWO = 2


@click.command()
@options.folder
@click.option("--keys", required=True, type=click.Path(path_type=Path), help="Put the new key files here.")
@click.option("--owner", "owners", multiple=True, metavar="NAME", help="An owner of trust; three or more.")
@click.option("--on-call", multiple=True, metavar="NAME", help="Somebody who may deny at night; two or more.")
@click.option("--solo", metavar="NAME", help="One person controls trust alone; every page then says so.")
@options.passphrase_file
def command(
    folder: Path,
    keys: Path,
    owners: tuple[str, ...],
    on_call: tuple[str, ...],
    solo: str | None,
    passphrase_file: Path | None,
) -> None:
    """Make a new registry in FOLDER: keys for everybody, every role signed, and an empty first version published."""
    if solo is None and (len(owners) <= _TWO or len(on_call) < _TWO):
        raise click.UsageError("name three owners and two on call, or one person with --solo")
    cast = Cast(owners, on_call, _TWO) if solo is None else Cast([solo], [solo], 1)
    with options.plain_errors():
        repository = found(folder, keys, cast, options.passphrase_of(passphrase_file, confirm=True), options.now())
        click.echo(_summary(repository, keys, cast))


def _summary(repository: Repository, keys: Path, cast: Cast) -> str:
    """Say what was founded, to be read out and kept with the keys."""
    root = repository.metadata / "1.root.json"
    who = (
        f"ONE PERSON CONTROLS TRUST: {cast.owners[0]}"
        if cast.threshold == 1
        else f"owners (any {cast.threshold} together change trust): {', '.join(cast.owners)}\n"
        f"on call (any one denies one issuer): {', '.join(cast.on_call)}"
    )
    return (
        f"{who}\n"
        f"install on every gate: {root}\n"
        f"keep on the machine that publishes: {keys / ONLINE}.pem\n"
        f"give to each person, and delete here: the other files in {keys}\n"
        f"next: trust-registry import SOURCE --into {repository.metadata.parent}"
    )
