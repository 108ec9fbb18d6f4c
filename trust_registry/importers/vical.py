"""Lists of mobile-document authorities (VICAL): signed CBOR with the certificates of issuing authorities.

The certificates that vouch for the list travel with it; a pinned one among them makes it signed.
Source: ISO/IEC 18013-5 annex C.
"""

from collections.abc import Iterator

from trust_registry.importers import certificate, proofs, text
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.importers.source import Import, Proof, Source, gather
from trust_registry.model import IssuerKey, Scope
from verifier.verdict import FormatId, Reason, Reject
from verifier.wire import cbor, cose

NAME = "vical"

_BIGNUM = 2  # serial numbers are written so, and not looked at
_X5CHAIN = 33  # RFC 9360 section 2


def recognises(source: Source) -> bool:
    """Tell the list by a member's name, inside the signed payload."""
    return b"vicalProvider" in source.data and source.data[:1] in (b"\x84", b"\xd2")


def read(source: Source) -> Import:
    """Take every authority as an anchor of its country and its document types."""
    message = cose.decode(source.data)
    if message.payload is None:
        raise Reject(Reason.MALFORMED)
    proof = _proof(message, message.payload, source.pins)
    listed = cbor.decode_map(message.payload, tags=cbor.TAGS | {_BIGNUM})
    entries = ((f"certificate {place}", info) for place, info in enumerate(_array(listed.get("certificateInfos"))))
    found, refused = gather(entries, _anchor)
    return Import(tuple(found), tuple(refused), proof, _date(listed.get("date")))


def _proof(message: cose.Sign1, payload: bytes, pins: frozenset[bytes]) -> Proof:
    chain = message.unprotected.get(_X5CHAIN, message.protected.get(_X5CHAIN))
    carried = [_bytes(one) for one in (chain if isinstance(chain, list) else [chain])]
    signer = certificate.read(carried[0]).key
    proofs.check(message.covered(payload), message.signature, signer, pins)
    return proofs.vouched(carried, pins)


def _anchor(value: cbor.Value) -> Iterator[IssuerKey]:
    if not isinstance(value, dict):
        raise Refused(Refusal.MALFORMED)
    facts = certificate.read(_bytes(value.get("certificate")))
    if facts.country is None:
        raise Refused(Refusal.NO_COUNTRY)
    yield IssuerKey(
        FormatId.MDOC,
        facts.subject_key_id,
        facts.country,
        facts.key.algorithm,
        facts.key.public_key,
        Scope(countries=frozenset({facts.country}), types=frozenset(map(_text, _array(value.get("docType"))))),
        facts.not_before,
        facts.not_after,
        anchor=True,
    )


def _date(value: cbor.Value) -> float | None:
    """Read a date-time, tag 0."""
    return text.moment(_text(value.content)) if isinstance(value, cbor.Tagged) and value.number == 0 else None


def _array(value: cbor.Value) -> list[cbor.Value]:
    if not isinstance(value, list):
        raise Refused(Refusal.MALFORMED)
    return value


def _bytes(value: cbor.Value) -> bytes:
    if not isinstance(value, bytes):
        raise Refused(Refusal.MALFORMED)
    return value


def _text(value: cbor.Value) -> str:
    if not isinstance(value, str):
        raise Refused(Refusal.MALFORMED)
    return value
