"""The one place that checks a signature: `Unverified` and the issuer's keys in, `Verified` out.

The algorithm is the key's as registered; a document that names another one fails. Nothing here answers true or false:
a signature that does not hold raises.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key

from trust_registry.model import Algorithm, IssuerKey
from verifier import limits
from verifier.presentation import Signed, Unverified, Verified
from verifier.sealed import unseal
from verifier.verdict import FormatId, Reason, Reject
from verifier.wire import x509
from verifier.wire.x509 import Certificate

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


# What a signer's certificate must be for, where its format says so.
# Source: ICAO TR VDS-NC 1.1 (barcode signer); ISO/IEC 18013-5 annex B.1.4 (mdoc document signer).
_SIGNER_USAGES = {FormatId.VDS_NC: "2.23.136.1.1.14.2", FormatId.MDOC: "1.0.18013.5.1.2"}

_CURVES: dict[type[ec.EllipticCurve], Algorithm] = {
    ec.SECP256R1: Algorithm.ES256,
    ec.SECP384R1: Algorithm.ES384,
    ec.SECP521R1: Algorithm.ES512,
    ec.SECP256K1: Algorithm.ES256K,
}

_PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey


def check(doc: Unverified, keys: Sequence[IssuerKey]) -> Verified:
    """Find the key under which the document's signature holds: a registered one, or one that an anchor vouches for.

    A registered key that is no anchor also stands for the certificate that carries it, whatever its chain says.

    Raises `Reject`: UNKNOWN_ISSUER when `keys` holds none of the kind that the document needs, SIGNATURE_BAD when the
    signature holds under none of them, NOT_AUTHORISED when an anchor vouches for the signer, but not for this.
    """
    chain = tuple(x509.decode(certificate) for certificate in doc.chain)
    usable = [
        key for key in keys if (bool(chain) if key.anchor else not chain or key.public_key == chain[0].public_key)
    ]
    if not usable:
        raise Reject(Reason.UNKNOWN_ISSUER)
    for key in usable:
        try:
            signer = _vouched(chain, key) if key.anchor else key
            check_under(doc.signed, signer.public_key, signer.algorithm)
        except Reject:
            continue
        if key.anchor:
            _allowed(chain[0], key)
        for part in doc.endorsed:
            check_under(part.signed, part.public_key, part.algorithm)
        return Verified(signer, doc.signed, doc.body)
    raise Reject(Reason.SIGNATURE_BAD)


def check_under(signed: Signed, public_key: bytes, algorithm: Algorithm) -> None:
    """Check one signature under one key (DER SubjectPublicKeyInfo) and that key's algorithm.

    Raises `Reject(SIGNATURE_BAD)`.
    """
    if signed.algorithm not in (None, algorithm):
        raise Reject(Reason.SIGNATURE_BAD)
    try:
        key = _load(public_key)
        raw = signed.signature
        signature = _der_from_raw(raw, key.key_size) if isinstance(key, ec.EllipticCurvePublicKey) else raw
        _verify(signature, unseal(signed.message), key, algorithm)
    except InvalidSignature:
        raise Reject(Reason.SIGNATURE_BAD) from None


def _vouched(chain: Sequence[Certificate], anchor: IssuerKey) -> IssuerKey:
    """Follow the chain from the anchor down, and give the registry's view of the signer at its end.

    A copy of the anchor's own certificate adds nothing; an anchor is never the signer itself. The view is never wider
    than the anchor's. Raises `Reject(SIGNATURE_BAD)`.
    """
    links = chain[:-1] if chain[-1].public_key == anchor.public_key else chain
    names_fit = all(below.issuer == above.subject for below, above in pairwise(chain))
    if not links or not names_fit or not all(above.signs_certificates for above in chain[1:]):
        raise Reject(Reason.SIGNATURE_BAD)
    signer = anchor.public_key
    try:
        for certificate in reversed(links):
            _verify(certificate.signature, certificate.signed, _load(signer), certificate.algorithm)
            signer = certificate.public_key
        algorithm = _own_algorithm(_load(signer))
    except InvalidSignature:
        raise Reject(Reason.SIGNATURE_BAD) from None
    country = chain[0].country
    return replace(
        anchor,
        algorithm=algorithm,
        public_key=signer,
        scope=replace(anchor.scope, countries=frozenset() if country is None else frozenset((country,))),
        not_before=max(anchor.not_before or -inf, *(one.not_before for one in chain)),
        not_after=min(anchor.not_after or inf, *(one.not_after for one in chain)),
    )


def _allowed(leaf: Certificate, anchor: IssuerKey) -> None:
    """Hold a signer to what its certificate and its anchor are for, or raise `Reject(NOT_AUTHORISED)`."""
    usage, countries = _SIGNER_USAGES.get(anchor.format), anchor.scope.countries
    if not leaf.signs_documents or (usage is not None and usage not in leaf.usages):
        raise Reject(Reason.NOT_AUTHORISED)
    if countries and leaf.country not in countries:
        raise Reject(Reason.NOT_AUTHORISED)


def _own_algorithm(public_key: _PublicKey) -> Algorithm:
    """Give the one algorithm of a certified key, as a certificate names none for documents."""
    match public_key:
        case ec.EllipticCurvePublicKey():
            return _CURVES[type(public_key.curve)]
        case ed25519.Ed25519PublicKey():
            return Algorithm.ED25519
        case rsa.RSAPublicKey():
            return Algorithm.PS256


def _load(public_key: bytes) -> _PublicKey:
    """Load a key of a type, a curve and a size that we know; any other holds no signature."""
    try:
        key = load_der_public_key(public_key)
    except (ValueError, UnsupportedAlgorithm):
        raise InvalidSignature from None
    match key:
        case ec.EllipticCurvePublicKey() if type(key.curve) in _CURVES:
            return key
        case rsa.RSAPublicKey() if limits.RSA_BITS_LEAST <= key.key_size <= limits.RSA_BITS_MOST:
            return key
        case ed25519.Ed25519PublicKey():
            return key
        case _:
            raise InvalidSignature


def _verify(signature: bytes, message: bytes, public_key: _PublicKey, algorithm: Algorithm) -> None:
    """Verify; the signature of ECDSA is in its DER form."""
    match public_key:
        case ec.EllipticCurvePublicKey() as key if algorithm.startswith("ES"):
            key.verify(signature, message, ec.ECDSA(_HASHES[algorithm]))
        case rsa.RSAPublicKey() as key if algorithm.startswith("PS"):
            digest = _HASHES[algorithm]
            key.verify(signature, message, padding.PSS(padding.MGF1(digest), digest.digest_size), digest)
        case rsa.RSAPublicKey() as key if algorithm is Algorithm.RS256:
            key.verify(signature, message, padding.PKCS1v15(), _HASHES[algorithm])
        case ed25519.Ed25519PublicKey() as key if algorithm is Algorithm.ED25519:
            key.verify(signature, message)
        case _:  # the registry was built wrong, or a certificate lies: never a reason to believe
            raise InvalidSignature


def _der_from_raw(signature: bytes, key_bits: int) -> bytes:
    """Turn r||s into DER. Source: RFC 7518 section 3.4, RFC 9053 section 2.1: both halves as wide as the curve."""
    width = (key_bits + 7) // 8
    if len(signature) != 2 * width:
        raise InvalidSignature
    r, s = int.from_bytes(signature[:width]), int.from_bytes(signature[width:])
    return encode_dss_signature(r, s)
