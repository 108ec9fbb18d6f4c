"""Reads JSON, base64 and PEM as trusted lists write them: lenient in spelling, strict in value.

Lists are fetched and reviewed by administrators, so other alphabets, padding and line breaks are read for what they
mean. What has no meaning raises `Refused(MALFORMED)`; a name given twice in one object, `NAME_TWICE`.
"""

import binascii
import json
import re
from datetime import datetime
from typing import NoReturn

from trust_registry.importers.refusal import Refusal, Refused
from verifier.wire.json import Json, Object

_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----")
_WHITESPACE = re.compile(r"\s+")


def json_value(data: bytes) -> Json:
    """Read one JSON value; a name given twice in one object, NaN and Infinity are refused.

    `verifier.wire.json` reads symbols, within a symbol's bounds; a list is a thousand times as long.
    """
    try:
        value: Json = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Refused(Refusal.MALFORMED) from None
    return value


def base64_any(text: str) -> bytes:
    """Decode base64 in either alphabet, with or without padding, whatever the line breaks."""
    bare = _WHITESPACE.sub("", text).rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return binascii.a2b_base64(bare + "=" * (-len(bare) % 4), strict_mode=True)
    except (binascii.Error, ValueError):
        raise Refused(Refusal.MALFORMED) from None


def moment(text: str) -> float:
    """Read an ISO 8601 moment with its zone, as seconds since 1970 UTC."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(Refusal.MALFORMED) from None
    if when.tzinfo is None:
        raise Refused(Refusal.MALFORMED)
    return when.timestamp()


def pem_blocks(data: bytes) -> list[tuple[str, bytes]]:
    """Give each PEM block's label and content, in order; text around them is left out. Source: RFC 7468."""
    return [(label.decode(), base64_any(body.decode("latin-1"))) for label, body in _PEM.findall(data)]


def _unique(pairs: list[tuple[str, Json]]) -> Object:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Refused(Refusal.NAME_TWICE)
    return found


def _no_constant(_name: str) -> NoReturn:
    raise ValueError
