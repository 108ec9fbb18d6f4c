"""Makes the trusted lists that the importers' tests read: our own keys and certificates, spelled as others misspell."""

import base64
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import PurePath

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from trust_registry.importers.source import Source
from verifier.wire.json import Object

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey

FROM = datetime(2021, 6, 1, tzinfo=UTC)
TO = datetime(2023, 6, 1, 12, 30, 15, tzinfo=UTC)

_KEY_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)

P256 = ec.generate_private_key(ec.SECP256R1())
RSA = rsa.generate_private_key(65_537, 2_048)


def source(
    name: str,
    data: bytes,
    beside: dict[str, bytes] | None = None,
    pins: frozenset[bytes] = frozenset(),
    *,
    test_issuers: bool = False,
) -> Source:
    return Source(PurePath("lists") / name, data, (beside or {}).get, pins, test_issuers)


def certificate(
    key: PrivateKey = P256,
    country: str | None = "DE",
    usages: Sequence[str] = (),
    *,
    authority: bool = False,
    signer: PrivateKey | None = None,
    until: datetime = TO,
) -> bytes:
    """Make a DER certificate; self-signed unless `signer` signs it."""
    names = [x509.NameAttribute(NameOID.COMMON_NAME, "Test Signer")]
    if country:
        names.append(x509.NameAttribute(NameOID.COUNTRY_NAME, country))
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name(names))
        .issuer_name(x509.Name(names))
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(FROM)
        .not_valid_after(until)
    )
    if usages:
        builder = builder.add_extension(x509.ExtendedKeyUsage(map(x509.ObjectIdentifier, usages)), critical=False)
    if authority:
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        usage = dict.fromkeys(_KEY_USAGES, False) | {"key_cert_sign": True}
        builder = builder.add_extension(x509.KeyUsage(**usage), critical=True)
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    signing = signer or key
    digest = None if isinstance(signing, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return builder.sign(signing, digest).public_bytes(Encoding.DER)


def spki(key: PrivateKey = P256) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def jwk(key: ec.EllipticCurvePrivateKey = P256, *, zeros: int = 0, **more: str) -> Object:
    """Make the JWK of a key on P-256; its coordinates may get leading zeros."""
    numbers = key.public_key().public_numbers()
    x, y = (b64url(b"\0" * zeros + number.to_bytes(32)) for number in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y, **more}


def b64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def pem(label: str, data: bytes) -> bytes:
    body = "\n".join(b64(data)[start : start + 64] for start in range(0, len(b64(data)), 64))
    return f"-----BEGIN {label}-----\n{body}\n-----END {label}-----\n".encode()
