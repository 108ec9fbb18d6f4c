"""ecdsa-sd-2023: what is left of a credential when its holder keeps some of its statements back.

The issuer signs the mandatory statements together with a key made for this credential alone, and under that key each
other statement. Blank nodes carry names that tell nothing of what was kept back.
Source: W3C Data Integrity ECDSA Cryptosuites 1.0, sections 3.5 and 3.6.
"""

from dataclasses import dataclass
from hashlib import sha256

from trust_registry.model import Algorithm
from verifier import limits
from verifier.catalogues import contexts
from verifier.presentation import Endorsed, Signed
from verifier.sealed import Sealed
from verifier.verdict import Reason, Reject
from verifier.wire import base64url, cbor, did, jsonld, rdfc
from verifier.wire.json import Object

SUITE = "ecdsa-sd-2023"

_HEADER = b"\xd9\x5d\x01"  # a proof that was derived; the issuer's own, d9 5d 00, is for the holder alone
_SIGNATURE_BYTES, _LABEL_BYTES = 64, 32


@dataclass(frozen=True, slots=True)
class _Value:
    """The parts of a proof's value. `labels` names blank nodes by their canonical names."""

    signature: bytes
    key: bytes  # multicodec
    signatures: tuple[bytes, ...]
    labels: dict[str, str]
    mandatory: frozenset[int]


def covered(credential: Object, options: Object, value: str) -> tuple[Signed, tuple[Endorsed, ...]]:
    """Write what the issuer's signature covers, and each statement with its own signature.

    Raises `Reject`: MALFORMED, UNSUPPORTED_ALGORITHM, and as `jsonld.statements` does.
    """
    proof = _value(value)
    lines = _lines(credential, proof)
    mandatory = "".join(line for place, line in enumerate(lines) if place in proof.mandatory)
    disclosed = [line for place, line in enumerate(lines) if place not in proof.mandatory]
    if len(disclosed) != len(proof.signatures) or max(proof.mandatory, default=0) >= len(lines):
        raise Reject(Reason.MALFORMED)
    algorithm, public_key = did.key(proof.key)
    if algorithm is not Algorithm.ES256:
        raise Reject(Reason.UNSUPPORTED_ALGORITHM)
    hashes = (sha256(part).digest() for part in (_canonical(options), mandatory.encode()))
    message = proof.key.join(hashes)
    endorsed = (
        Endorsed(Signed(Sealed(line.encode()), signature, algorithm), public_key, algorithm)
        for line, signature in zip(disclosed, proof.signatures, strict=True)
    )
    return Signed(Sealed(message), proof.signature, algorithm), tuple(endorsed)


def _canonical(document: Object) -> bytes:
    return jsonld.canonical(document, "sha256", contexts.context)


def _lines(credential: Object, proof: _Value) -> list[str]:
    """Write the statements in order, their blank nodes named as the proof says: all of them, and no other."""
    quads = jsonld.statements(credential, contexts.context)
    named = rdfc.names(quads, "sha256")
    if set(named.values()) != proof.labels.keys():
        raise Reject(Reason.MALFORMED)
    return rdfc.written(quads, {node: proof.labels[canonical] for node, canonical in named.items()})


def _value(text: str) -> _Value:
    """Take a derived proof's value apart."""
    data = base64url.decode(text[1:].encode())
    if text[:1] != "u" or not data.startswith(_HEADER):
        raise Reject(Reason.MALFORMED)
    match cbor.decode(data.removeprefix(_HEADER), shortest=True):
        case [bytes(signature), bytes(key), list(signatures), dict(labels), list(mandatory)]:
            return _Value(signature, key, _signatures(signatures), _labels(labels), _places(mandatory))
        case _:
            raise Reject(Reason.MALFORMED)


def _signatures(listed: list[cbor.Value]) -> tuple[bytes, ...]:
    found = tuple(one for one in listed if isinstance(one, bytes) and len(one) == _SIGNATURE_BYTES)
    if len(found) != len(listed) or len(found) > limits.STATEMENTS:
        raise Reject(Reason.MALFORMED)
    return found


def _labels(table: cbor.Map) -> dict[str, str]:
    """Read the names of blank nodes, which are random to who has not the issuer's key."""
    found = {}
    for number, label in table.items():
        if not isinstance(number, int) or not isinstance(label, bytes) or len(label) != _LABEL_BYTES:
            raise Reject(Reason.MALFORMED)
        found[f"_:c14n{number}"] = f"_:u{base64url.encode(label).decode()}"
    return found


def _places(listed: list[cbor.Value]) -> frozenset[int]:
    found = frozenset(one for one in listed if type(one) is int and one >= 0)
    if len(found) != len(listed):
        raise Reject(Reason.MALFORMED)
    return found
