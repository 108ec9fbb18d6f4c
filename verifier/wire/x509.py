"""X.509 certificates that come inside a presentation: our own strict profile, which reads those that libraries refuse.

Nothing is believed here: `signature` follows the chain to an anchor of the registry. What is read is what a verdict
needs; what is critical and not read refuses the certificate.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce

from trust_registry.model import Algorithm
from verifier import limits
from verifier.verdict import Reason, Reject
from verifier.wire import der

_TIME = re.compile(r"\d{14}Z", re.ASCII)
_V3 = b"\x02"
_COUNTRY = bytes.fromhex("550406")  # 2.5.4.6
_SUBJECT_KEY_ID, _KEY_USAGE, _BASIC_CONSTRAINTS, _AUTHORITY_KEY_ID, _EXTENDED_KEY_USAGE = (
    bytes((0x55, 0x1D, last)) for last in (14, 15, 19, 35, 37)
)
_UNDERSTOOD = frozenset({_SUBJECT_KEY_ID, _KEY_USAGE, _BASIC_CONSTRAINTS, _AUTHORITY_KEY_ID, _EXTENDED_KEY_USAGE})

# Bits of the key usage, as masks of its first byte. Source: RFC 5280 section 4.2.1.3.
_DIGITAL_SIGNATURE, _KEY_CERT_SIGN = 0x80, 0x04

# Source: RFC 5758 section 3.2, RFC 4055 section 5, RFC 8410 section 3. Parameters beside ECDSA, which some countries
# write, say nothing and are passed over.
_ALGORITHMS = {
    bytes.fromhex("2a8648ce3d040302"): Algorithm.ES256,
    bytes.fromhex("2a8648ce3d040303"): Algorithm.ES384,
    bytes.fromhex("2a8648ce3d040304"): Algorithm.ES512,
    bytes.fromhex("2a864886f70d01010b"): Algorithm.RS256,
    bytes.fromhex("2b6570"): Algorithm.ED25519,
}
_PSS = bytes.fromhex("2a864886f70d01010a")
_PSS_HASHES = {
    bytes.fromhex("608648016503040201"): Algorithm.PS256,
    bytes.fromhex("608648016503040202"): Algorithm.PS384,
    bytes.fromhex("608648016503040203"): Algorithm.PS512,
}


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate, nobody's word yet. Times are seconds since 1970 UTC, inclusive.

    `signature` is as X.509 writes it: for ECDSA the DER form. `usages` are the extended key usages with dots, empty
    where none is named. `country` is the subject's, ISO 3166-1 alpha-2.
    """

    signed: bytes
    signature: bytes
    algorithm: Algorithm
    issuer: bytes
    subject: bytes
    country: str | None
    public_key: bytes
    not_before: float
    not_after: float
    subject_key_id: bytes | None
    authority_key_id: bytes | None
    usages: frozenset[str]
    signs_documents: bool
    signs_certificates: bool


def decode(data: bytes) -> Certificate:
    """Read one DER certificate, version 3.

    Raises `Reject`: MALFORMED, UNSUPPORTED_ALGORITHM. Source: RFC 5280 section 4.1.
    """
    if len(data) > limits.CERTIFICATE_BYTES:
        raise Reject(Reason.MALFORMED)
    signed, algorithm, signature = _exactly(3, der.sequence(data))
    version, _serial, inner, issuer, validity, subject, public_key, *rest = _at_least(7, der.sequence(signed.written))
    if der.only(version.as_type(der.context(0)), der.INTEGER) != _V3 or inner.written != algorithm.written:
        raise Reject(Reason.MALFORMED)
    extensions = _extensions(rest)
    usage = _key_usage(extensions)
    not_before, not_after = (_time(one) for one in _exactly(2, der.elements(validity.as_type(der.SEQUENCE))))
    return Certificate(
        signed=signed.written,
        signature=_bits(signature),
        algorithm=_algorithm(algorithm),
        issuer=issuer.written,
        subject=subject.written,
        country=_country(subject),
        public_key=public_key.written,
        not_before=not_before,
        not_after=not_after,
        subject_key_id=_subject_key_id(extensions),
        authority_key_id=_authority_key_id(extensions),
        usages=_usages(extensions),
        signs_documents=usage is None or bool(usage & _DIGITAL_SIGNATURE),
        signs_certificates=_is_authority(extensions) and usage is not None and bool(usage & _KEY_CERT_SIGN),
    )


def anchor_id(chain: tuple[Certificate, ...]) -> bytes:
    """Give the key id under which the registry may know the authority that the chain, leaf first, ends at.

    Raises `Reject(UNKNOWN_ISSUER)` when the chain does not say.
    """
    last = chain[-1]
    found = last.authority_key_id or last.subject_key_id
    if found is None:
        raise Reject(Reason.UNKNOWN_ISSUER)
    return found


def _exactly(count: int, found: list[der.Element]) -> list[der.Element]:
    if len(found) != count:
        raise Reject(Reason.MALFORMED)
    return found


def _at_least(count: int, found: list[der.Element]) -> list[der.Element]:
    if len(found) < count:
        raise Reject(Reason.MALFORMED)
    return found


def _bits(element: der.Element) -> bytes:
    """Read a bit string of whole bytes."""
    content = element.as_type(der.BIT_STRING)
    if content[:1] != b"\0":
        raise Reject(Reason.MALFORMED)
    return content[1:]


def _algorithm(element: der.Element) -> Algorithm:
    name, *parameters = _at_least(1, der.elements(element.as_type(der.SEQUENCE)))
    found = _ALGORITHMS.get(name.as_type(der.OBJECT_ID)) or (_pss(parameters) if name.content == _PSS else None)
    if found is None:
        raise Reject(Reason.UNSUPPORTED_ALGORITHM)
    return found


def _pss(parameters: list[der.Element]) -> Algorithm | None:
    """Read which hash RSASSA-PSS uses. Source: RFC 4055 section 3.1; its default, SHA-1, is none of ours."""
    for part in der.sequence(_exactly(1, parameters)[0].written):
        if part.tag == der.context(0):
            return _PSS_HASHES.get(_at_least(1, der.sequence(part.content))[0].as_type(der.OBJECT_ID))
    return None


def _time(element: der.Element) -> float:
    """Read a time in its one DER form; two-digit years from 50 are of the last century. Source: RFC 5280 4.1.2.5."""
    text = element.content.decode("latin-1")
    if element.tag == der.UTC_TIME:
        text = ("19" if text >= "50" else "20") + text
    elif element.tag != der.GENERALIZED_TIME:
        raise Reject(Reason.MALFORMED)
    if not _TIME.fullmatch(text):
        raise Reject(Reason.MALFORMED)
    year, month, day, hour, minute, second = int(text[:4]), *(int(text[at : at + 2]) for at in range(4, 14, 2))
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp()
    except ValueError:
        raise Reject(Reason.MALFORMED) from None


def _country(subject: der.Element) -> str | None:
    """Find the subject's country; one that names several has none."""
    found = set()
    for relative in der.elements(subject.as_type(der.SEQUENCE)):
        for attribute in der.elements(relative.as_type(der.SET)):
            name, value = _exactly(2, der.elements(attribute.as_type(der.SEQUENCE)))
            if name.as_type(der.OBJECT_ID) == _COUNTRY:
                found.add(value.content.decode("latin-1").upper())
    return found.pop() if len(found) == 1 else None


def _extensions(rest: list[der.Element]) -> dict[bytes, bytes]:
    """Read the extensions by name; one that is critical must be understood, none comes twice."""
    if len(rest) != 1:  # unique identifiers, which nobody writes, or a version 3 without extensions
        raise Reject(Reason.MALFORMED)
    found: dict[bytes, bytes] = {}
    for extension in der.sequence(rest[0].as_type(der.context(3))):
        name, *critical, value = _at_least(2, der.elements(extension.as_type(der.SEQUENCE)))
        is_critical = any(flag.as_type(der.BOOLEAN) != b"\0" for flag in critical)
        if len(critical) > 1 or name.content in found or (is_critical and name.content not in _UNDERSTOOD):
            raise Reject(Reason.MALFORMED)
        found[name.as_type(der.OBJECT_ID)] = value.as_type(der.OCTET_STRING)
    return found


def _key_usage(extensions: dict[bytes, bytes]) -> int | None:
    """Give the first byte of the key usage, `None` where the certificate has none."""
    if _KEY_USAGE not in extensions:
        return None
    content = der.only(extensions[_KEY_USAGE], der.BIT_STRING)
    return content[1] if len(content) > 1 else 0


def _is_authority(extensions: dict[bytes, bytes]) -> bool:
    if _BASIC_CONSTRAINTS not in extensions:
        return False
    parts = der.sequence(extensions[_BASIC_CONSTRAINTS])
    return bool(parts) and parts[0].tag == der.BOOLEAN and parts[0].content != b"\0"


def _usages(extensions: dict[bytes, bytes]) -> frozenset[str]:
    if _EXTENDED_KEY_USAGE not in extensions:
        return frozenset()
    return frozenset(_dotted(one.as_type(der.OBJECT_ID)) for one in der.sequence(extensions[_EXTENDED_KEY_USAGE]))


def _subject_key_id(extensions: dict[bytes, bytes]) -> bytes | None:
    return der.only(extensions[_SUBJECT_KEY_ID], der.OCTET_STRING) if _SUBJECT_KEY_ID in extensions else None


def _authority_key_id(extensions: dict[bytes, bytes]) -> bytes | None:
    parts = der.sequence(extensions[_AUTHORITY_KEY_ID]) if _AUTHORITY_KEY_ID in extensions else []
    return next((part.content for part in parts if part.tag == der.context(0, constructed=False)), None)


def _dotted(name: bytes) -> str:
    """Write an object identifier with dots. Source: X.690 section 8.19."""
    groups: list[list[int]] = [[]]
    for byte in name:
        groups[-1].append(byte & 0x7F)
        if not byte & 0x80:
            groups.append([])
    if groups.pop() or not groups:
        raise Reject(Reason.MALFORMED)
    arcs = [reduce(lambda arc, part: arc << 7 | part, group) for group in groups]
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))
