"""COSE_Sign1: taken apart, with the exact bytes that its signature covers.

What an attacker could move between the two headers counts only where the signature covers it: the algorithm must
stand in the protected header, no label may stand in both, and `crit` is refused because we implement no extension.
Source: RFC 9052 section 3, 4.2 and 4.4.
"""

from dataclasses import dataclass

from trust_registry.model import Algorithm
from verifier.verdict import Reason, Reject
from verifier.wire import cbor, jwk

SIGN1_TAG = 18
CWT_TAG = 61  # RFC 8392 section 6

_ALG, _CRIT, _KID = 1, 2, 4  # RFC 9052 section 3.1
# RFC 9053 section 2, RFC 8230 section 2, RFC 8812 section 2, RFC 9864 section 2.2
_ALGORITHMS: dict[cbor.Value, Algorithm] = {
    -7: Algorithm.ES256,
    -8: Algorithm.ED25519,
    -9: Algorithm.ES256,
    -19: Algorithm.ED25519,
    -35: Algorithm.ES384,
    -36: Algorithm.ES512,
    -37: Algorithm.PS256,
    -38: Algorithm.PS384,
    -39: Algorithm.PS512,
    -47: Algorithm.ES256K,
    -51: Algorithm.ES384,
    -52: Algorithm.ES512,
    -257: Algorithm.RS256,
}
# Key types and curves. Source: RFC 9053 section 7.
_KEY_TYPE, _CURVE, _X, _Y = 1, -1, -2, -3
_CURVES: dict[tuple[cbor.Value, cbor.Value], str] = {
    (1, 6): "Ed25519",
    (2, 1): "P-256",
    (2, 2): "P-384",
    (2, 3): "P-521",
}


@dataclass(frozen=True, slots=True)
class Sign1:
    """A message with one signer. `payload` is `None` where it travels apart; `key_id` is `b""` where none is named."""

    algorithm: Algorithm
    key_id: bytes
    protected: cbor.Map
    unprotected: cbor.Map
    payload: bytes | None
    signature: bytes
    covered_header: bytes

    def covered(self, payload: bytes) -> bytes:
        """Give the bytes that the signature covers. Source: RFC 9052 section 4.4, without external data."""
        return cbor.encode(["Signature1", self.covered_header, b"", payload])


def decode(data: bytes) -> Sign1:
    """Decode one message, untagged, under tag 18, or under 61 and 18; its frame has one spelling.

    Raises `Reject`: MALFORMED, UNSUPPORTED_ALGORITHM.
    """
    value = cbor.decode(data, shortest=True)
    if isinstance(value, cbor.Tagged) and value.number == CWT_TAG and isinstance(value.content, cbor.Tagged):
        value = value.content
    if isinstance(value, cbor.Tagged) and value.number == SIGN1_TAG:
        value = value.content
    return sign1(value)


def sign1(value: cbor.Value) -> Sign1:
    """Take apart a message that was decoded as part of another.

    Raises `Reject`: MALFORMED, UNSUPPORTED_ALGORITHM.
    """
    match value:
        case [bytes(covered_header), dict(unprotected), bytes() | None as payload, bytes(signature)]:
            protected = cbor.decode_map(covered_header, shortest=True) if covered_header else {}
        case _:
            raise Reject(Reason.MALFORMED)
    if not protected.keys().isdisjoint(unprotected) or _CRIT in protected or _CRIT in unprotected:
        raise Reject(Reason.MALFORMED)
    key_id = _key_id(protected.get(_KID, unprotected.get(_KID, b"")))
    return Sign1(_algorithm(protected), key_id, protected, unprotected, payload, signature, covered_header)


def _algorithm(protected: cbor.Map) -> Algorithm:
    if _ALG not in protected:
        raise Reject(Reason.MALFORMED)
    number = protected[_ALG]
    if not isinstance(number, int | str) or number not in _ALGORITHMS:
        raise Reject(Reason.UNSUPPORTED_ALGORITHM)
    return _ALGORITHMS[number]


def _key_id(kid: cbor.Value) -> bytes:
    """Take the key id as bytes; issuers that write text (against RFC 9052) are known by the bytes of that text."""
    match kid:
        case bytes():
            return kid
        case str():
            return kid.encode()
        case _:
            raise Reject(Reason.MALFORMED)


def public_key(key: cbor.Map) -> tuple[Algorithm, bytes]:
    """Give the algorithm of a COSE_Key, and its key as DER SubjectPublicKeyInfo.

    Raises `Reject`: MALFORMED, UNSUPPORTED_ALGORITHM, also for a compressed point. Source: RFC 9052 section 7.
    """
    kind, curve = key.get(_KEY_TYPE), key.get(_CURVE)
    if type(kind) is not int or type(curve) is not int or (kind, curve) not in _CURVES:
        raise Reject(Reason.UNSUPPORTED_ALGORITHM)
    match [key[label] for label in (_X, _Y) if label in key]:
        case [bytes(x)]:
            return jwk.on_curve(_CURVES[kind, curve], [x])
        case [bytes(x), bytes(y)]:
            return jwk.on_curve(_CURVES[kind, curve], [x, y])
        case [bytes(), bool()]:
            raise Reject(Reason.UNSUPPORTED_ALGORITHM)
        case _:
            raise Reject(Reason.MALFORMED)
