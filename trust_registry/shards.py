"""Registry content as files to publish: keys by format in bins of their key ids, and documents of denials.

Bins are small enough that one new key moves little, and few enough that listing them moves little: about the square
root of a format's keys. The same content always gives the same bytes.
"""

import gzip
import json
import zlib
from base64 import b64encode
from binascii import a2b_base64
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from trust_registry.model import Algorithm, Denial, IssuerKey, Kind, Scope, Standing
from verifier import limits
from verifier.verdict import FormatId, Reject
from verifier.wire.json import Json, Object, as_array, as_number, as_object, as_text

KEYS = "keys"

_FORMATS = {name.value: name for name in FormatId}
_ALGORITHMS = {algorithm.value: algorithm for algorithm in Algorithm}
_STANDINGS: dict[Json, Standing] = {None: Standing.GOOD, **{standing.value: standing for standing in Standing}}


class ShardError(Exception):
    """A published file is not what this version reads. The text says which part."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An issuer key and the name of the list that it came from."""

    key: IssuerKey
    source: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A denial, or the lifting of one, and when it was made (seconds since 1970 UTC): the later word stands."""

    denial: Denial
    at: float


def split(listed: Iterable[Listed]) -> dict[FormatId, dict[str, bytes]]:
    """Give each format's files by path: every bin of it, the empty ones too."""
    by_format: defaultdict[FormatId, list[Listed]] = defaultdict(list)
    for one in listed:
        by_format[one.key.format].append(one)
    return {name: _bins(name, held) for name, held in by_format.items()}


def write(listed: Iterable[Listed]) -> bytes:
    """Write one bin."""
    rows = sorted((_entry(one) for one in listed), key=lambda row: json.dumps(row, sort_keys=True))
    return _packed({"keys": [*rows]})


def read(data: bytes) -> Iterator[Listed]:
    """Read one bin. Raises `ShardError`."""
    for row in _rows(data, "keys"):
        yield _listed(row)


def write_denials(dated: Iterable[Dated]) -> bytes:
    """Write a document of denials, or of denials that are lifted."""
    rows: list[Json] = [
        {"issuer": one.denial.issuer, "id": _text(one.denial.key_id), "why": one.denial.why, "at": one.at}
        for one in sorted(dated, key=lambda one: (one.at, one.denial.issuer, one.denial.key_id or b""))
    ]
    return _packed({"denials": rows})


def read_denials(data: bytes) -> list[Dated]:
    """Read a document of denials. Raises `ShardError`."""
    return [_dated(row) for row in _rows(data, "denials")]


def standing_denials(denied: Iterable[Dated], lifted: Iterable[Dated]) -> list[Dated]:
    """Give the denials that nothing later has lifted."""
    last: dict[tuple[str, bytes | None], float] = {}
    for one in lifted:
        place = one.denial.issuer, one.denial.key_id
        last[place] = max(one.at, last.get(place, one.at))
    return [one for one in denied if one.at > last.get((one.denial.issuer, one.denial.key_id), float("-inf"))]


def _bins(name: FormatId, held: list[Listed]) -> dict[str, bytes]:
    bits = len(held).bit_length() // 2
    bins: list[list[Listed]] = [[] for _ in range(1 << bits)]
    for one in held:
        bins[int.from_bytes(sha256(one.key.key_id).digest()[:4]) >> 32 - bits].append(one)
    return {f"{KEYS}/{name}/{bits}-{number}.json.gz": write(content) for number, content in enumerate(bins)}


def _packed(value: Json) -> bytes:
    text = json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def _rows(data: bytes, name: str) -> Iterator[Object]:
    inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        plain = inflater.decompress(data, limits.LIST_BYTES)
        if not inflater.eof or inflater.unused_data:
            raise ShardError(f"{name}: not one whole compressed file")
        value: Json = json.loads(plain)
        for row in as_array(as_object(value).get(name)):
            yield as_object(row)
    except (ValueError, LookupError, TypeError, zlib.error, Reject):
        raise ShardError(f"{name}: not a file that this version reads") from None


def _entry(listed: Listed) -> dict[str, Json]:
    """Write one key; what is as usual is left out."""
    key = listed.key
    entry: dict[str, Json] = {
        "format": key.format.value,
        "id": _text(key.key_id),
        "issuer": key.issuer,
        "algorithm": key.algorithm.value,
        "key": _text(key.public_key),
        "kinds": [*sorted(key.scope.kinds)],
        "countries": [*sorted(key.scope.countries)],
        "types": [*sorted(key.scope.types)],
        "from": key.not_before,
        "to": key.not_after,
        "standing": None if key.standing is Standing.GOOD else key.standing.value,
        "anchor": key.anchor or None,
        "source": listed.source,
    }
    return {name: value for name, value in entry.items() if value not in (None, [])}


def _listed(row: Mapping[str, Json]) -> Listed:
    key = IssuerKey(
        _FORMATS[as_text(row.get("format"))],
        _bytes(row.get("id")),
        as_text(row.get("issuer")),
        _ALGORITHMS[as_text(row.get("algorithm"))],
        _bytes(row.get("key")),
        _scope(_words(row.get("kinds")), _words(row.get("countries")), _words(row.get("types"))),
        _moment(row.get("from")),
        _moment(row.get("to")),
        _STANDINGS[row.get("standing")],
        bool(row.get("anchor")),
    )
    return Listed(key, as_text(row.get("source")))


def _dated(row: Mapping[str, Json]) -> Dated:
    key_id = row.get("id")
    denial = Denial(as_text(row.get("issuer")), None if key_id is None else _bytes(key_id), as_text(row.get("why")))
    return Dated(denial, float(as_number(row.get("at"))))


def _text(data: bytes | None) -> str | None:
    return None if data is None else b64encode(data).decode()


def _bytes(value: Json) -> bytes:
    return a2b_base64(as_text(value), strict_mode=True)


@lru_cache(maxsize=4_096)
def _scope(kinds: tuple[str, ...], countries: tuple[str, ...], types: tuple[str, ...]) -> Scope:
    """Make a scope; the keys of one country share it."""
    return Scope(frozenset(map(Kind, kinds)), frozenset(countries), frozenset(types))


def _words(value: Json) -> tuple[str, ...]:
    return () if value is None else tuple(map(as_text, as_array(value)))


def _moment(value: Json) -> float | None:
    return None if value is None else float(as_number(value))
