"""Lists of revoked credentials by a digest of each, packed so that a look-up reads a few records of a large list.

A record is the first 16 bytes of a SHA-256 and the moment before which a credential of that digest must have been
issued to be revoked, big-endian seconds since 1970 UTC; records are sorted by digest.
"""

from bisect import bisect_left
from collections.abc import Iterable
from hashlib import sha256

DIGEST_BYTES = 16
EVER = 2**64 - 1  # revoked whenever it was issued
_RECORD_BYTES = DIGEST_BYTES + 8


def list_name(format_: str, issuer: str, key_id: bytes) -> str:
    """Name the list of a key as the registry holds it."""
    return f"revoked/{format_}/{issuer}#{key_id.hex()}"


def digest(data: bytes) -> bytes:
    """Give the digest under which a list holds an identifier."""
    return sha256(data).digest()[:DIGEST_BYTES]


def pack(revoked: Iterable[tuple[bytes, int]]) -> bytes:
    """Pack digests with their moments; of a digest that comes twice the later moment counts."""
    return b"".join(key + moment.to_bytes(8) for key, moment in sorted(dict(sorted(revoked)).items()))


def revoked_before(packed: bytes, key: bytes) -> int | None:
    """Give the moment before which a credential of the digest is revoked, `None` where the list does not hold it."""
    place = bisect_left(range(len(packed) // _RECORD_BYTES), key, key=lambda at: _record(packed, at)[:DIGEST_BYTES])
    record = _record(packed, place)
    return int.from_bytes(record[DIGEST_BYTES:]) if record[:DIGEST_BYTES] == key else None


def _record(packed: bytes, place: int) -> bytes:
    return packed[place * _RECORD_BYTES : (place + 1) * _RECORD_BYTES]
