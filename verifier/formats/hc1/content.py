"""What every content of a health certificate is read into, and the few shapes that all of them are made of."""

from dataclasses import dataclass

from trust_registry.model import Kind
from verifier.claims import Claim
from verifier.credential import Holder
from verifier.instant import Days
from verifier.verdict import Reason, Reject
from verifier.wire import cbor, iso8601

_DATE_CHARACTERS = len("YYYY-MM-DD")


@dataclass(frozen=True, slots=True)
class Content:
    """The claims of a certificate, and the window that its content states beside that of the CWT."""

    kinds: frozenset[Kind]
    claims: tuple[Claim, ...]
    holder: Holder
    not_before: float | None = None
    not_after: float | None = None


def entries(value: cbor.Value) -> list[cbor.Map]:
    """Read a list of entries; absent or null is an empty one. Raises `Reject(MALFORMED)`."""
    found: list[cbor.Map] = []
    for entry in _list(value):
        if not isinstance(entry, dict):
            raise Reject(Reason.MALFORMED)
        found.append(entry)
    return found


def _list(value: cbor.Value) -> list[cbor.Value]:
    match value:
        case None:
            return []
        case list():
            return value
        case _:
            raise Reject(Reason.MALFORMED)


def text(value: cbor.Value) -> str | None:
    """Read a text; whatever else stands there says nothing."""
    return value if isinstance(value, str) and value else None


def texts(*values: cbor.Value) -> tuple[str, ...]:
    """Read those of the values that are texts."""
    return tuple(value for value in values if isinstance(value, str) and value)


def whole(value: cbor.Value) -> int | None:
    """Read a whole number, also where the issuer wrote it as a float; absent is `None`.

    Raises `Reject(MALFORMED)` for a fraction or anything else.
    """
    match value:
        case None:
            return None
        case int() if not isinstance(value, bool):
            return value
        case float() if value.is_integer():
            return int(value)
        case _:
            raise Reject(Reason.MALFORMED)


def days(value: cbor.Value) -> Days | None:
    """Read a date that may be partial, and cut off a time; what nobody can read as a date is unknown, not false."""
    if not isinstance(value, str):
        return None
    try:
        return iso8601.days(value[:_DATE_CHARACTERS])
    except Reject:
        return None


def moments(value: cbor.Value) -> tuple[float, float] | None:
    """Read a point in time as the earliest and the latest that it may mean; issuers write a blank for the T."""
    if not isinstance(value, str):
        return None
    try:
        return iso8601.moments(value.replace(" ", "T", 1))
    except Reject:
        return None
