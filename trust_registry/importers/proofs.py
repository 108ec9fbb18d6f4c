"""Checks the signature that a publisher put on its list."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key

from trust_registry.importers import certificate, keys, text
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.importers.source import Proof, Source
from verifier import signature
from verifier.presentation import Signed
from verifier.sealed import Sealed
from verifier.verdict import Reject
from verifier.wire import x509


def check(message: bytes, signed: bytes, signer: keys.KeyMaterial, pins: frozenset[bytes]) -> Proof:
    """Check a list's signature (ECDSA as r||s) and say whether its signer is pinned.

    Raises `Refused(LIST_SIGNATURE)`.
    """
    try:
        signature.check_under(Signed(Sealed(message), signed, None), signer.public_key, signer.algorithm)
    except Reject:
        raise Refused(Refusal.LIST_SIGNATURE) from None
    return Proof.SIGNED if pin(signer) in pins else Proof.UNPINNED


def vouched(carried: Sequence[bytes], pins: frozenset[bytes]) -> Proof:
    """Say whether a pinned key is the first certificate's, or vouches for it along those that came with it."""
    try:
        chain = [x509.decode(data) for data in carried]
    except Reject:
        return Proof.UNPINNED  # a certificate outside the profile of chains vouches for nothing
    below = chain[0]
    for _ in chain:
        if sha256(below.public_key).digest() in pins:
            return Proof.SIGNED
        above = next((one for one in chain if one is not below and _signs(one, below)), None)
        if above is None:
            return Proof.UNPINNED
        below = above
    return Proof.UNPINNED


def _signs(above: x509.Certificate, below: x509.Certificate) -> bool:
    if above.subject != below.issuer or not above.signs_certificates:
        return False
    try:
        key = replace(keys.from_spki(above.public_key), algorithm=below.algorithm)
        check(below.signed, raw_ecdsa(below.signature, key), key, frozenset())
    except Refused:
        return False
    return True


def pin(signer: keys.KeyMaterial) -> bytes:
    """Give what administrators pin: the SHA-256 of the DER SubjectPublicKeyInfo."""
    return sha256(signer.public_key).digest()


def raw_ecdsa(der: bytes, signer: keys.KeyMaterial) -> bytes:
    """Turn the DER form of an ECDSA signature into r||s; of other algorithms there is one form only."""
    key = load_der_public_key(signer.public_key)
    if not isinstance(key, EllipticCurvePublicKey):
        return der
    width = (key.key_size + 7) // 8
    try:
        return b"".join(number.to_bytes(width) for number in decode_dss_signature(der))
    except (ValueError, OverflowError):
        raise Refused(Refusal.LIST_SIGNATURE) from None


def signer_beside(source: Source, ending: str) -> keys.KeyMaterial | None:
    """Read the PEM or DER certificate or key that lies beside the list as `STEM` and `ending`, if one does."""
    data = source.beside(source.path.stem + ending)
    if data is None:
        return None
    content = next((block for _, block in text.pem_blocks(data)), data)
    return certificate.read(content).key if certificate.is_one(content) else keys.from_spki(content)
