"""Takes the facts out of an X.509 certificate that a trusted list vouches for.

The list, not the certificate, is the reason to trust, so no chain is followed here; and one walk reads all of them,
also those that stricter readers refuse: negative serials, empty extensions, defaults written out, curves in parameters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1, sha256

from trust_registry.importers import der, keys
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.model import Algorithm, Kind

_COUNTRY = "2.5.4.6"
_ALPHA_2 = re.compile("[A-Z]{2}")
_SUBJECT_KEY_ID, _BASIC_CONSTRAINTS, _EXTENDED_KEY_USAGE = "2.5.29.14", "2.5.29.19", "2.5.29.37"

# Who may sign which health certificate: both arcs are in use, the second by a misprint that many issuers copied.
# Source: EU eHealth Network, "Electronic Health Certificate Specification", appendix A.2 (1847.2021); WHO SMART Trust.
_ARCS = ("1.3.6.1.4.1.1847.2021.1.", "1.3.6.1.4.1.0.1847.2021.1.")
_HEALTH_KINDS = {"1": Kind.TEST, "2": Kind.VACCINATION, "3": Kind.RECOVERY}
_KIND_OF_USAGE = {arc + digit: kind for arc in _ARCS for digit, kind in _HEALTH_KINDS.items()}

# Source: RFC 4055 sections 3 and 5. How an RSA authority signs, taken from how it signed itself.
_RSA_SIGNATURES = {
    "1.2.840.113549.1.1.11": Algorithm.RS256,
    "1.2.840.113549.1.1.10": Algorithm.PS256,
}


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a registry needs of a certificate. Times are seconds since 1970 UTC, inclusive."""

    key: keys.KeyMaterial
    key_id: bytes  # SHA-256 of the certificate, first 8 bytes
    subject_key_id: bytes
    country: str | None  # ISO 3166-1 alpha-2 of the subject, upper case
    not_before: float
    not_after: float
    usages: frozenset[str]  # extended key usages; empty means any
    authority: bool

    @property
    def kinds(self) -> frozenset[Kind]:
        """What the extended key usages let it attest; none named means any."""
        return frozenset(_KIND_OF_USAGE[usage] for usage in self.usages if usage in _KIND_OF_USAGE)


def is_one(data: bytes) -> bool:
    """Tell a certificate from a bare public key, by the number of its parts. Raises `Refused(MALFORMED)`."""
    return len(list(der.only(data, der.SEQUENCE).parts())) == 3  # noqa: PLR2004 - body, algorithm, signature


def read(data: bytes) -> Certificate:
    """Read one DER certificate. Raises `Refused`. Source: RFC 5280 section 4.1."""
    fields = list(_to_be_signed(data).parts())
    if fields and fields[0].tag == _context(0):
        del fields[0]  # the version
    if len(fields) < 6:  # noqa: PLR2004 - serial, algorithm, issuer, validity, subject, key
        raise Refused(Refusal.MALFORMED)
    _serial, algorithm, _issuer, validity, subject, spki, *optional = fields
    extensions = dict(_extensions(optional))
    not_before, not_after = _validity(validity)
    return Certificate(
        keys.from_spki(spki.encoding, _rsa_algorithm(algorithm)),
        sha256(data).digest()[:8],
        _subject_key_id(extensions, spki),
        _country(subject),
        not_before,
        not_after,
        frozenset(_usages(extensions)),
        _is_authority(extensions),
    )


def _to_be_signed(data: bytes) -> der.Element:
    match list(der.only(data, der.SEQUENCE).parts()):
        case [body, _algorithm, _signature]:
            return body.must_be(der.SEQUENCE)
        case _:
            raise Refused(Refusal.MALFORMED)


def _context(number: int) -> int:
    """Give the tag of a constructed, context-specific element."""
    return 0xA0 | number


def _rsa_algorithm(algorithm: der.Element) -> Algorithm:
    match list(algorithm.parts()):
        case [name, *_]:
            return _RSA_SIGNATURES.get(der.object_id(name), Algorithm.PS256)
        case _:
            raise Refused(Refusal.MALFORMED)


def _validity(validity: der.Element) -> tuple[float, float]:
    match list(validity.must_be(der.SEQUENCE).parts()):
        case [first, last]:
            return _time(first), _time(last)
        case _:
            raise Refused(Refusal.MALFORMED)


def _time(element: der.Element) -> float:
    """Read a time. Source: RFC 5280 section 4.1.2.5: two-digit years from 50 are of the last century."""
    text = element.content.decode("latin-1")
    if element.tag == der.UTC_TIME:
        text = ("19" if text >= "50" else "20") + text
    elif element.tag != der.GENERALIZED_TIME:
        raise Refused(Refusal.MALFORMED)
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC).timestamp()
    except ValueError:
        raise Refused(Refusal.MALFORMED) from None


def _country(subject: der.Element) -> str | None:
    """Find the subject's country: the first, where a name has several."""
    for relative in subject.must_be(der.SEQUENCE).parts():
        for attribute in relative.must_be(der.SET).parts():
            match list(attribute.must_be(der.SEQUENCE).parts()):
                case [name, value] if der.object_id(name) == _COUNTRY:
                    country = value.content.decode("latin-1").strip().upper()
                    return country if _ALPHA_2.fullmatch(country) else None
    return None


def _extensions(optional: list[der.Element]) -> Iterator[tuple[str, bytes]]:
    for element in optional:
        if element.tag == _context(3):
            for extension in der.only(element.content, der.SEQUENCE).parts():
                parts = list(extension.must_be(der.SEQUENCE).parts())
                if len(parts) < 2:  # noqa: PLR2004 - a name, perhaps "critical", a value
                    raise Refused(Refusal.MALFORMED)
                yield der.object_id(parts[0]), parts[-1].must_be(der.OCTET_STRING).content


def _usages(extensions: dict[str, bytes]) -> Iterator[str]:
    if _EXTENDED_KEY_USAGE in extensions:
        yield from map(der.object_id, der.only(extensions[_EXTENDED_KEY_USAGE], der.SEQUENCE).parts())


def _is_authority(extensions: dict[str, bytes]) -> bool:
    """Read basic constraints: "cA" comes first where it is true."""
    if _BASIC_CONSTRAINTS not in extensions:
        return False
    first = next(der.only(extensions[_BASIC_CONSTRAINTS], der.SEQUENCE).parts(), None)
    return first is not None and first.tag == der.BOOLEAN and any(first.content)


def _subject_key_id(extensions: dict[str, bytes], spki: der.Element) -> bytes:
    """Find how certificates name this one as their issuer. Source: RFC 5280 section 4.2.1.2, method 1."""
    if _SUBJECT_KEY_ID in extensions:
        return der.only(extensions[_SUBJECT_KEY_ID], der.OCTET_STRING).content
    _algorithm, key = spki.parts()
    return sha1(der.bits(key), usedforsecurity=False).digest()
