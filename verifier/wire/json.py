"""JSON: a strict, bounded reader, and the ways to ask its values for a type.

One document, all of it; UTF-8 only; no name twice in an object; numbers finite and short; no lone surrogates.
"""

import json
import re
from collections.abc import Callable
from math import isfinite
from typing import TypeVar

from verifier import limits
from verifier.verdict import Reason, Reject

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
Object = dict[str, Json]

T = TypeVar("T")

_ESCAPE = re.compile(rb"\\.", re.DOTALL)
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def decode(data: bytes) -> Json:
    """Read one JSON text.

    Raises `Reject(MALFORMED)`. Source: RFC 8259; RFC 7493 sections 2.1 to 2.3.
    """
    if len(data) > limits.INFLATED_BYTES or _depth(data) > limits.DEPTH:
        raise Reject(Reason.MALFORMED)
    try:
        value: Json = _DECODER.decode(data.decode("utf-8"))
        if b"\\u" in data:  # only an escape can spell half of a surrogate pair
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except ValueError:
        raise Reject(Reason.MALFORMED) from None
    return value


def as_object(value: object) -> Object:
    """Take the value as an object, or raise `Reject(MALFORMED)`."""
    if isinstance(value, dict):
        return value
    raise Reject(Reason.MALFORMED)


def as_array(value: object) -> list[Json]:
    """Take the value as an array, or raise `Reject(MALFORMED)`."""
    if isinstance(value, list):
        return value
    raise Reject(Reason.MALFORMED)


def as_text(value: object) -> str:
    """Take the value as a string, or raise `Reject(MALFORMED)`."""
    if isinstance(value, str):
        return value
    raise Reject(Reason.MALFORMED)


def as_number(value: object) -> int | float:
    """Take the value as a number, which true and false are not, or raise `Reject(MALFORMED)`."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    raise Reject(Reason.MALFORMED)


def as_numeric_date(value: object) -> float:
    """Take the value as seconds since 1970 UTC in this century, or raise `Reject(MALFORMED)`.

    Source: RFC 7519 section 2, "NumericDate".
    """
    seconds = as_number(value)
    if not limits.NUMERIC_DATE_FIRST <= seconds <= limits.NUMERIC_DATE_LAST:
        raise Reject(Reason.MALFORMED)
    return float(seconds)


def member(value: Object, name: str, take: Callable[[object], T]) -> T | None:
    """Take a member that may be absent, as one of the types above; `None` where it is. A null is not absent."""
    return take(value[name]) if name in value else None


def at(value: object, *path: str) -> object:
    """Go down through objects; null where the last name is absent. Raises `Reject(MALFORMED)` on anything else."""
    for name in path:
        value = as_object(value).get(name)
    return value


def _depth(data: bytes) -> int:
    """Measure the nesting before anything recurses; exact up to the first error, where the reader stops."""
    outside_strings = b"".join(_ESCAPE.sub(b"", data).split(b'"')[::2])
    depth = deepest = 0
    for mark in outside_strings.translate(None, _NOT_BRACKETS):
        depth += 1 if mark in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _object(members: list[tuple[str, Json]]) -> Object:
    value = dict(members)
    if len(value) != len(members) or len(value) > limits.MAP_KEYS:
        raise Reject(Reason.MALFORMED)
    return value


def _integer(text: str) -> int:
    if len(text.lstrip("-")) > limits.JSON_DIGITS:
        raise Reject(Reason.MALFORMED)
    return int(text)


def _float(text: str) -> float:
    value = float(text) if len(text) <= limits.JSON_FLOAT_CHARACTERS else float("inf")
    return value if isfinite(value) else _constant(text)


def _constant(_text: str) -> float:
    """Refuse NaN and the infinities, which the library would let in."""
    raise Reject(Reason.MALFORMED)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_float, parse_constant=_constant, strict=True
)
