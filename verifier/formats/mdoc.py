"""ISO mdoc: a mobile security object signed by the issuer, and the elements that the holder chose to show.

A symbol carries a `DeviceResponse` of one document or a bare `IssuerSigned`, as it is, as base64url, or as base45 of
zlib. The digest of each element is over its bytes as received. The device signature covers the session transcript of
the station's challenge; without a challenge it says nothing. A device MAC needs the reader's private key, which no
judge holds. Source: ISO/IEC 18013-5:2021, section 8.3.2.1.2.2, 9.1.2 and 9.1.3.
"""

from dataclasses import dataclass
from hashlib import new as new_hash

from trust_registry.model import KeyRef, Kind
from verifier.catalogues import countries
from verifier.claims import AgeOver, Attribute, Birth, Claim
from verifier.context import Challenge, Context
from verifier.credential import Credential, Holder, HolderProof, StatusReference, Window
from verifier.instant import Days
from verifier.presentation import Signed, Unverified, Verified
from verifier.sealed import Sealed, unseal
from verifier.verdict import FormatId, Reason, Reject
from verifier.wire import base64url, carrier, cbor, cose, iso8601, x509

name = FormatId.MDOC

_MARKS = (b"nameSpaces", b"issuerAuth", b"documents")
_LOOK_BYTES = 66  # how far in the first member's name must stand; a multiple of 3, for base64url
_LOOK_CHARACTERS = _LOOK_BYTES // 3 * 4
_MAP = 5  # the major type
_X5CHAIN = 33  # RFC 9360 section 2
_HASHES = {"SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}  # section 9.1.2.5
_RANDOM_BYTES = 16  # section 9.1.2.5, at the least
_AGE_OVER = "age_over_"


@dataclass(frozen=True, slots=True)
class _Device:
    """The device's signature over the challenge's transcript, and the challenge that it so answers."""

    signed: Signed
    challenge: Challenge


@dataclass(frozen=True, slots=True)
class _Body:
    """The mobile security object, the elements, the type outside of it (`None`: nowhere), and the device's word."""

    mso: cbor.Map
    elements: dict[str, list[cbor.Embedded]]
    doc_type: str | None
    device: _Device | None


def recognise(data: bytes) -> bool:
    """Say whether this is mine, by the name of a first member, however it is carried."""
    return any(head[:1] and head[0] >> 5 == _MAP and any(mark in head for mark in _MARKS) for head in _heads(data))


def _heads(data: bytes) -> tuple[bytes, ...]:
    try:
        written = base64url.decode(data[:_LOOK_CHARACTERS])
    except Reject:
        written = b""
    return data[:_LOOK_BYTES], written, carrier.beginning(data, _LOOK_BYTES)


def _opened(data: bytes) -> bytes:
    """Give the CBOR, whichever way it is carried. Raises `Reject(MALFORMED)`."""
    if data[:1] and data[0] >> 5 == _MAP:
        return data
    return base64url.decode(data) if _heads(data)[1] else carrier.opened(data)


def parse(data: bytes, context: Context) -> Unverified:
    """Take apart the document, the issuer's message and the device's.

    Raises `Reject`: MALFORMED, UNSUPPORTED_ALGORITHM, UNSUPPORTED_FORMAT for several documents, UNBOUND for a device
    that answers a challenge by a MAC, UNKNOWN_ISSUER for a chain that names no authority.
    """
    document = _document(cbor.decode_map(_opened(data)))
    issuer_signed = _map(document, "issuerSigned")
    message = cose.sign1(_untagged(issuer_signed.get("issuerAuth")))
    if message.payload is None:
        raise Reject(Reason.MALFORMED)
    match cbor.decode(message.payload):
        case cbor.Embedded(content):
            mso = cbor.decode_map(content)
        case _:
            raise Reject(Reason.MALFORMED)
    doc_type = _text(document, "docType") if "docType" in document else None
    chain = _chain(message.unprotected.get(_X5CHAIN))
    key_id = x509.anchor_id(tuple(map(x509.decode, chain))) if chain else message.key_id
    return Unverified(
        KeyRef(name, key_id),
        Signed(Sealed(message.covered(message.payload)), message.signature, message.algorithm),
        Sealed(_Body(mso, _elements(issuer_signed), doc_type, _device(document, context))),
        chain,
    )


def _document(content: cbor.Map) -> cbor.Map:
    """Find the one document. Source: section 8.3.2.1.2.2."""
    if "issuerAuth" in content:
        return {"issuerSigned": content}
    match content:
        case {"documents": [dict(document)], "status": 0}:
            return document
        case {"documents": [_, _, *_]}:
            raise Reject(Reason.UNSUPPORTED_FORMAT)
        case _:
            raise Reject(Reason.MALFORMED)


def _elements(issuer_signed: cbor.Map) -> dict[str, list[cbor.Embedded]]:
    found: dict[str, list[cbor.Embedded]] = {}
    for namespace, items in (_map(issuer_signed, "nameSpaces") if "nameSpaces" in issuer_signed else {}).items():
        embedded = [item for item in items if isinstance(item, cbor.Embedded)] if isinstance(items, list) else []
        if not isinstance(namespace, str) or not isinstance(items, list) or len(embedded) != len(items):
            raise Reject(Reason.MALFORMED)
        found[namespace] = embedded
    return found


def _chain(value: cbor.Value) -> tuple[bytes, ...]:
    match value:
        case None:
            return ()
        case bytes():
            return (value,)
        case [_, *_]:
            chain = tuple(one for one in value if isinstance(one, bytes))
            if len(chain) == len(value):
                return chain
    raise Reject(Reason.MALFORMED)


def _device(document: cbor.Map, context: Context) -> _Device | None:
    """Take apart the device's answer to the station's challenge, where there are both. Source: section 9.1.3."""
    challenge = context.challenge
    if "deviceSigned" not in document or not isinstance(challenge, Challenge) or challenge.transcript is None:
        return None
    match document["deviceSigned"]:
        case {"nameSpaces": cbor.Embedded(encoded=names), "deviceAuth": {"deviceSignature": value}}:
            message = cose.sign1(_untagged(value))
        case {"deviceAuth": {"deviceMac": _}}:
            raise Reject(Reason.UNBOUND)
        case _:
            raise Reject(Reason.MALFORMED)
    if message.payload is not None:
        raise Reject(Reason.MALFORMED)
    doc_type = cbor.encode(_text(document, "docType"))
    answer = b"\x84" + cbor.encode("DeviceAuthentication") + challenge.transcript + doc_type + names
    covered = message.covered(cbor.embed(answer).encoded)
    return _Device(Signed(Sealed(covered), message.signature, message.algorithm), challenge)


def read(doc: Verified) -> Credential:
    """Hold every element against its digest, then read them.

    Raises `Reject`: SIGNATURE_BAD for an element or a type that is not the signed one, MALFORMED,
    UNSUPPORTED_ALGORITHM, STATUS_UNAVAILABLE for a kind of status that we cannot look up.
    """
    body = unseal(doc.body)
    if not isinstance(body, _Body):
        raise TypeError
    mso, doc_type = body.mso, _text(body.mso, "docType")
    if body.doc_type not in (None, doc_type):
        raise Reject(Reason.SIGNATURE_BAD)
    found = {namespace: _checked(items, mso, namespace) for namespace, items in body.elements.items()}
    flat = {identifier: value for elements in found.values() for identifier, value in elements.items()}
    validity = _map(mso, "validityInfo")
    return Credential(
        kinds=frozenset({Kind.IDENTITY}),
        country=_country(flat.get("issuing_country")),
        type=doc_type,
        issued_at=_moment(validity, "signed"),
        window=Window(_moment(validity, "validFrom"), _moment(validity, "validUntil"), end_included=False),
        claims=Sealed(tuple(claim for namespace in found for claim in _claims(namespace, found[namespace]))),
        holder=Sealed(_holder(flat)),
        status=_status(mso),
        proof=_proof(mso, body.device),
    )


def _checked(items: list[cbor.Embedded], mso: cbor.Map, namespace: str) -> dict[str, cbor.Value]:
    """Give the elements of a namespace whose digests the issuer signed. Source: section 9.1.2.4."""
    algorithm, digests = _HASHES.get(_text(mso, "digestAlgorithm")), _map(mso, "valueDigests").get(namespace)
    if algorithm is None:
        raise Reject(Reason.UNSUPPORTED_ALGORITHM)
    elements: dict[str, cbor.Value] = {}
    used: set[int] = set()
    for item in items:
        match cbor.decode_map(item.content):
            case {
                "digestID": int(number),
                "random": bytes(random),
                "elementIdentifier": str(identifier),
                "elementValue": value,
            }:
                pass
            case _:
                raise Reject(Reason.MALFORMED)
        if number in used or identifier in elements or len(random) < _RANDOM_BYTES:
            raise Reject(Reason.MALFORMED)
        if not isinstance(digests, dict) or digests.get(number) != new_hash(algorithm, item.encoded).digest():
            raise Reject(Reason.SIGNATURE_BAD)
        used.add(number)
        elements[identifier] = value
    return elements


def _claims(namespace: str, elements: dict[str, cbor.Value]) -> list[Claim]:
    claims: list[Claim] = []
    for identifier, value in elements.items():
        years = identifier.removeprefix(_AGE_OVER)
        born = _day(value) if identifier == "birth_date" else None
        if identifier.startswith(_AGE_OVER) and years.isdecimal() and isinstance(value, bool):
            claims.append(AgeOver(int(years), value))
        elif identifier == "age_in_years" and isinstance(value, int) and not isinstance(value, bool):
            claims.append(AgeOver(value, holds=True))
        elif born is not None:
            claims.append(Birth(born))
        elif isinstance(value, str | int | bool):
            claims.append(Attribute((namespace, identifier), value))
    return claims


def _holder(elements: dict[str, cbor.Value]) -> Holder:
    families, givens = (
        tuple(value for value in [elements.get(part)] if isinstance(value, str))
        for part in ("family_name", "given_name")
    )
    number = elements.get("document_number")
    return Holder(families, givens, _day(elements.get("birth_date")), number if isinstance(number, str) else None)


def _proof(mso: cbor.Map, device: _Device | None) -> HolderProof | None:
    if device is None:
        return None
    algorithm, public_key = cose.public_key(_map(_map(mso, "deviceKeyInfo"), "deviceKey"))
    challenge = device.challenge  # the transcript is of this challenge, and the signature covers the transcript
    return HolderProof(device.signed, public_key, algorithm, challenge.audience, challenge.nonce, made_at=None)


def _status(mso: cbor.Map) -> tuple[StatusReference, ...]:
    match mso.get("status"):
        case None:
            return ()
        case {"status_list": {"idx": int(index), "uri": str(uri)}}:
            return (StatusReference(uri, index),)
        case _:
            raise Reject(Reason.STATUS_UNAVAILABLE)


def _country(value: cbor.Value) -> str | None:
    return countries.alpha_2(value) or value if isinstance(value, str) else None


def _day(value: cbor.Value) -> Days | None:
    """Read a full-date, tagged or not, or the date of a date-time. Source: RFC 8943, section 7.2.1."""
    text = value.content if isinstance(value, cbor.Tagged) else value
    return iso8601.days(text[: len("YYYY-MM-DD")]) if isinstance(text, str) else None


def _moment(members: cbor.Map, member: str) -> float:
    match members.get(member):
        case cbor.Tagged(0, str(text)):
            return iso8601.moment(text)
        case _:
            raise Reject(Reason.MALFORMED)


def _untagged(value: cbor.Value) -> cbor.Value:
    return value.content if isinstance(value, cbor.Tagged) and value.number == cose.SIGN1_TAG else value


def _map(members: cbor.Map, member: str) -> cbor.Map:
    value = members.get(member)
    if not isinstance(value, dict):
        raise Reject(Reason.MALFORMED)
    return value


def _text(members: cbor.Map, member: str) -> str:
    value = members.get(member)
    if not isinstance(value, str):
        raise Reject(Reason.MALFORMED)
    return value
