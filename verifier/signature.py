"""The one place that checks a signature: `Unverified` and the issuer's keys in, `Verified` out.

The algorithm is the key's as registered; a document that names another one fails. Nothing here answers true or false:
a signature that does not hold raises.
"""

from collections.abc import Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key

from trust_registry.model import Algorithm, IssuerKey
from verifier.presentation import Signed, Unverified, Verified
from verifier.sealed import unseal
from verifier.verdict import Reason, Reject

_HASHES: dict[Algorithm, hashes.HashAlgorithm] = {
    Algorithm.ES256: hashes.SHA256(),
    Algorithm.ES384: hashes.SHA384(),
    Algorithm.ES512: hashes.SHA512(),
    Algorithm.ES256K: hashes.SHA256(),
    Algorithm.PS256: hashes.SHA256(),
    Algorithm.PS384: hashes.SHA384(),
    Algorithm.PS512: hashes.SHA512(),
    Algorithm.RS256: hashes.SHA256(),
}


def check(doc: Unverified, keys: Sequence[IssuerKey]) -> Verified:
    """Find the key under which the document's signature holds.

    Raises `Reject(SIGNATURE_BAD)` when it holds under none of `keys`.
    """
    for key in keys:
        try:
            check_under(doc.signed, key.public_key, key.algorithm)
        except Reject:
            continue
        return Verified(key, doc.signed, doc.body)
    raise Reject(Reason.SIGNATURE_BAD)


def check_under(signed: Signed, public_key: bytes, algorithm: Algorithm) -> None:
    """Check one signature under one key (DER SubjectPublicKeyInfo) and that key's algorithm.

    Raises `Reject(SIGNATURE_BAD)`.
    """
    if signed.algorithm not in (None, algorithm):
        raise Reject(Reason.SIGNATURE_BAD)
    try:
        _verify(signed.signature, unseal(signed.message), public_key, algorithm)
    except InvalidSignature:
        raise Reject(Reason.SIGNATURE_BAD) from None


def _verify(signature: bytes, message: bytes, public_key: bytes, algorithm: Algorithm) -> None:
    match load_der_public_key(public_key):
        case ec.EllipticCurvePublicKey() as key if algorithm.startswith("ES"):
            key.verify(_der_from_raw(signature, key.key_size), message, ec.ECDSA(_HASHES[algorithm]))
        case rsa.RSAPublicKey() as key if algorithm.startswith("PS"):
            digest = _HASHES[algorithm]
            key.verify(signature, message, padding.PSS(padding.MGF1(digest), digest.digest_size), digest)
        case rsa.RSAPublicKey() as key if algorithm is Algorithm.RS256:
            key.verify(signature, message, padding.PKCS1v15(), _HASHES[algorithm])
        case ed25519.Ed25519PublicKey() as key if algorithm is Algorithm.ED25519:
            key.verify(signature, message)
        case _:  # the registry was built wrong: never a reason to believe
            raise InvalidSignature


def _der_from_raw(signature: bytes, key_bits: int) -> bytes:
    """Turn r||s into DER. Source: RFC 7518 section 3.4, RFC 9053 section 2.1: both halves as wide as the curve."""
    width = (key_bits + 7) // 8
    if len(signature) != 2 * width:
        raise InvalidSignature
    r, s = int.from_bytes(signature[:width]), int.from_bytes(signature[width:])
    return encode_dss_signature(r, s)
