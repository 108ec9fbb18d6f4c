"""Turns what lists call a key into key material that a gate may use: one encoding, one algorithm, within bounds.

All judgement of keys happens here, once, when a registry is built; the gate believes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from trust_registry.importers import curves, text, weakness
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.model import Algorithm
from verifier import limits
from verifier.verdict import Reject
from verifier.wire import base64url
from verifier.wire.json import Json, Object, as_array, as_text

_CURVES: Mapping[str, tuple[ec.EllipticCurve, Algorithm]] = {
    "P-256": (ec.SECP256R1(), Algorithm.ES256),
    "P-384": (ec.SECP384R1(), Algorithm.ES384),
    "P-521": (ec.SECP521R1(), Algorithm.ES512),
    "secp256k1": (ec.SECP256K1(), Algorithm.ES256K),
}
_ALGORITHMS = {curve.name: algorithm for curve, algorithm in _CURVES.values()}
_RSA = (Algorithm.PS256, Algorithm.PS384, Algorithm.PS512, Algorithm.RS256)
_SPELLINGS = {"EdDSA": Algorithm.ED25519, **{algorithm.value: algorithm for algorithm in Algorithm}}

# Source: RFC 7517 section 9.3, RFC 7518 section 6: any of these members makes a JWK a private or a secret key.
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})

_PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class KeyMaterial:
    """A public key within our bounds: DER SubjectPublicKeyInfo, and the one algorithm it is used with."""

    algorithm: Algorithm
    public_key: bytes


def from_spki(der: bytes, rsa_algorithm: Algorithm = Algorithm.PS256) -> KeyMaterial:
    """Read a DER SubjectPublicKeyInfo; a curve written out in parameters is named again. Raises `Refused`."""
    try:
        key = load_der_public_key(curves.named(der))
    except Reject:
        raise Refused(Refusal.MALFORMED) from None
    except UnsupportedAlgorithm:
        raise Refused(Refusal.KEY_TYPE) from None
    except (ValueError, TypeError):
        raise Refused(Refusal.KEY_MALFORMED) from None
    if not isinstance(key, _PublicKey):
        raise Refused(Refusal.KEY_TYPE)
    return _bounded(key, rsa_algorithm)


def from_jwk(jwk: Mapping[str, Json]) -> KeyMaterial:
    """Read a public JWK that may sign; refuse one with private members. Raises `Refused`.

    Coordinates may be of another width and base64 alphabet than they should: the number counts.
    Source: RFC 7517, RFC 7518 section 6, RFC 8037.
    """
    if is_private(jwk):
        raise Refused(Refusal.PRIVATE_KEY)
    if jwk.get("use", "sig") != "sig" or "verify" not in as_array(jwk.get("key_ops", ["verify"])):
        raise Refused(Refusal.NOT_A_SIGNER)
    return used_with(_bounded(_public_key(jwk), Algorithm.PS256), _stated_algorithm(jwk))


def used_with(material: KeyMaterial, algorithm: Algorithm | None) -> KeyMaterial:
    """Give the key with the algorithm that its publisher states. Raises `Refused(ALGORITHM)` where it does not fit."""
    if algorithm in _RSA and material.algorithm in _RSA:
        return replace(material, algorithm=algorithm)
    if algorithm not in (None, material.algorithm):
        raise Refused(Refusal.ALGORITHM)
    return material


def is_private(jwk: Mapping[str, Json]) -> bool:
    """Tell a JWK that gives a private or a shared secret away."""
    return not _PRIVATE.isdisjoint(jwk)


def without_private_members(jwk: Mapping[str, Json]) -> Object:
    """Give the public half of a JWK, to tell whose key has to be denied."""
    return {name: value for name, value in jwk.items() if name not in _PRIVATE}


def thumbprint(material: KeyMaterial) -> str:
    """Give the JWK thumbprint, as lists write it. Source: RFC 7638 sections 3.2 and 3.3, RFC 8037 appendix A.3."""
    match load_der_public_key(material.public_key):
        case ec.EllipticCurvePublicKey() as key:
            name = next(name for name, (curve, _) in _CURVES.items() if curve.name == key.curve.name)
            width, numbers = (key.key_size + 7) // 8, key.public_numbers()
            x, y = (_base64url(number.to_bytes(width)) for number in (numbers.x, numbers.y))
            required = f'{{"crv":"{name}","kty":"EC","x":"{x}","y":"{y}"}}'
        case rsa.RSAPublicKey() as key:
            e, n = (_base64url(_bytes(number)) for number in (key.public_numbers().e, key.public_numbers().n))
            required = f'{{"e":"{e}","kty":"RSA","n":"{n}"}}'
        case ed25519.Ed25519PublicKey() as key:
            required = f'{{"crv":"Ed25519","kty":"OKP","x":"{_base64url(key.public_bytes_raw())}"}}'
    return _base64url(sha256(required.encode()).digest())


def _stated_algorithm(jwk: Mapping[str, Json]) -> Algorithm | None:
    if jwk.get("alg") is None:
        return None
    stated = _SPELLINGS.get(as_text(jwk["alg"]))
    if stated is None:
        raise Refused(Refusal.ALGORITHM)
    return stated


def _public_key(jwk: Mapping[str, Json]) -> _PublicKey:
    try:
        match jwk.get("kty"), jwk.get("crv"):
            case "EC", str(name) if name in _CURVES:
                curve = _CURVES[name][0]
                return ec.EllipticCurvePublicNumbers(_number(jwk, "x"), _number(jwk, "y"), curve).public_key()
            case "OKP", "Ed25519":
                return ed25519.Ed25519PublicKey.from_public_bytes(_member(jwk, "x"))
            case "RSA", _:
                return rsa.RSAPublicNumbers(_number(jwk, "e"), _rsa_modulus(jwk)).public_key()
            case (("EC" | "OKP"), _):
                raise Refused(Refusal.CURVE)
            case _:
                raise Refused(Refusal.KEY_TYPE)
    except (ValueError, UnsupportedAlgorithm):
        raise Refused(Refusal.KEY_MALFORMED) from None


def _rsa_modulus(jwk: Mapping[str, Json]) -> int:
    """Look at the length first: the library works for seconds on a modulus of 65,536 bits."""
    modulus = _number(jwk, "n")
    if not limits.RSA_BITS_LEAST <= modulus.bit_length() <= limits.RSA_BITS_MOST:
        raise Refused(Refusal.RSA_SIZE)
    return modulus


def _bounded(key: _PublicKey, rsa_algorithm: Algorithm) -> KeyMaterial:
    match key:
        case ec.EllipticCurvePublicKey():
            if key.curve.name not in _ALGORITHMS:
                raise Refused(Refusal.CURVE)
            algorithm = _ALGORITHMS[key.curve.name]
        case rsa.RSAPublicKey():
            _check_rsa(key)
            algorithm = rsa_algorithm
        case ed25519.Ed25519PublicKey():
            if weakness.has_small_order(key.public_bytes_raw()):
                raise Refused(Refusal.WEAK_KEY)
            algorithm = Algorithm.ED25519
    return KeyMaterial(algorithm, key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def _check_rsa(key: rsa.RSAPublicKey) -> None:
    numbers = key.public_numbers()
    if not limits.RSA_BITS_LEAST <= key.key_size <= limits.RSA_BITS_MOST:
        raise Refused(Refusal.RSA_SIZE)
    if numbers.e != limits.RSA_EXPONENT:
        raise Refused(Refusal.RSA_EXPONENT)
    if weakness.is_roca(numbers.n):
        raise Refused(Refusal.WEAK_KEY)


def _member(jwk: Mapping[str, Json], name: str) -> bytes:
    return text.base64_any(as_text(jwk.get(name)))


def _number(jwk: Mapping[str, Json], name: str) -> int:
    return int.from_bytes(_member(jwk, name))


def _bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8)


def _base64url(data: bytes) -> str:
    return base64url.encode(data).decode()
