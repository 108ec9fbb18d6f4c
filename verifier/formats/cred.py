"""PathCheck's paper credentials: a text of fields, signed as it is printed.

The signature covers the fields alone, neither the type nor the version before them, and what a field means hangs on
both: so nothing is read out of the fields, and every question about them stays open.
Source: Path-Check, paper credentials.
"""

from trust_registry.model import Algorithm, KeyRef
from verifier.claims import Recovery, Test, Vaccination
from verifier.context import Context
from verifier.credential import Credential, Holder, Window
from verifier.presentation import Signed, Unverified, Verified
from verifier.sealed import Sealed
from verifier.truth import Truth
from verifier.verdict import FormatId, Reason, Reject
from verifier.wire import base32, der, iso8601

name = FormatId.CRED

_PREFIX = b"CRED:"
_TYPES = frozenset({b"DGC:1", b"BADGE:2", b"COUPON:2", b"PASSKEY:2", b"STATUS:2"})
_PARTS = 5  # type, version, signature, key id, payload
_HALF_BYTES = 32  # of a signature under secp256k1


def recognise(data: bytes) -> bool:
    """Say whether this is mine, by its prefix."""
    return data.startswith(_PREFIX)


def parse(data: bytes, _context: Context) -> Unverified:
    """Take apart the five parts of the text.

    Raises `Reject`: MALFORMED, UNSUPPORTED_FORMAT for a type and version that we do not know.
    """
    parts = data[len(_PREFIX) :].split(b":", _PARTS - 1)
    if len(parts) != _PARTS or not data.isascii():
        raise Reject(Reason.MALFORMED)
    kind, version, signature, key_id, payload = parts
    if kind + b":" + version not in _TYPES:
        raise Reject(Reason.UNSUPPORTED_FORMAT)
    signed = Signed(Sealed(payload), _raw_from_der(base32.decode(signature)), Algorithm.ES256K)
    return Unverified(KeyRef(FormatId.CRED, key_id), signed, Sealed(None))


def _raw_from_der(signature: bytes) -> bytes:
    """Turn the one DER spelling of a signature into r||s. Source: RFC 3279 section 2.2.3."""
    numbers = [element.as_type(der.INTEGER) for element in der.sequence(signature)]
    if len(numbers) != 2 or not all(_is_shortest(number) for number in numbers):  # noqa: PLR2004 - r and s
        raise Reject(Reason.MALFORMED)
    return b"".join(int.from_bytes(number).to_bytes(_HALF_BYTES) for number in numbers)


def _is_shortest(number: bytes) -> bool:
    """Say whether an INTEGER is positive, in range, and written as short as it can be."""
    value = int.from_bytes(number)
    return value.bit_length() <= 8 * _HALF_BYTES and number == value.to_bytes(value.bit_length() // 8 + 1)


def read(_doc: Verified) -> Credential:
    """Give a credential without an end, that may say anything about COVID-19."""
    anything = (
        Vaccination(None, None, iso8601.ANY_DAY),
        Test(None, Truth.UNKNOWN, Truth.UNKNOWN, iso8601.ANY_MOMENT),
        Recovery(None, iso8601.ANY_DAY),
    )
    return Credential(
        kinds=frozenset(),
        country=None,
        type=None,
        issued_at=None,
        window=Window(None, None, end_included=True),
        claims=Sealed(anything),
        holder=Sealed(Holder()),
    )
