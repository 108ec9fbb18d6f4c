"""The registry image as a gate reads it: one immutable SQLite file, looked up with the standard library alone.

The file's last page is not SQLite's: it is a seal, the SHA-256 of every byte before it, so that a worn-out card shows
itself as damage and never as a signature that fails. Nothing here writes, waits for a lock or looks for a journal.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import BinaryIO

from trust_registry.model import Algorithm, Issuer, IssuerKey, KeyRef, Kind, Scope, Standing, StatusList
from verifier import limits
from verifier.verdict import FormatId

SCHEMA = 1  # raised when a table changes its meaning; an image of another schema is refused
SEAL = b"credential-gate registry image, SHA-256 of all pages before this one:"
PAGE_BYTES = 4_096

_KEY = (
    "SELECT format, key_id, issuer, algorithm, public_key, kinds, countries, types, not_before, not_after, standing,"
    " anchor FROM issuer_key"
)
BY_KEY_ID = f"{_KEY} WHERE format = ? AND key_id = ? LIMIT {limits.KEYS_PER_KEY_ID}"
BY_ISSUER = f"{_KEY} WHERE format = ? AND key_id = ? AND issuer = ? LIMIT {limits.KEYS_PER_KEY_ID}"

_FORMATS = {name.value: name for name in FormatId}
_KeyRow = tuple[str, bytes, str, str, bytes, str, str, str, float | None, float | None, str, int]


class RegistryError(Exception):
    """The registry image cannot be used. The text says what is wrong, where, and what to do next."""


class RegistryImage:
    """A `TrustView` over one open image. Answers are the same for as long as it is open, whatever happens on disk."""

    def __init__(self, connection: sqlite3.Connection, confirmed: Path) -> None:
        self._db = connection
        manifest: dict[str, str] = dict(connection.execute("SELECT name, value FROM manifest"))
        self.generation = int(manifest["generation"])
        self.as_of = max(float(manifest["as_of"]), _confirmed_at(confirmed, self.generation))

    def keys(self, ref: KeyRef, /) -> Sequence[IssuerKey]:
        """Give the keys of the reference's format and key id, and of its issuer where it names one."""
        if ref.issuer is None:
            rows = self._db.execute(BY_KEY_ID, (ref.format, ref.key_id))
        else:
            rows = self._db.execute(BY_ISSUER, (ref.format, ref.key_id, ref.issuer))
        return [_key(row) for row in rows]

    def status_list(self, list_id: str, /) -> StatusList | None:
        """Give the issuer's list, or `None`."""
        found: tuple[str, bytes, int, int, float | None] | None = self._db.execute(
            "SELECT list_id, entries, bits, most_significant_first, valid_until FROM status_list WHERE list_id = ?",
            (list_id,),
        ).fetchone()
        if found is None:
            return None
        name, entries, bits, most_significant_first, valid_until = found
        return StatusList(name, entries, bits, bool(most_significant_first), valid_until)

    def resource(self, name: str, /) -> bytes | None:
        """Give the resource, or `None`."""
        found: tuple[bytes] | None = self._db.execute("SELECT content FROM resource WHERE name = ?", (name,)).fetchone()
        return found and found[0]

    def every_key(self) -> Iterator[IssuerKey]:
        """Walk all keys, by format, key id and issuer."""
        return (_key(row) for row in self._db.execute(_KEY))

    def every_issuer(self) -> Iterator[Issuer]:
        """Walk all issuers by name."""
        return (Issuer(*row) for row in self._db.execute("SELECT issuer, country, source FROM issuer"))

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()


def open_image(path: Path) -> RegistryImage:
    """Check the whole file against its seal, and open it.

    Raises `RegistryError`.
    """
    try:
        with path.open("rb") as file:
            check_seal(file)
            return open_descriptor(file.fileno())
    except FileNotFoundError:
        raise RegistryError(f"{path}: there is no registry image; make one with `trust-registry import`") from None
    except OSError as error:
        raise RegistryError(f"{path}: cannot read the registry image: {error.strerror}") from None
    except RegistryError as error:
        raise RegistryError(f"{path}: {error}") from None


def open_descriptor(descriptor: int) -> RegistryImage:
    """Open an image whose seal was checked already, by its descriptor.

    For a child between its fork and its cage: SQLite opens the file once, here; afterwards it only reads at offsets.
    SQLite follows the descriptor to the file's name, so an image that was replaced since cannot be opened any more.
    Raises `RegistryError`.
    """
    name = f"/proc/self/fd/{descriptor}"
    uri = f"file:{name}?mode=ro&immutable=1"
    try:
        with ExitStack() as on_failure:
            connection = on_failure.enter_context(closing(sqlite3.connect(uri, uri=True)))
            image = _of_our_schema(connection, confirmed_path(Path(name).readlink()))
            on_failure.pop_all()
            return image
    except (sqlite3.Error, KeyError, ValueError):
        raise RegistryError("the registry image is damaged or was replaced; sync or import it again") from None


def _of_our_schema(connection: sqlite3.Connection, confirmed: Path) -> RegistryImage:
    (schema,) = connection.execute("PRAGMA user_version").fetchone()
    if schema != SCHEMA:
        raise RegistryError(f"the registry image has schema {schema}, this version reads {SCHEMA}; sync again")
    return RegistryImage(connection, confirmed)


def confirmed_path(image: Path) -> Path:
    """Say where the confirmation of an image lies: one line, its generation and when it was last signed as current.

    A poll that finds nothing new writes this line instead of the whole image.
    """
    return image.with_name(f"{image.name}.confirmed")


def _confirmed_at(path: Path, generation: int) -> float:
    """Read when an image was last confirmed; the beginning of time where nothing says so of its generation."""
    try:
        confirmed, moment = path.read_text().split()
        return float(moment) if int(confirmed) == generation else 0.0
    except (OSError, ValueError):
        return 0.0


def check_seal(file: BinaryIO) -> None:
    """Compare the file with its seal; leaves the position at the end.

    Raises `RegistryError`.
    """
    size = os.fstat(file.fileno()).st_size - PAGE_BYTES
    if size < PAGE_BYTES:
        raise RegistryError("this is no registry image; make one with `trust-registry import`")
    digest = _digest(file, size)
    if file.read() != seal(digest):
        raise RegistryError("the registry image is damaged or is none; sync or import it again")


def seal(digest: bytes) -> bytes:
    """Make the last page of an image from the digest of the pages before it."""
    return (SEAL + digest).ljust(PAGE_BYTES, b"\0")


def _digest(file: BinaryIO, size: int) -> bytes:
    digest = hashlib.sha256()
    while size and (chunk := file.read(min(size, 1 << 20))):
        digest.update(chunk)
        size -= len(chunk)
    return digest.digest()


def _key(row: _KeyRow) -> IssuerKey:
    name, key_id, issuer, algorithm, public_key, kinds, countries, types, not_before, not_after, standing, anchor = row
    return IssuerKey(
        _FORMATS[name],
        key_id,
        issuer,
        Algorithm(algorithm),
        public_key,
        Scope(frozenset(map(Kind, kinds.split())), frozenset(countries.split()), frozenset(types.split())),
        not_before,
        not_after,
        Standing(standing),
        bool(anchor),
    )
