"""`scopes.toml`: what each key file of an administrator's folder may attest, read strictly.

One table for each file, named by it:

    ["issuer.pem"]
    format = "hc1"
    issuer = "DE"
    kinds = ["vaccination", "test"]
    countries = ["DE"]
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from trust_registry.model import Algorithm, Kind, Scope, Standing
from verifier.verdict import FormatId

FILE = "scopes.toml"

_T = TypeVar("_T")


class ScopesError(Exception):
    """`scopes.toml` cannot be used. The text names the table, the key in it, and what is wrong."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{FILE}: {where}")


@dataclass(frozen=True, slots=True)
class Described:
    """One table: who the keys of a file belong to and what they may attest.

    `key_id` is for a file with one key, where the format's own rule does not give it. Times are seconds since 1970 UTC.
    """

    format: FormatId
    issuer: str
    scope: Scope
    key_id: bytes | None
    algorithm: Algorithm | None
    not_before: float | None
    not_after: float | None
    standing: Standing
    anchor: bool


def read(data: bytes) -> dict[str, Described]:
    """Read the description of each file. Raises `ScopesError`."""
    try:
        tables = tomllib.loads(data.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ScopesError(f"is not TOML: {error}") from None
    return {name: _described(name, table) for name, table in tables.items()}


def _described(name: str, table: object) -> Described:
    if not isinstance(table, dict):
        raise ScopesError(f"{name}: is no table")
    left: dict[str, object] = dict(table)
    described = Described(
        _FORMATS[_one_of(left, name, "format", _FORMATS)],
        _required(left, name, "issuer"),
        Scope(
            frozenset(Kind(kind) for kind in _texts(left, name, "kinds", frozenset(Kind))),
            _texts(left, name, "countries"),
            _texts(left, name, "types"),
        ),
        _key_id(left, name),
        Algorithm(_one_of(left, name, "algorithm", frozenset(Algorithm))) if "algorithm" in left else None,
        _moment(left, name, "not_before"),
        _moment(left, name, "not_after"),
        Standing.SPECIMEN if _take(left, name, "specimen", bool) else Standing.GOOD,
        bool(_take(left, name, "anchor", bool)),
    )
    for unknown in left:
        raise ScopesError(f"{name}: {unknown}: no such key")
    return described


_FORMATS: Mapping[str, FormatId] = {name.value: name for name in FormatId}


def _take(table: dict[str, object], name: str, key: str, kind: type[_T]) -> _T | None:
    value = table.pop(key, None)
    if value is None or isinstance(value, kind):
        return value
    raise ScopesError(f"{name}: {key}: is no {kind.__name__}")


def _required(table: dict[str, object], name: str, key: str) -> str:
    value = _take(table, name, key, str)
    if not value:
        raise ScopesError(f"{name}: {key}: is missing")
    return value


def _one_of(table: dict[str, object], name: str, key: str, known: Mapping[str, object] | frozenset[str]) -> str:
    value = _required(table, name, key)
    if value not in known:
        raise ScopesError(f"{name}: {key}: known are {', '.join(sorted(known))}")
    return value


def _texts(table: dict[str, object], name: str, key: str, known: frozenset[str] | None = None) -> frozenset[str]:
    values = frozenset(str(value) for value in _take(table, name, key, list) or ())
    if known is not None and not values <= known:
        raise ScopesError(f"{name}: {key}: known are {', '.join(sorted(known))}")
    return values


def _key_id(table: dict[str, object], name: str) -> bytes | None:
    """Read a key id: text as it is, or bytes after `hex:`."""
    value = _take(table, name, "key_id", str)
    if value is None:
        return None
    if not value.startswith("hex:"):
        return value.encode()
    try:
        return bytes.fromhex(value.removeprefix("hex:"))
    except ValueError:
        raise ScopesError(f"{name}: key_id: is not hexadecimal") from None


def _moment(table: dict[str, object], name: str, key: str) -> float | None:
    value = _take(table, name, key, datetime)
    if value is None:
        return None
    if value.tzinfo is None:
        raise ScopesError(f"{name}: {key}: needs a zone, such as Z")
    return value.timestamp()
