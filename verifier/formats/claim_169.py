"""MOSIP's identity QR code: claim 169 of a CWT in a COSE_Sign1, carried as base45 of zlib.

Pictures and prints of fingers in it are signed and not looked at. An encrypted code is for the readers of its issuer.
Source: MOSIP, Claim 169 QR code specification 1.2, section 3.
"""

from trust_registry.model import KeyRef, Kind
from verifier.claims import Attribute, Birth, Claim
from verifier.context import Context
from verifier.credential import Credential, Holder, Window
from verifier.instant import Days
from verifier.presentation import Signed, Unverified, Verified
from verifier.sealed import Sealed, unseal
from verifier.verdict import FormatId, Reason, Reject
from verifier.wire import carrier, cbor, cose, iso8601
from verifier.wire.json import as_numeric_date

name = FormatId.CLAIM_169

_ENCRYPTED = b"\xd0"  # tag 16, COSE_Encrypt0
_BEGINNINGS = (b"\xd2\x84", b"\xd8\x3d\xd2\x84", b"\x84\x43\xa1\x01", _ENCRYPTED, b"\xd8\x3d\xd0")
_LOOK_BYTES = 4
_ISSUER, _EXPIRES, _NOT_BEFORE, _ISSUED, _IDENTITY = 1, 4, 5, 6, 169
_ID, _FULL_NAME, _FIRST_NAME, _LAST_NAME, _BORN = 1, 4, 5, 7, 8
_ATTRIBUTES = {9: "gender", 13: "nationality", 22: "legal_status", 23: "country_of_issuance"}
_DATE_DIGITS = 8


def recognise(data: bytes) -> bool:
    """Say whether this is mine, by how the message behind the carrier begins."""
    head = carrier.beginning(data, _LOOK_BYTES)
    return head != data[:_LOOK_BYTES] and head.startswith(_BEGINNINGS)


def parse(data: bytes, _context: Context) -> Unverified:
    """Take apart the message and the payload, whose issuer names the key together with the key id.

    Raises `Reject`: MALFORMED, UNSUPPORTED_ALGORITHM, UNSUPPORTED_FORMAT for an encrypted code.
    """
    content = carrier.opened(data)
    if content.removeprefix(b"\xd8\x3d").startswith(_ENCRYPTED):
        raise Reject(Reason.UNSUPPORTED_FORMAT)
    message = cose.decode(content)
    if message.payload is None:
        raise Reject(Reason.MALFORMED)
    cwt = cbor.decode_map(message.payload)
    issuer = cwt.get(_ISSUER)
    if not isinstance(issuer, str) or _IDENTITY not in cwt:
        raise Reject(Reason.MALFORMED)
    signed = Signed(Sealed(message.covered(message.payload)), message.signature, message.algorithm)
    return Unverified(KeyRef(name, message.key_id, issuer), signed, Sealed(cwt))


def read(doc: Verified) -> Credential:
    """Read the window and the person. Raises `Reject(MALFORMED)`."""
    cwt = unseal(doc.body)
    if not isinstance(cwt, dict):
        raise TypeError
    identity = _identity(cwt[_IDENTITY])
    expires, not_before, issued = (
        as_numeric_date(cwt[label]) if label in cwt else None for label in (_EXPIRES, _NOT_BEFORE, _ISSUED)
    )
    starts = [time for time in (not_before, issued) if time is not None]
    born = _born(identity.get(_BORN))
    attributes = (_attribute(member, identity.get(label)) for label, member in _ATTRIBUTES.items())
    births: tuple[Claim, ...] = () if born is None else (Birth(born),)
    return Credential(
        kinds=frozenset({Kind.IDENTITY}),
        country=None,
        type="claim-169",
        issued_at=issued,
        window=Window(max(starts, default=None), expires, end_included=False),
        claims=Sealed((*births, *(attribute for attribute in attributes if attribute is not None))),
        holder=Sealed(_holder(identity, born)),
    )


def _identity(value: object) -> cbor.Map:
    """Give the map of the claim; some issuers encode it once more."""
    match value:
        case bytes():
            return cbor.decode_map(value)
        case dict():
            return value
        case _:
            raise Reject(Reason.MALFORMED)


def _born(value: cbor.Value) -> Days | None:
    """Read a birth date, with or without dashes. Raises `Reject(MALFORMED)` for a text that is none."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise Reject(Reason.MALFORMED)
    if len(value) == _DATE_DIGITS and value.isdecimal():
        return iso8601.days(f"{value[:4]}-{value[4:6]}-{value[6:]}")
    return iso8601.days(value)


def _attribute(member: str, value: cbor.Value) -> Attribute | None:
    return Attribute((member,), value) if isinstance(value, str | int) else None


def _holder(identity: cbor.Map, born: Days | None) -> Holder:
    number = identity.get(_ID)
    names = (_texts(identity.get(label)) for label in (_LAST_NAME, _FIRST_NAME, _FULL_NAME))
    family, given, full = names
    return Holder(family, given, born, number if isinstance(number, str) else None, full)


def _texts(value: cbor.Value) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) and value else ()
