"""`trust-registry show`: say in words what a registry image holds."""

import sys
import time
from collections import Counter
from contextlib import closing
from itertools import groupby
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from trust_registry.commands import options
from trust_registry.image import RegistryError, RegistryImage, open_image
from trust_registry.model import IssuerKey, Standing

_EXIT_CONFIGURATION = 78  # sysexits.h: EX_CONFIG
_DAY = 86_400


@click.command()
@click.argument("image", type=click.Path(path_type=Path))
@click.option("--issuer", help="Show every key of this issuer.")
def command(image: Path, issuer: str | None) -> None:
    """List what a registry image holds: issuers, their keys and scopes, validity, age."""
    try:
        registry = open_image(image)
    except RegistryError as error:
        click.echo(error, err=True)
        sys.exit(_EXIT_CONFIGURATION)
    with closing(registry):
        keys = [key for key in registry.every_key() if issuer in (None, key.issuer)]
        _age(registry, keys)
    Console(width=None if sys.stdout.isatty() else options.FILE_COLUMNS).print(
        _keys(keys) if issuer else _issuers(keys)
    )


def _age(registry: RegistryImage, keys: list[IssuerKey]) -> None:
    days = (time.time() - registry.as_of) / _DAY
    click.echo(
        f"generation {registry.generation}, current as of {options.written(registry.as_of)} ({days:.1f} days ago)"
    )
    click.echo(f"{len(keys)} keys of {len({key.issuer for key in keys})} issuers")


def _issuers(keys: list[IssuerKey]) -> Table:
    table = Table("format", "issuer", "keys", "valid now", "anchors", "not believed", "attests")
    for (name, issuer), group in groupby(sorted(keys, key=_owner), key=_owner):
        owned = list(group)
        table.add_row(
            name,
            issuer,
            str(len(owned)),
            str(sum(map(_is_current, owned))),
            str(sum(key.anchor for key in owned)),
            _standings(owned),
            "\n".join(sorted({_scope(key) for key in owned})),
        )
    return table


def _keys(keys: list[IssuerKey]) -> Table:
    table = Table("format", "key id", "algorithm", "attests", "from", "to", "standing")
    for key in keys:
        table.add_row(
            key.format.value,
            _key_id(key.key_id),
            key.algorithm.value,
            "signer certificates" if key.anchor else _scope(key),
            options.written(key.not_before),
            options.written(key.not_after),
            key.standing.value,
        )
    return table


def _owner(key: IssuerKey) -> tuple[str, str]:
    return key.format.value, key.issuer


def _standings(keys: list[IssuerKey]) -> str:
    counted = Counter(key.standing for key in keys if key.standing is not Standing.GOOD)
    return ", ".join(f"{count} {standing.value}" for standing, count in counted.items())


def _is_current(key: IssuerKey) -> bool:
    now = time.time()
    return (key.not_before or now) <= now <= (key.not_after or now)


def _scope(key: IssuerKey) -> str:
    scope = key.scope
    what = ", ".join(sorted(scope.kinds) + sorted(scope.types)) or "anything"
    return what + (" of " + ", ".join(sorted(scope.countries)) if scope.countries else "")


def _key_id(key_id: bytes) -> str:
    """Write a key id as text where it is some, or else in hexadecimal."""
    text = key_id.decode("ascii", errors="replace")
    return text if text.isprintable() and text.isascii() else key_id.hex()
