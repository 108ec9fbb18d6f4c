"""Builds the registry image: one SQLite file, sealed, put in place by an atomic rename.

Either the whole new image stands under its name afterwards, durable, or the old one does, untouched.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from trust_registry.durable import sync_folder
from trust_registry.image import PAGE_BYTES, SCHEMA, seal
from trust_registry.model import Denial, Issuer, IssuerKey, StatusList

# The primary key is the look-up: format and key id, then the issuer where the format names one. A table WITHOUT ROWID
# is that index and nothing else. The public key ends it, since one issuer may reuse a key id.
_TABLES = f"""
PRAGMA page_size = {PAGE_BYTES};
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA user_version = {SCHEMA};
CREATE TABLE issuer_key (
    format TEXT NOT NULL, key_id BLOB NOT NULL, issuer TEXT NOT NULL, public_key BLOB NOT NULL,
    algorithm TEXT NOT NULL, kinds TEXT NOT NULL, countries TEXT NOT NULL, types TEXT NOT NULL,
    not_before REAL, not_after REAL, standing TEXT NOT NULL, anchor INTEGER NOT NULL,
    PRIMARY KEY (format, key_id, issuer, public_key)
) WITHOUT ROWID;
CREATE TABLE issuer (
    issuer TEXT NOT NULL, country TEXT, source TEXT NOT NULL, PRIMARY KEY (issuer, source)
) WITHOUT ROWID;
CREATE TABLE status_list (
    list_id TEXT PRIMARY KEY, entries BLOB NOT NULL, bits INTEGER NOT NULL, most_significant_first INTEGER NOT NULL,
    valid_until REAL
);
CREATE TABLE resource (name TEXT PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE manifest (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

# One key, one owner: whoever holds the private half of a denied key can sign for every issuer that lists it.
_DENY_COPIES = (
    "UPDATE issuer_key SET standing = 'denied'"
    " WHERE public_key IN (SELECT public_key FROM issuer_key WHERE standing = 'denied')"
)
_DENY_ISSUER = "UPDATE issuer_key SET standing = 'denied' WHERE issuer = ?"
_DENY_KEY = f"{_DENY_ISSUER} AND key_id = ?"

# The keys go in as they are: a look at each value's type, as for the small tables, doubles the time of a large image.
_INSERT_KEY = f"INSERT OR IGNORE INTO issuer_key VALUES ({', '.join('?' * 12)})"  # noqa: S608 - a number of marks

_BATCH_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Content:
    """What an image holds. `as_of` is when it was last known to be current; `generation` only ever grows.

    Where two entries name one key (same format, key id, issuer and key), the first stands.
    """

    as_of: float
    generation: int = 0
    keys: Iterable[IssuerKey] = ()
    issuers: Iterable[Issuer] = ()
    denials: Iterable[Denial] = ()
    status_lists: Iterable[StatusList] = ()
    resources: Iterable[tuple[str, bytes]] = field(default=())


def build(path: Path, content: Content) -> None:
    """Write the image beside `path`, seal it, make it durable, and swap it in.

    Raises `OSError` where the disk does not take it; the old image stays.
    """
    beside = path.with_name(f"{path.name}.new")
    try:
        beside.unlink(missing_ok=True)
        _fill(beside, content)
        _seal(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def _fill(path: Path, content: Content) -> None:
    with closing(Database(path)) as db, db.conn:
        db.conn.executescript(_TABLES)
        db.conn.executemany(_INSERT_KEY, map(_key_row, content.keys))
        _insert(db, "issuer", ({"issuer": i.issuer, "country": i.country, "source": i.source} for i in content.issuers))
        _insert(db, "status_list", map(_status_row, content.status_lists))
        _insert(db, "resource", ({"name": name, "content": data} for name, data in content.resources))
        manifest = {"as_of": repr(content.as_of), "generation": str(content.generation)}
        _insert(db, "manifest", ({"name": name, "value": value} for name, value in manifest.items()))
        _deny(db, content.denials)


def _insert(db: Database, table: str, rows: Iterator[dict[str, object]]) -> None:
    db.table(table).insert_all(rows, batch_size=_BATCH_ROWS, ignore=True)


def _deny(db: Database, denials: Iterable[Denial]) -> None:
    for denial in denials:
        if denial.key_id is None:
            db.execute(_DENY_ISSUER, (denial.issuer,))
        else:
            db.execute(_DENY_KEY, (denial.issuer, denial.key_id))
    db.execute(_DENY_COPIES)


def _key_row(key: IssuerKey) -> tuple[str | bytes | float | None, ...]:
    return (
        key.format.value,
        key.key_id,
        key.issuer,
        key.public_key,
        key.algorithm.value,
        " ".join(sorted(key.scope.kinds)),
        " ".join(sorted(key.scope.countries)),
        " ".join(sorted(key.scope.types)),
        key.not_before,
        key.not_after,
        key.standing.value,
        key.anchor,
    )


def _status_row(held: StatusList) -> dict[str, object]:
    return {
        "list_id": held.list_id,
        "entries": held.entries,
        "bits": held.bits,
        "most_significant_first": int(held.most_significant_first),
        "valid_until": held.valid_until,
    }


def _seal(path: Path) -> None:
    with path.open("r+b") as file:
        digest = hashlib.file_digest(file, "sha256").digest()
        file.write(seal(digest))
        file.flush()
        os.fsync(file.fileno())
