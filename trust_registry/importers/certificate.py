"""Takes the facts out of an X.509 certificate that a trusted list vouches for.

The list, not the certificate, is the reason to trust, so no chain is followed here; and one walk reads all of them,
also those that stricter readers refuse: negative serials, empty extensions, defaults written out, curves in parameters.
`verifier.wire.x509` reads the certificates inside presentations, by a strict profile.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1, sha256

from trust_registry.importers import keys
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.model import Algorithm, Kind
from verifier.verdict import Reason, Reject
from verifier.wire import der

_COUNTRY = bytes.fromhex("550406")  # 2.5.4.6
_ALPHA_2 = re.compile("[A-Z]{2}")
_SUBJECT_KEY_ID, _BASIC_CONSTRAINTS, _EXTENDED_KEY_USAGE = (bytes((0x55, 0x1D, last)) for last in (14, 19, 37))

# Who may sign which health certificate: 1.3.6.1.4.1.1847.2021.1.x, and 1.3.6.1.4.1.0.1847.2021.1.x, a misprint that
# many issuers copied. Source: EU eHealth Network, "Electronic Health Certificate Specification", appendix A.2.
_ARCS = (bytes.fromhex("2b060104018e378f6501"), bytes.fromhex("2b06010401008e378f6501"))
_HEALTH_KINDS = {b"\x01": Kind.TEST, b"\x02": Kind.VACCINATION, b"\x03": Kind.RECOVERY}
_KIND_OF_USAGE = {arc + digit: kind for arc in _ARCS for digit, kind in _HEALTH_KINDS.items()}

# How an RSA authority signs, taken from how it signed itself. Source: RFC 4055 section 5.
_SHA256_WITH_RSA = bytes.fromhex("2a864886f70d01010b")


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a registry needs of a certificate. Times are seconds since 1970 UTC, inclusive."""

    key: keys.KeyMaterial
    key_id: bytes  # SHA-256 of the certificate, first 8 bytes
    subject_key_id: bytes
    country: str | None  # ISO 3166-1 alpha-2 of the subject, upper case
    not_before: float
    not_after: float
    kinds: frozenset[Kind]  # what its extended key usages let it attest; empty means any
    authority: bool


def is_one(data: bytes) -> bool:
    """Tell a certificate from a bare public key, by the number of its parts. Raises `Refused(MALFORMED)`."""
    try:
        return len(der.sequence(data)) == 3  # noqa: PLR2004 - body, algorithm, signature
    except Reject:
        raise Refused(Refusal.MALFORMED) from None


def read(data: bytes) -> Certificate:
    """Read one DER certificate. Raises `Refused`. Source: RFC 5280 section 4.1."""
    try:
        return _read(data)
    except Reject:
        raise Refused(Refusal.MALFORMED) from None


def _read(data: bytes) -> Certificate:
    body, *_ = _some(3, der.sequence(data))
    fields = der.sequence(body.written)
    if fields and fields[0].tag == der.context(0):
        del fields[0]  # the version
    _serial, algorithm, _issuer, validity, subject, spki, *optional = _some(6, fields)
    extensions = _extensions(optional)
    first, last, *_ = _some(2, der.sequence(validity.written))
    return Certificate(
        keys.from_spki(spki.written, _rsa_algorithm(algorithm)),
        sha256(data).digest()[:8],
        _subject_key_id(extensions, spki),
        _country(subject),
        _time(first),
        _time(last),
        _kinds(extensions),
        _is_authority(extensions),
    )


def _some(least: int, found: list[der.Element]) -> list[der.Element]:
    if len(found) < least:
        raise Reject(Reason.MALFORMED)
    return found


def _rsa_algorithm(algorithm: der.Element) -> Algorithm:
    name, *_ = _some(1, der.sequence(algorithm.written))
    return Algorithm.RS256 if name.content == _SHA256_WITH_RSA else Algorithm.PS256


def _time(element: der.Element) -> float:
    """Read a time. Source: RFC 5280 section 4.1.2.5: two-digit years from 50 are of the last century."""
    text = element.content.decode("latin-1")
    if element.tag == der.UTC_TIME:
        text = ("19" if text >= "50" else "20") + text
    elif element.tag != der.GENERALIZED_TIME:
        raise Reject(Reason.MALFORMED)
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC).timestamp()
    except ValueError:
        raise Reject(Reason.MALFORMED) from None


def _country(subject: der.Element) -> str | None:
    """Find the subject's country: the first, where a name has several."""
    for relative in der.sequence(subject.written):
        for attribute in der.elements(relative.as_type(der.SET)):
            match der.sequence(attribute.written):
                case [der.Element(content=name), value] if name == _COUNTRY:
                    country = value.content.decode("latin-1").strip().upper()
                    return country if _ALPHA_2.fullmatch(country) else None
    return None


def _extensions(optional: list[der.Element]) -> dict[bytes, bytes]:
    found = {}
    for element in optional:
        if element.tag == der.context(3):
            for extension in der.sequence(element.content):
                name, *_critical, value = _some(2, der.sequence(extension.written))
                found[name.as_type(der.OBJECT_ID)] = value.as_type(der.OCTET_STRING)
    return found


def _kinds(extensions: dict[bytes, bytes]) -> frozenset[Kind]:
    if _EXTENDED_KEY_USAGE not in extensions:
        return frozenset()
    usages = {usage.as_type(der.OBJECT_ID) for usage in der.sequence(extensions[_EXTENDED_KEY_USAGE])}
    return frozenset(_KIND_OF_USAGE[usage] for usage in usages & _KIND_OF_USAGE.keys())


def _is_authority(extensions: dict[bytes, bytes]) -> bool:
    """Read basic constraints: "cA" comes first where it is true."""
    if _BASIC_CONSTRAINTS not in extensions:
        return False
    match der.sequence(extensions[_BASIC_CONSTRAINTS]):
        case [der.Element(tag=der.BOOLEAN, content=flag), *_]:
            return any(flag)
        case _:
            return False


def _subject_key_id(extensions: dict[bytes, bytes], spki: der.Element) -> bytes:
    """Find how certificates name this one as their issuer. Source: RFC 5280 section 4.2.1.2, method 1."""
    if _SUBJECT_KEY_ID in extensions:
        return der.only(extensions[_SUBJECT_KEY_ID], der.OCTET_STRING)
    _algorithm, key, *_ = _some(2, der.sequence(spki.written))
    return sha1(key.as_type(der.BIT_STRING)[1:], usedforsecurity=False).digest()
