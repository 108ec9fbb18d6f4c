"""What becomes a registry key and what is refused: bounds, weaknesses, misspellings, broken certificates."""

import base64
import json
import re
from datetime import UTC, datetime
from hashlib import sha256
from math import prod

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa, x25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from tests.lists import FROM, P256, RSA, TO, b64url, certificate, jwk, spki
from trust_registry.importers import certificate as certificates
from trust_registry.importers import curves, keys, text, weakness
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.model import Algorithm, Kind
from verifier.wire import der
from verifier.wire.json import Object

ED25519 = ed25519.Ed25519PrivateKey.generate()


def refusal_of(make: object, *arguments: object) -> Refusal:
    assert callable(make)
    with pytest.raises(Refused) as caught:
        make(*arguments)
    return caught.value.refusal


@pytest.mark.parametrize(("key", "algorithm"), [
    (P256, Algorithm.ES256),
    (ec.generate_private_key(ec.SECP384R1()), Algorithm.ES384),
    (ec.generate_private_key(ec.SECP521R1()), Algorithm.ES512),
    (ec.generate_private_key(ec.SECP256K1()), Algorithm.ES256K),
    (RSA, Algorithm.PS256),
    (ED25519, Algorithm.ED25519),
])  # fmt: skip
def test_a_key_within_bounds_keeps_its_encoding_and_gets_its_algorithm(
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey, algorithm: Algorithm
) -> None:
    assert keys.from_spki(spki(key)) == keys.KeyMaterial(algorithm, spki(key))


def rsa_spki(n: int, e: int = 65_537) -> bytes:
    return rsa.RSAPublicNumbers(e, n).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


N_2048 = RSA.public_key().public_numbers().n


@pytest.mark.parametrize(("public_key", "refusal"), [
    (rsa_spki(N_2048 >> 1 | 1), Refusal.RSA_SIZE),
    (rsa_spki((1 << 4_096) + 1), Refusal.RSA_SIZE),
    (rsa_spki(N_2048, 3), Refusal.RSA_EXPONENT),
    (rsa_spki(N_2048, 65_539), Refusal.RSA_EXPONENT),
    (spki(ec.generate_private_key(ec.BrainpoolP256R1())), Refusal.CURVE),
    (x25519.X25519PrivateKey.generate().public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo), Refusal.KEY_TYPE),
    (b"", Refusal.MALFORMED),
    (spki()[:-1], Refusal.MALFORMED),
    (spki() + b"\0", Refusal.MALFORMED),
    (spki()[:-1] + bytes([spki()[-1] ^ 1]), Refusal.KEY_MALFORMED),  # off its curve
])  # fmt: skip
def test_a_key_out_of_bounds_is_refused_by_name(public_key: bytes, refusal: Refusal) -> None:
    assert refusal_of(keys.from_spki, public_key) is refusal


def test_a_modulus_that_a_broken_chip_made_is_found() -> None:
    primes = (2, 3, 5, 7, *weakness._ROCA_PRIMES, 23, 29, 31, 41, 43, 47)
    step = prod(primes)
    factors = [step * (1 << 1_024 - step.bit_length() | salt) + pow(65_537, 97 + salt, step) for salt in (1, 3)]
    assert weakness.is_roca(prod(factors))
    assert not weakness.is_roca(N_2048)
    assert refusal_of(keys.from_spki, rsa_spki(prod(factors))) is Refusal.WEAK_KEY


@pytest.mark.parametrize("y", sorted(weakness._SMALL_ORDER))
@pytest.mark.parametrize("sign", [0, 1])
def test_an_ed25519_point_of_small_order_is_refused(y: int, sign: int) -> None:
    field = 2**255 - 19
    for spelling in {y, y + field} if y + field < 2**255 else {y}:
        point = (spelling | sign << 255).to_bytes(32, "little")
        assert weakness.has_small_order(point)
    assert not weakness.has_small_order(ED25519.public_key().public_bytes_raw())


def test_every_small_order_point_vanishes_when_multiplied_by_eight() -> None:
    field = 2**255 - 19
    d = -121_665 * pow(121_666, -1, field) % field

    def doubled(x: int, y: int) -> tuple[int, int]:
        t = d * x * x * y * y % field
        return 2 * x * y * pow(1 + t, -1, field) % field, (y * y + x * x) * pow(1 - t, -1, field) % field

    for y in weakness._SMALL_ORDER:
        square = (y * y - 1) * pow(d * y * y + 1, -1, field) % field
        root = pow(square, (field + 3) // 8, field)
        x = root if root * root % field == square else root * pow(2, (field - 1) // 4, field) % field
        point = (x, y)
        for _ in range(3):
            point = doubled(*point)
        assert point == (0, 1)


@pytest.mark.parametrize("spelled", [
    jwk(),
    jwk(zeros=1),  # 33-byte coordinates, as one list in use writes most of its keys
    {**jwk(), "x": base64.b64encode(text.base64_any(str(jwk()["x"]))).decode()},  # the other alphabet, padded
    jwk(use="sig", alg="ES256"),
])  # fmt: skip
def test_a_jwk_counts_by_its_numbers_not_by_its_spelling(spelled: Object) -> None:
    assert keys.from_jwk(spelled) == keys.KeyMaterial(Algorithm.ES256, spki())


def test_a_jwk_of_each_type_is_read() -> None:
    numbers = RSA.public_key().public_numbers()
    modulus = b64url(b"\0" + numbers.n.to_bytes(256))  # with the leading zero that many lists have
    assert keys.from_jwk({"kty": "RSA", "n": modulus, "e": "AQAB"}).algorithm is Algorithm.PS256
    assert keys.from_jwk({"kty": "RSA", "n": modulus, "e": "AQAB", "alg": "RS256"}).algorithm is Algorithm.RS256
    point = b64url(ED25519.public_key().public_bytes_raw())
    assert keys.from_jwk({"kty": "OKP", "crv": "Ed25519", "x": point, "alg": "EdDSA"}).algorithm is Algorithm.ED25519


@pytest.mark.parametrize(("spelled", "refusal"), [
    (jwk(d="AA"), Refusal.PRIVATE_KEY),
    ({"kty": "oct", "k": "AA"}, Refusal.PRIVATE_KEY),
    (jwk(use="enc"), Refusal.NOT_A_SIGNER),
    (jwk(alg="ES384"), Refusal.ALGORITHM),
    (jwk(alg="ECDH-ES"), Refusal.ALGORITHM),
    (jwk(alg="PS256"), Refusal.ALGORITHM),
    ({**jwk(), "crv": "UNKNOWN CURVE"}, Refusal.CURVE),
    ({"kty": "EC"}, Refusal.CURVE),
    ({"kty": "AKP"}, Refusal.KEY_TYPE),
    ({**jwk(), "y": jwk()["x"]}, Refusal.KEY_MALFORMED),
    ({**jwk(), "x": "%"}, Refusal.MALFORMED),
    ({"kty": "RSA", "n": b64url(b"\xff" * 8_192), "e": b64url(b"\xff" * 7_500)}, Refusal.RSA_SIZE),
])  # fmt: skip
def test_a_jwk_that_cannot_be_used_is_refused_by_name(spelled: Object, refusal: Refusal) -> None:
    assert refusal_of(keys.from_jwk, spelled) is refusal


def test_a_thumbprint_follows_from_the_key_alone() -> None:
    required = {"crv": "P-256", "kty": "EC", "x": jwk()["x"], "y": jwk()["y"]}
    digest = sha256(json.dumps(required, sort_keys=True, separators=(",", ":")).encode()).digest()
    assert keys.thumbprint(keys.from_jwk(jwk(zeros=1, kid="else"))) == b64url(digest)
    assert len(keys.thumbprint(keys.from_spki(spki(RSA)))) == len(keys.thumbprint(keys.from_spki(spki(ED25519)))) == 43


def test_a_certificate_gives_its_facts() -> None:
    data = certificate(P256, "de", ["1.3.6.1.4.1.1847.2021.1.2", "1.3.6.1.4.1.0.1847.2021.1.3"])
    facts = certificates.read(data)
    assert certificates.is_one(data)
    assert not certificates.is_one(spki())
    assert (facts.key, facts.key_id) == (keys.from_spki(spki()), sha256(data).digest()[:8])
    assert (facts.country, facts.authority) == ("DE", False)
    assert (facts.not_before, facts.not_after) == (FROM.timestamp(), TO.timestamp())
    assert facts.kinds == {Kind.VACCINATION, Kind.RECOVERY}  # the misprinted arc means the same


def test_an_authority_is_known_by_its_subject_key_identifier() -> None:
    facts = certificates.read(certificate(authority=True, until=datetime(2055, 1, 1, tzinfo=UTC)))
    assert facts.authority
    assert facts.not_after == datetime(2055, 1, 1, tzinfo=UTC).timestamp()  # a GeneralizedTime
    without = certificates.read(certificate())
    assert facts.subject_key_id == without.subject_key_id  # computed where the extension is missing


def edit(data: bytes, old: bytes, new: bytes) -> bytes:
    """Replace bytes inside DER and repair the lengths around them."""
    (element,) = der.elements(data)
    at = element.content.index(old)
    content = b""
    position = 0
    for part in der.elements(element.content) if element.tag & 0x20 else ():
        inside = position <= at and at + len(old) <= position + len(part.written)
        if inside and part.written != old and old in part.content:
            content += edit(part.written, old, new)
        elif inside and part.written == old:
            content += new
        else:
            content += part.written
        position += len(part.written)
    return der.write(element.tag, content)


BROKEN = {
    "a negative serial": (b"\x02\x01\x07", b"\x02\x01\xf9"),
    "a serial of zero": (b"\x02\x01\x07", b"\x02\x01\x00"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_certificates_that_stricter_readers_refuse_are_read(name: str) -> None:
    facts = certificates.read(edit(certificate(), *BROKEN[name]))
    assert (facts.country, facts.key) == ("DE", keys.from_spki(spki()))


def test_an_empty_extended_key_usage_means_any() -> None:
    data = certificate(usages=["1.3.6.1.4.1.1847.2021.1.1"])
    usage = next(
        octets.content for octets in walk(data) if octets.tag == der.OCTET_STRING and b"\x8e\x37" in octets.content
    )
    facts = certificates.read(edit(data, der.write(der.OCTET_STRING, usage), b"\x04\x02\x30\x00"))
    assert facts.kinds == frozenset()


def test_a_default_written_out_is_no_authority() -> None:
    data = certificate(authority=True)
    assert not certificates.read(edit(data, b"\x04\x05\x30\x03\x01\x01\xff", b"\x04\x05\x30\x03\x01\x01\x00")).authority


def test_null_parameters_after_an_ecdsa_algorithm_are_passed_over() -> None:
    algorithm = bytes.fromhex("300a06082a8648ce3d040302")
    data = edit(certificate(), algorithm, bytes.fromhex("300c06082a8648ce3d0403020500"))
    assert certificates.read(data).key == keys.from_spki(spki())


def walk(data: bytes) -> list[der.Element]:
    found = []
    for element in der.elements(data):
        found.append(element)
        if element.tag & 0x20:
            found += walk(element.content)
    return found


def explicit(curve: ec.EllipticCurve, prime: int, **wrong: bytes) -> tuple[bytes, bytes]:
    """Make a key twice: its curve named, and its curve written out, where `wrong` replaces a parameter."""
    key = ec.generate_private_key(curve)
    point = ec.derive_private_key(1, curve).public_key().public_numbers()
    width = (curve.key_size + 7) // 8
    b = (point.y**2 - point.x**3 + 3 * point.x) % prime
    base = b"\x04" + point.x.to_bytes(width) + point.y.to_bytes(width)
    field = der.write(der.OBJECT_ID, bytes.fromhex("2a8648ce3d0101")) + integer(prime)
    equation = der.write(der.OCTET_STRING, (prime - 3).to_bytes(width))
    equation += wrong.get("b", der.write(der.OCTET_STRING, b.to_bytes(width)))
    parameters = integer(1) + der.write(der.SEQUENCE, field) + der.write(der.SEQUENCE, equation)
    parameters += wrong.get("base", der.write(der.OCTET_STRING, base)) + integer(curve.group_order) + integer(1)
    named = spki(key)
    oid = bytes.fromhex("06072a8648ce3d0201")
    algorithm, bits = der.sequence(named)
    written = der.write(der.SEQUENCE, oid + der.write(der.SEQUENCE, parameters))
    assert algorithm.content.startswith(oid)
    return named, der.write(der.SEQUENCE, written + bits.written)


def integer(value: int) -> bytes:
    return der.write(der.INTEGER, value.to_bytes(value.bit_length() // 8 + 1))


@pytest.mark.parametrize("prime", curves._KNOWN)
def test_a_curve_written_out_is_named_again(prime: int) -> None:
    named, written = explicit(curves._KNOWN[prime][0], prime)
    assert curves.named(written) == curves.named(named) == named
    assert keys.from_spki(written) == keys.from_spki(named)


def test_a_curve_with_another_base_point_or_equation_is_no_curve_of_ours() -> None:
    prime, (curve, _) = next(iter(curves._KNOWN.items()))
    two = ec.derive_private_key(2, curve).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    for wrong in ({"base": der.write(der.OCTET_STRING, two)}, {"b": der.write(der.OCTET_STRING, bytes(32))}):
        assert refusal_of(keys.from_spki, explicit(curve, prime, **wrong)[1]) is Refusal.CURVE


@given(st.binary(max_size=80) | st.binary(max_size=80).map(lambda tail: certificate()[:200] + tail))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read in (certificates.read, keys.from_spki, certificates.is_one):
        try:
            read(data)
        except Refused:
            continue


@given(st.integers(0, 400), st.integers(1, 255))
def test_any_changed_byte_of_a_certificate_is_read_or_refused(at: int, change: int) -> None:
    data = bytearray(certificate(usages=["1.3.6.1.4.1.1847.2021.1.1"], authority=True))
    data[at % len(data)] ^= change
    try:
        certificates.read(bytes(data))
    except Refused:
        return


@pytest.mark.parametrize("given_text", ["a_-8", "a/+8", "a/ +\n8", "YQ", "YQ==", "Y Q ="])
def test_base64_is_read_for_what_it_means(given_text: str) -> None:
    bare = re.sub(r"[\s=]", "", given_text).replace("-", "+").replace("_", "/")
    assert text.base64_any(given_text) == base64.b64decode(bare + "=" * (-len(bare) % 4))


@pytest.mark.parametrize("data", [b"", b"{", b"[NaN]", b"[Infinity]", b"\xff", b"[" * 100_000])
def test_json_that_is_not_one_value_is_refused(data: bytes) -> None:
    assert refusal_of(text.json_value, data) is Refusal.MALFORMED


def test_a_name_given_twice_has_no_meaning() -> None:
    assert refusal_of(text.json_value, b'{"a":1,"a":2}') is Refusal.NAME_TWICE
