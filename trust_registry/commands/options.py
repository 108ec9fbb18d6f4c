"""What several commands ask for in the same way: passphrases, keys, and one line for what went wrong."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from securesystemslib.signer import Signer

from trust_registry import keyring
from trust_registry.faults import SyncError
from trust_registry.image import RegistryError
from trust_registry.keyring import KeyringError
from trust_registry.repository import PublishError, Repository
from trust_registry.shards import ShardError

FILE_COLUMNS = 160  # where a table goes to a file, nothing says how wide it may be
HALF = 0.5  # of a role's time: from then on it should be signed again

folder = click.argument("folder", type=click.Path(path_type=Path))
passphrase_file = click.option(
    "--passphrase-file", type=click.Path(exists=True, path_type=Path), help="Read the passphrase here; asked for."
)
online = click.option("--online", required=True, metavar="KEY", help="The online key: a file, or a token's address.")


@contextmanager
def plain_errors() -> Iterator[None]:
    """End the command with one line and status 1 where something stands in the way."""
    try:
        yield
    except (PublishError, KeyringError, SyncError, RegistryError, ShardError) as error:
        click.echo(error, err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"{error.filename}: {error.strerror}", err=True)
        sys.exit(1)


def passphrase_of(file: Path | None, *, confirm: bool = False) -> Callable[[str], str]:
    """Give a way to learn a person's passphrase: from the file, or by asking that person."""
    if file is not None:
        words = file.read_text().strip()
        return lambda _name: words

    def ask(name: str) -> str:
        words: str = click.prompt(f"passphrase of {name}", hide_input=True, confirmation_prompt=confirm)
        return words

    return ask


def signer(repository: Repository, key: str, file: Path | None) -> Signer:
    """Open a key with its passphrase. Raises `KeyringError`."""
    return keyring.load(key, passphrase_of(file)(Path(key).name), repository.known_keys())


def now() -> datetime:
    """Read the clock: the one place where a command of an administrator does."""
    return datetime.now(UTC)


def written(moment: float | None) -> str:
    """Write a moment for a person, in UTC."""
    return "" if moment is None else datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%MZ")
