"""Checks the signature that a publisher put on its list."""

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from trust_registry.importers import certificate, keys, text
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.importers.source import Proof, Source
from verifier import signature
from verifier.presentation import Signed
from verifier.sealed import Sealed
from verifier.verdict import Reject

_COORDINATE_BYTES = {"ES256": 32, "ES384": 48, "ES512": 66}


def check(message: bytes, signed: bytes, signer: keys.KeyMaterial, pins: frozenset[bytes]) -> Proof:
    """Check a list's signature (ECDSA as r||s) and say whether its signer is pinned. Raises `Refused(LIST_SIGNATURE)`."""
    try:
        signature.check_under(Signed(Sealed(message), signed, None), signer.public_key, signer.algorithm)
    except Reject:
        raise Refused(Refusal.LIST_SIGNATURE) from None
    return Proof.SIGNED if pin(signer) in pins else Proof.UNPINNED


def pin(signer: keys.KeyMaterial) -> bytes:
    """Give what administrators pin: the SHA-256 of the DER SubjectPublicKeyInfo."""
    return sha256(signer.public_key).digest()


def raw_ecdsa(der: bytes, signer: keys.KeyMaterial) -> bytes:
    """Turn the DER form of an ECDSA signature into r||s; of other algorithms there is one form only."""
    width = _COORDINATE_BYTES.get(signer.algorithm)
    if width is None:
        return der
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
