"""`trust-registry import`: read published trusted lists, account for every entry, and build a registry image."""

import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from trust_registry import contents
from trust_registry.build import Content, build
from trust_registry.commands import options
from trust_registry.importers import ALL, source
from trust_registry.importers.source import Import
from trust_registry.model import Issuer, IssuerKey
from trust_registry.repository import Repository
from trust_registry.shards import Listed
from trust_registry.sources import walk


@dataclass(frozen=True, slots=True)
class Read:
    """One file that was read: which argument it belongs to, which importer took it, and what came of it."""

    argument: Path
    path: Path
    importer: str
    result: Import


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the registry image here.")
@click.option("--into", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Draft into this registry.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z"]), help="When the lists were current; now.")
@click.option("--pin", "pins", multiple=True, metavar="SHA256", help="Believe lists signed by this key.")
@click.option("--test-issuers", is_flag=True, help="Take test issuers as well: for training registries only.")
@click.option("--entries", is_flag=True, help="Name every entry that is refused.")
def command(  # noqa: PLR0913, PLR0917 - what an import may be told
    sources: tuple[Path, ...],
    out: Path | None,
    into: Path | None,
    as_of: datetime | None,
    pins: tuple[str, ...],
    test_issuers: bool,  # noqa: FBT001 - click's calling convention
    entries: bool,  # noqa: FBT001 - the same
) -> None:
    """Read trusted lists from files and folders; say of each entry what became of it.

    With --out a registry image is built from all of them; where a list as such is refused, none is.
    """
    reads = [
        Read(argument, Path(file.path), *source.read(file, ALL))
        for argument in sources
        for file in walk(argument, frozenset(map(_pin, pins)), test_issuers=test_issuers)
    ]
    console = Console(width=None if sys.stdout.isatty() else options.FILE_COLUMNS)
    console.print(_table(reads))
    if entries:
        for read in reads:
            for label, refusal in read.result.refused:
                click.echo(f"{read.path}: {label}: {refusal}")
    if out is not None or into is not None:
        _check_usable(reads)
    if out is not None:
        _write(out, reads, time.time() if as_of is None else as_of.timestamp())
    if into is not None:
        _draft(into, reads)


def _pin(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise click.BadParameter(f"{text}: is not hexadecimal", param_hint="--pin") from None


def _table(reads: Iterable[Read]) -> Table:
    table = Table("source", "list", "files", "entries", "accepted", "refused", "signature")
    for (argument, importer), group in groupby(sorted(reads, key=_place), key=_place):
        files = list(group)
        refused = Counter(refusal for read in files for _, refusal in read.result.refused)
        accepted = sum(len(read.result.keys) for read in files)
        table.add_row(
            argument,
            importer,
            str(len(files)),
            str(accepted + refused.total()),
            str(accepted),
            "\n".join(f"{count} {refusal}" for refusal, count in refused.most_common()) or "none",
            ", ".join(sorted({read.result.proof for read in files})),
        )
    return table


def _place(read: Read) -> tuple[str, str]:
    return str(read.argument), read.importer


def _check_usable(reads: list[Read]) -> None:
    """End the command where a list is refused as a whole. A file that no importer knows is passed over: it is none."""
    unusable = [read for read in reads if not read.result.whole and read.importer != "unknown"]
    for read in unusable:
        click.echo(
            f"{read.path}: {read.result.refused[0][1]}: this list is refused; leave it out or get it again", err=True
        )
    if unusable or not any(read.result.keys for read in reads):
        click.echo("nothing was written", err=True)
        sys.exit(1)


def _write(out: Path, reads: list[Read], as_of: float) -> None:
    keys = [key for read in reads for key in read.result.keys]
    build(out, Content(as_of, keys=keys, issuers=_issuers(reads)))
    different = {(key.format, key.key_id, key.issuer, key.public_key) for key in keys}
    click.echo(f"{out}: written with {len(different)} keys of {len({key.issuer for key in keys})} issuers")


def _draft(into: Path, reads: list[Read]) -> None:
    """Put the lists in place of what was imported from lists of the same names before; leave all others."""
    repository = Repository(into)
    with options.plain_errors():
        new = [Listed(key, _list_name(read)) for read in reads for key in read.result.keys]
        names = {_list_name(read) for read in reads if read.result.keys}
        kept = [one for one in contents.listed(repository, draft=True) if one.source not in names]
        contents.draft_keys(repository, [*kept, *new], options.now())
    click.echo(f"{into}: {len(new)} keys of {len(names)} lists drafted; next: `trust-registry diff {into}`")


def _list_name(read: Read) -> str:
    return f"{read.importer} {read.path.name}"


def _issuers(reads: Iterable[Read]) -> Iterable[Issuer]:
    return {_issuer(key, read.importer) for read in reads for key in read.result.keys}


def _issuer(key: IssuerKey, importer: str) -> Issuer:
    return Issuer(key.issuer, min(key.scope.countries, default=None), importer)
