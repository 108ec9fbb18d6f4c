import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from trust_registry.model import Algorithm
from verifier.verdict import Reason, Reject
from verifier.wire import base64url, jwk
from verifier.wire.json import Object


def _text(data: bytes) -> str:
    return base64url.encode(data).decode()


@pytest.mark.parametrize(
    ("name", "curve", "algorithm"),
    [
        ("P-256", ec.SECP256R1(), Algorithm.ES256),
        ("P-384", ec.SECP384R1(), Algorithm.ES384),
        ("P-521", ec.SECP521R1(), Algorithm.ES512),
    ],
)
def test_a_curve_key_becomes_what_the_library_writes(name: str, curve: ec.EllipticCurve, algorithm: Algorithm) -> None:
    key = ec.derive_private_key(12345, curve).public_key()
    numbers, width = key.public_numbers(), (curve.key_size + 7) // 8
    made: Object = {
        "kty": "EC",
        "crv": name,
        "x": _text(numbers.x.to_bytes(width)),
        "y": _text(numbers.y.to_bytes(width)),
    }
    assert jwk.public_key(made) == (algorithm, key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def test_an_edwards_key_becomes_what_the_library_writes() -> None:
    key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()
    made: Object = {"kty": "OKP", "crv": "Ed25519", "x": _text(key.public_bytes_raw())}
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert jwk.public_key(made) == (Algorithm.ED25519, spki)


_X = _text(bytes(32))


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (None, Reason.MALFORMED),
        ({}, Reason.MALFORMED),
        ({"kty": "EC", "crv": "P-256", "x": _X}, Reason.MALFORMED),
        ({"kty": "EC", "crv": "P-256", "x": _X, "y": _text(bytes(31))}, Reason.MALFORMED),
        ({"kty": "EC", "crv": "Ed25519", "x": _X, "y": _X}, Reason.MALFORMED),
        ({"kty": "OKP", "crv": "P-256", "x": _X}, Reason.MALFORMED),
        ({"kty": "RSA", "n": _X, "e": "AQAB"}, Reason.UNSUPPORTED_ALGORITHM),
        ({"kty": "EC", "crv": ["P-256"], "x": _X, "y": _X}, Reason.UNSUPPORTED_ALGORITHM),
        ({"kty": "EC", "crv": "secp256k1", "x": _X, "y": _X}, Reason.UNSUPPORTED_ALGORITHM),
        ({"kty": "oct", "k": _X}, Reason.UNSUPPORTED_ALGORITHM),
    ],
)
def test_any_other_key_is_refused(made: object, reason: Reason) -> None:
    with pytest.raises(Reject) as caught:
        jwk.public_key(made)
    assert caught.value.reason is reason
