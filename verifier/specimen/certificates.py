"""Training authorities: anchors that vouch for signers by certificates, the same bytes every time."""

from dataclasses import replace
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding

from trust_registry.model import Algorithm, Scope
from verifier.specimen.issuers import PrivateKey, TrainingIssuer, derive, training_issuer
from verifier.verdict import FormatId

_START = datetime(2020, 1, 1, tzinfo=UTC)
END = datetime(2049, 1, 1, tzinfo=UTC)


def authority(label: str, format: FormatId, country: str) -> TrainingIssuer:  # noqa: A002 - the model's word
    """Make the training authority of a label, for its own country."""
    key_id = x509.SubjectKeyIdentifier.from_public_key(derive(label, Algorithm.ES256).public_key()).digest
    made = training_issuer(label, format, country, key_id=key_id, scope=Scope(countries=frozenset({country})))
    return replace(made, key=replace(made.key, anchor=True))


def signer(label: str, certified_by: TrainingIssuer) -> TrainingIssuer:
    """Make a signer whom an authority may certify."""
    return training_issuer(label, certified_by.key.format, certified_by.key.issuer)


def certificate(
    of: TrainingIssuer, by: TrainingIssuer, usage: str | None, *, country: str | None = None, end: datetime = END
) -> bytes:
    """Certify a signer's key for one extended key usage, DER; the country is the authority's unless said otherwise."""
    builder = (
        x509.CertificateBuilder()
        .serial_number(int.from_bytes(of.key.key_id))
        .issuer_name(_name("Training Authority", by.key.issuer))
        .subject_name(_name("Training Signer", country or by.key.issuer))
        .public_key(of.private_key.public_key())
        .not_valid_before(_START)
        .not_valid_after(end)
        .add_extension(x509.AuthorityKeyIdentifier(by.key.key_id, None, None), critical=False)
        .add_extension(_SIGNS, critical=True)
    )
    if usage is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([x509.ObjectIdentifier(usage)]), critical=True)
    return _signed(builder, by.private_key)


_SIGNS = x509.KeyUsage(
    digital_signature=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)


def _name(text: str, country: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(x509.NameOID.COUNTRY_NAME, country), x509.NameAttribute(x509.NameOID.COMMON_NAME, text)]
    )


def _signed(builder: x509.CertificateBuilder, key: PrivateKey) -> bytes:
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return builder.sign(key, None).public_bytes(Encoding.DER)
    return builder.sign(key, hashes.SHA256(), ecdsa_deterministic=True).public_bytes(Encoding.DER)
