"""DIDs that are their own key: did:key and did:jwk. Any other method would have to be asked on a network.

They prove nothing but themselves: whom to trust is the registry's word.
"""

from trust_registry.model import Algorithm
from verifier.verdict import Reason, Reject
from verifier.wire import base64url, json, jwk

_KEY, _JWK = "did:key:z", "did:jwk:"

_BASE58 = {
    character: value for value, character in enumerate("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")
}
_BASE58_CHARACTERS = 140  # the longest that we read, a signature under P-384, has 132

# The multicodec of a key as varint; how long the key is; what stands before it in a DER SubjectPublicKeyInfo. Points
# are compressed. Source: did:key section "Signature Method Creation Algorithm", RFC 5480 section 2, RFC 8410 section 4.
_CODECS = {
    b"\xed\x01": (Algorithm.ED25519, 32, bytes.fromhex("302a300506032b6570032100")),
    b"\x80\x24": (Algorithm.ES256, 33, bytes.fromhex("3039301306072a8648ce3d020106082a8648ce3d030107032200")),
    b"\x81\x24": (Algorithm.ES384, 49, bytes.fromhex("3046301006072a8648ce3d020106052b81040022033200")),
}


def public_key(did: str) -> tuple[Algorithm, bytes] | None:
    """Give the algorithm and the key (DER SubjectPublicKeyInfo) that a DID is; `None` where it is none.

    Raises `Reject`: MALFORMED, UNSUPPORTED_ALGORITHM. Source: did:key 0.9, did:jwk 1.0.
    """
    if did.startswith(_KEY):
        return multikey(did.removeprefix("did:key:"))
    if did.startswith(_JWK):
        return jwk.public_key(json.decode(base64url.decode(did.removeprefix(_JWK).encode())))
    return None


def multikey(text: str) -> tuple[Algorithm, bytes]:
    """Read a public key in multibase and multicodec.

    Raises `Reject`: MALFORMED, UNSUPPORTED_ALGORITHM. Source: W3C Controlled Identifiers 1.0, section 2.2.2.
    """
    return key(base58(text))


def key(data: bytes) -> tuple[Algorithm, bytes]:
    """Read a public key in multicodec. Raises `Reject`: MALFORMED, UNSUPPORTED_ALGORITHM."""
    if data[:2] not in _CODECS:
        raise Reject(Reason.UNSUPPORTED_ALGORITHM)
    algorithm, size, start = _CODECS[data[:2]]
    if len(data) != 2 + size:
        raise Reject(Reason.MALFORMED)
    return algorithm, start + data[2:]


def base58(text: str) -> bytes:
    """Decode base58 with its multibase prefix "z". Raises `Reject(MALFORMED)`."""
    digits = text[1:]
    if text[:1] != "z" or len(text) > _BASE58_CHARACTERS or not _BASE58.keys() >= set(digits):
        raise Reject(Reason.MALFORMED)
    number = 0
    for digit in digits:
        number = number * 58 + _BASE58[digit]
    zeros = len(digits) - len(digits.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8)
