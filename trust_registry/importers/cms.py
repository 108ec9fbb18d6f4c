"""CMS signed data, as ICAO and the WHO sign lists and certificates: content, and whether its signature holds.

Source: RFC 5652 sections 3, 5 and 11; ICAO Doc 9303 part 12.
"""

from dataclasses import dataclass, replace
from hashlib import new as new_hash

from trust_registry.importers import ber, certificate, keys, proofs
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.importers.source import Proof
from trust_registry.model import Algorithm
from verifier.verdict import Reason, Reject
from verifier.wire import der

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_CONTENT_TYPE, _MESSAGE_DIGEST = (bytes.fromhex(f"2a864886f70d0109{last}") for last in ("03", "04"))
_HASH_BITS = {bytes.fromhex(f"6086480165030402{last}"): bits for last, bits in (("01", 256), ("02", 384), ("03", 512))}
_RSA_PSS = bytes.fromhex("2a864886f70d01010a")


@dataclass(frozen=True, slots=True)
class SignedData:
    """What was signed, its kind (an object identifier's content), and the proof."""

    kind: bytes
    content: bytes
    proof: Proof


@dataclass(frozen=True, slots=True)
class _Signer:
    """One signer's part: how many bits its hash has, its attributes as they were signed, and its signature."""

    bits: int
    attributes: bytes
    is_pss: bool
    signature: bytes


def read(data: bytes, pins: frozenset[bytes]) -> SignedData:
    """Take signed data apart and check it under each certificate that it carries.

    Raises `Refused(LIST_SIGNATURE)` where no certificate fits, `Reject(MALFORMED)`.
    """
    kind, outer = _exactly(2, der.sequence(ber.to_der(data)))
    if kind.content != _SIGNED_DATA:
        raise Reject(Reason.MALFORMED)
    _version, _digests, inner, *rest, signers = der.sequence(outer.as_type(der.context(0)))
    content_kind, content = _content(inner)
    signer = _signer(_exactly(1, der.elements(signers.as_type(der.SET)))[0])
    _check_attributes(signer, content_kind, content)
    carried = [one.written for part in rest if part.tag == der.context(0) for one in der.elements(part.content)]
    return SignedData(content_kind, content, _proof(signer, carried, pins))


def _exactly(count: int, found: list[der.Element]) -> list[der.Element]:
    if len(found) != count:
        raise Reject(Reason.MALFORMED)
    return found


def _content(inner: der.Element) -> tuple[bytes, bytes]:
    kind, content = _exactly(2, der.sequence(inner.written))
    return kind.as_type(der.OBJECT_ID), der.only(content.as_type(der.context(0)), der.OCTET_STRING)


def _signer(info: der.Element) -> _Signer:
    """Read a signer's part; one without signed attributes is refused, since ours all have them."""
    match der.sequence(info.written):
        case [_version, _identifier, digest, attributes, algorithm, signature, *_] if attributes.tag == der.context(0):
            bits = _HASH_BITS.get(der.sequence(digest.written)[0].content)
            if bits is None:
                raise Refused(Refusal.LIST_SIGNATURE)
            signed = der.write(der.SET, attributes.content)  # section 5.4: signed as a set, not as a context tag
            is_pss = der.sequence(algorithm.written)[0].content == _RSA_PSS
            return _Signer(bits, signed, is_pss, signature.as_type(der.OCTET_STRING))
        case _:
            raise Reject(Reason.MALFORMED)


def _check_attributes(signer: _Signer, kind: bytes, content: bytes) -> None:
    """Hold the signed attributes against the content. Source: RFC 5652 section 11.1 and 11.2."""
    attributes = {}
    for attribute in der.elements(der.only(signer.attributes, der.SET)):
        name, values = _exactly(2, der.sequence(attribute.written))
        attributes[name.content] = values.as_type(der.SET)
    digest = new_hash(f"sha{signer.bits}", content).digest()
    stated = (attributes.get(_CONTENT_TYPE), attributes.get(_MESSAGE_DIGEST))
    if stated != (der.write(der.OBJECT_ID, kind), der.write(der.OCTET_STRING, digest)):
        raise Refused(Refusal.LIST_SIGNATURE)


def _proof(signer: _Signer, carried: list[bytes], pins: frozenset[bytes]) -> Proof:
    """Find the certificate whose key signed. Where its kind of key is none of ours, the list is unverified."""
    unreadable = False
    for data in carried:
        try:
            key = _used(certificate.read(data).key, signer)
            proofs.check(signer.attributes, proofs.raw_ecdsa(signer.signature, key), key, pins)
            return proofs.vouched([data, *(other for other in carried if other is not data)], pins)
        except Refused as refused:
            unreadable |= refused.refusal is not Refusal.LIST_SIGNATURE
    if unreadable:
        return Proof.UNVERIFIED
    raise Refused(Refusal.LIST_SIGNATURE)


def _used(key: keys.KeyMaterial, signer: _Signer) -> keys.KeyMaterial:
    """Give the key with the algorithm that the signer used it with: any hash goes with any curve here."""
    if key.algorithm in (Algorithm.PS256, Algorithm.RS256):
        return replace(key, algorithm=Algorithm(f"PS{signer.bits}") if signer.is_pss else Algorithm.RS256)
    return replace(key, algorithm=Algorithm(f"ES{signer.bits}"))
