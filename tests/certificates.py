"""Certificates for tests: what an honest authority issues, and what a dishonest one might."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey

START = datetime(2024, 1, 1, tzinfo=UTC)
END = START + timedelta(days=365)


def spki(key: PrivateKey) -> bytes:
    """Give the public half as the registry holds it."""
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def key_id(key: PrivateKey) -> bytes:
    """Give the subject key identifier."""
    return x509.SubjectKeyIdentifier.from_public_key(key.public_key()).digest


def name(text: str, country: str | None = "UT") -> x509.Name:
    """Make a name."""
    common = x509.NameAttribute(x509.NameOID.COMMON_NAME, text)
    return x509.Name([common] if country is None else [x509.NameAttribute(x509.NameOID.COUNTRY_NAME, country), common])


def certificate(
    subject: x509.Name,
    key: PrivateKey,
    issuer: x509.Name,
    signer: PrivateKey,
    extensions: Iterable[tuple[x509.ExtensionType, bool]] = (),
    *,
    pss: bool = False,
) -> bytes:
    """Issue one certificate, DER."""
    builder = x509.CertificateBuilder(issuer, subject, key.public_key(), 1000, START, END)
    authority = x509.AuthorityKeyIdentifier(key_id(signer), None, None)
    for extension, critical in ((authority, False), *extensions):
        builder = builder.add_extension(extension, critical)
    hashed = None if isinstance(signer, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    scheme = padding.PSS(padding.MGF1(hashes.SHA256()), 32) if pss else None
    return builder.sign(signer, hashed, rsa_padding=scheme).public_bytes(Encoding.DER)


def signs_documents(*usages: str) -> list[tuple[x509.ExtensionType, bool]]:
    """Give the extensions of a signer of credentials."""
    extended: list[tuple[x509.ExtensionType, bool]] = [
        (x509.ExtendedKeyUsage([x509.ObjectIdentifier(usage) for usage in usages]), True)
    ]
    return [(_usage(signs=True), True), *(extended if usages else [])]


def authority(*, certifies: bool = True) -> list[tuple[x509.ExtensionType, bool]]:
    """Give the extensions of an authority between."""
    return [(x509.BasicConstraints(certifies, None), True), (_usage(certifies=certifies), True)]


def _usage(*, signs: bool = False, certifies: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(signs, False, False, False, False, certifies, False, False, False)  # noqa: FBT003
