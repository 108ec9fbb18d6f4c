"""Signers of HC1 health certificates, as every list of national signer certificates describes them."""

from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from trust_registry.importers.certificate import Certificate
from trust_registry.importers.keys import KeyMaterial
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.model import Algorithm, IssuerKey, Kind, Scope
from verifier.verdict import FormatId

UNSTATED = "unstated"  # the issuer of keys whose list does not say whose they are

# The same country under two codes: certificates and credentials of one issuer differ in which they use.
_ALIASES = {"GR": "EL", "EL": "GR", "GB": "UK", "UK": "GB"}


def signer(certificate: Certificate, key_id: bytes) -> IssuerKey:
    """Make the issuer key of a signer certificate; the country it names is the issuer.

    Raises `Refused`: KEY_ID where the list's key id is not the certificate's, NO_COUNTRY.
    Source: EU eHealth Network, "Electronic Health Certificate Specification", section 3.3 and appendix A.
    """
    if key_id != certificate.key_id:
        raise Refused(Refusal.KEY_ID)
    return _issuer_key(certificate, key_id)


def authority(certificate: Certificate) -> IssuerKey:
    """Make the anchor of a certificate authority of signers, known by its subject key identifier."""
    return replace(_issuer_key(certificate, certificate.subject_key_id), anchor=True)


def algorithm(material: KeyMaterial) -> Algorithm:
    """Give the one algorithm that HC1 has for a type of key, whatever the certificate itself was signed with.

    Raises `Refused(KEY_TYPE)`. Source: "Electronic Health Certificate Specification", section 3.3.2.
    """
    match load_der_public_key(material.public_key):
        case ec.EllipticCurvePublicKey():
            return Algorithm.ES256
        case rsa.RSAPublicKey():
            return Algorithm.PS256
        case _:
            raise Refused(Refusal.KEY_TYPE)


def bare_signer(
    material: KeyMaterial,
    key_id: bytes,
    country: str | None,
    kinds: frozenset[Kind],
    window: tuple[float | None, float | None] = (None, None),
) -> IssuerKey:
    """Make the issuer key of a list that gives no certificate; where it states no country either, any is meant."""
    scope = Scope(kinds, _codes(country) if country else frozenset())
    issuer = country or UNSTATED
    return IssuerKey(FormatId.HC1, key_id, issuer, algorithm(material), material.public_key, scope, *window)


def is_test(participant: str) -> bool:
    """Tell a participant that exists for tests. Source: ISO 3166-1, codes for users to assign."""
    return participant.upper().startswith("XX")


def _issuer_key(certificate: Certificate, key_id: bytes) -> IssuerKey:
    """Let a key sign what its certificate's usages allow, for its country alone, until the certificate ends.

    Not from its first day: credentials dated before it are genuine in the field, and a thief dates as he likes.
    """
    country = certificate.country
    if country is None:
        raise Refused(Refusal.NO_COUNTRY)
    return IssuerKey(
        FormatId.HC1,
        key_id,
        country,
        algorithm(certificate.key),
        certificate.key.public_key,
        Scope(certificate.kinds, _codes(country)),
        not_after=certificate.not_after,
    )


def _codes(country: str) -> frozenset[str]:
    """Give the codes under which a country's credentials name it."""
    return frozenset({country, _ALIASES.get(country, country)})
