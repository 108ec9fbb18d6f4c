import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
from hypothesis import given
from hypothesis import strategies as st

from trust_registry.model import Algorithm
from verifier.specimen.jose import Holder
from verifier.verdict import Reason, Reject
from verifier.wire import did, jwk

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def _base58(data: bytes) -> str:
    number, text = int.from_bytes(data), ""
    while number:
        number, digit = divmod(number, 58)
        text = _ALPHABET[digit] + text
    return "z" + "1" * (len(data) - len(data.lstrip(b"\0"))) + text


@given(st.binary(max_size=60))
def test_base58_reads_what_it_means(data: bytes) -> None:
    assert did.base58(_base58(data)) == data


def test_an_edwards_key_is_its_own_did() -> None:
    key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32))).public_key()
    found = did.public_key("did:key:" + _base58(b"\xed\x01" + key.public_bytes_raw()))
    assert found == (Algorithm.ED25519, key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


@pytest.mark.parametrize(
    ("curve", "codec", "algorithm"),
    [(ec.SECP256R1(), b"\x80\x24", Algorithm.ES256), (ec.SECP384R1(), b"\x81\x24", Algorithm.ES384)],
)
def test_a_curve_key_is_its_own_did(curve: ec.EllipticCurve, codec: bytes, algorithm: Algorithm) -> None:
    key = ec.derive_private_key(4711, curve).public_key()
    point = key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    found = did.public_key("did:key:" + _base58(codec + point))
    assert found is not None
    assert found[0] is algorithm
    assert load_der_public_key(found[1]) == key


def test_a_jwk_is_its_own_did() -> None:
    holder = Holder("a holder")
    assert did.public_key(holder.did) == jwk.public_key(holder.jwk)


@pytest.mark.parametrize("text", ["did:web:example.org", "did:key:", "did:jwt:x", "urn:uuid:1", ""])
def test_any_other_identifier_is_no_key(text: str) -> None:
    assert did.public_key(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("did:key:z0", Reason.MALFORMED),
        ("did:key:z" + "2" * 200, Reason.MALFORMED),
        ("did:key:" + _base58(b"\xed\x01" + bytes(31)), Reason.MALFORMED),
        ("did:key:z", Reason.UNSUPPORTED_ALGORITHM),
        ("did:key:" + _base58(b"\xe7\x01" + bytes(33)), Reason.UNSUPPORTED_ALGORITHM),
        ("did:jwk:e30=", Reason.MALFORMED),
        ("did:jwk:e30", Reason.MALFORMED),
    ],
)
def test_a_damaged_key_is_refused(text: str, reason: Reason) -> None:
    with pytest.raises(Reject) as caught:
        did.public_key(text)
    assert caught.value.reason is reason
