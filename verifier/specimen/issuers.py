"""Training issuers: keys that anybody can derive, marked as specimens, and worth nothing at a live gate.

Each private key follows from a label, and each signature from the key and the message, so that every specimen can be
made again byte for byte.
"""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from trust_registry.model import Algorithm, IssuerKey, Scope, Standing
from verifier.specimen.rsa import private_key as rsa_key
from verifier.specimen.rsa import sign_pss
from verifier.verdict import FormatId

PrivateKey = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey

_CURVES: dict[Algorithm, tuple[ec.EllipticCurve, hashes.HashAlgorithm]] = {
    Algorithm.ES256: (ec.SECP256R1(), hashes.SHA256()),
    Algorithm.ES384: (ec.SECP384R1(), hashes.SHA384()),
    Algorithm.ES512: (ec.SECP521R1(), hashes.SHA512()),
    Algorithm.ES256K: (ec.SECP256K1(), hashes.SHA256()),
}


@dataclass(frozen=True, slots=True)
class TrainingIssuer:
    """A training issuer: what a registry holds of it, and the private half of its key."""

    key: IssuerKey
    private_key: PrivateKey

    def sign(self, message: bytes) -> bytes:
        """Sign as the key's algorithm has it on the wire, r||s for ECDSA, the same for the same message."""
        return sign(self.private_key, self.key.algorithm, message)


def training_issuer(  # noqa: PLR0913 - what a registry entry has
    label: str,
    format: FormatId,  # noqa: A002 - the model's word
    issuer: str,
    *,
    algorithm: Algorithm = Algorithm.ES256,
    key_id: bytes | None = None,
    scope: Scope = Scope(),  # noqa: B008 - frozen
    not_before: float | None = None,
    not_after: float | None = None,
    standing: Standing = Standing.SPECIMEN,
) -> TrainingIssuer:
    """Make the training issuer of a label; its key id is by default the first 8 bytes of its public key's SHA-256."""
    private_key = derive(label, algorithm)
    public_key = public_bytes(private_key)
    return TrainingIssuer(
        IssuerKey(
            format=format,
            key_id=sha256(public_key).digest()[:8] if key_id is None else key_id,
            issuer=issuer,
            algorithm=algorithm,
            public_key=public_key,
            scope=scope,
            not_before=not_before,
            not_after=not_after,
            standing=standing,
        ),
        private_key,
    )


@cache
def derive(label: str, algorithm: Algorithm) -> PrivateKey:
    """Derive the private key that belongs to a label; for RSA there is one for all of them."""
    if algorithm in (Algorithm.PS256, Algorithm.RS256):
        return rsa_key()
    seed = sha256(f"credential-gate training key {label}".encode()).digest()
    if algorithm is Algorithm.ED25519:
        return ed25519.Ed25519PrivateKey.from_private_bytes(seed)
    curve, _ = _CURVES[algorithm]
    return ec.derive_private_key(int.from_bytes(seed) >> 1, curve)  # below the order of every curve in the table


def public_bytes(private_key: PrivateKey) -> bytes:
    """Give the public half as DER SubjectPublicKeyInfo."""
    return private_key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def sign(private_key: PrivateKey, algorithm: Algorithm, message: bytes) -> bytes:
    """Sign deterministically. Source: RFC 6979, RFC 8032, RFC 8017."""
    match private_key:
        case ed25519.Ed25519PrivateKey():
            return private_key.sign(message)
        case rsa.RSAPrivateKey() if algorithm is Algorithm.RS256:
            return private_key.sign(message, padding.PKCS1v15(), hashes.SHA256())
        case rsa.RSAPrivateKey():
            return sign_pss(private_key, message)
        case _:
            return _sign_ecdsa(private_key, algorithm, message)


def _sign_ecdsa(private_key: ec.EllipticCurvePrivateKey, algorithm: Algorithm, message: bytes) -> bytes:
    width = (private_key.key_size + 7) // 8
    _, digest = _CURVES[algorithm]
    r, s = decode_dss_signature(private_key.sign(message, ec.ECDSA(digest, deterministic_signing=True)))
    return r.to_bytes(width) + s.to_bytes(width)
