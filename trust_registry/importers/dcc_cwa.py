"""The German contact-tracing app's list of EU DCC signer certificates: a protocol buffer.

Source: Corona-Warn-App, `dsc_list.proto`: repeated message in field 1 with bytes kid = 1, bytes data = 2.
"""

from collections.abc import Iterator

from trust_registry.importers import certificate, health
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.importers.source import Import, Source, gather
from trust_registry.model import IssuerKey

NAME = "dcc-cwa"

_ENTRY, _KEY_ID, _DATA = 0x0A, 0x0A, 0x12  # field number and wire type 2: bytes
_HEAD = (b"\x0a", b"\x0a\x08")  # an entry, and in it a key id of eight bytes


def recognises(source: Source) -> bool:
    """Tell the list by its first entry."""
    return source.data[:1] == _HEAD[0] and _HEAD[1] in source.data[1:6]


def read(source: Source) -> Import:
    """Take every certificate as an `hc1` key of its country."""
    entries = ((f"entry {place}", entry) for place, (tag, entry) in enumerate(_fields(source.data)) if tag == _ENTRY)
    keys, refused = gather(entries, _entry)
    return Import(tuple(keys), tuple(refused))


def _entry(entry: bytes) -> Iterator[IssuerKey]:
    fields = dict(_fields(entry))
    yield health.signer(certificate.read(fields.get(_DATA, b"")), fields.get(_KEY_ID, b""))


def _fields(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Walk fields of bytes; the list has no others. Raises `Refused(MALFORMED)`."""
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        size, at = _varint(data, at)
        if tag & 7 != 2 or at + size > len(data):  # noqa: PLR2004 - wire type 2: a length and that many bytes
            raise Refused(Refusal.MALFORMED)
        yield tag, data[at : at + size]
        at += size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 32:  # noqa: PLR2004 - no length here needs more
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:  # noqa: PLR2004 - the last byte has no continuation bit
            return value, at
    raise Refused(Refusal.MALFORMED)
