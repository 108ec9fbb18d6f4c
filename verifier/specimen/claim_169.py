"""MOSIP identity code specimens."""

import zlib

from trust_registry.model import Algorithm
from verifier.specimen.hc1 import Person, sign1
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.verdict import FormatId
from verifier.wire import base45, cbor

UTOPIA = training_issuer(
    "claim 169 utopia", FormatId.CLAIM_169, "https://id.utopia.example", algorithm=Algorithm.ED25519, key_id=b"key-1"
)
ISSUERS = (UTOPIA,)

_COSE_ALGORITHMS = {Algorithm.ED25519: -8, Algorithm.ES256: -7}


def cwt(person: Person, *, issued: int, expires: int) -> cbor.Map:
    """Make the payload of a code."""
    identity: cbor.Map = {
        1: person.document_number, 2: "1.0", 3: "eng", 4: f"{person.given} {person.family}", 5: person.given,
        7: person.family, 8: person.born.replace("-", ""), 9: 3, 13: "UT",
    }  # fmt: skip
    return {1: UTOPIA.key.issuer, 4: expires, 6: issued, 169: identity}


def symbol(payload: cbor.Map, issuer: TrainingIssuer = UTOPIA, algorithm: int | None = None) -> bytes:
    """Sign a payload and give the text of its symbol."""
    header: cbor.Map = {1: _COSE_ALGORITHMS[issuer.key.algorithm] if algorithm is None else algorithm}
    return carry(sign1(cbor.encode(payload), issuer, {**header, 4: issuer.key.key_id}))


def carry(message: cbor.Value) -> bytes:
    """Compress a message and give the text of its symbol."""
    return base45.encode(zlib.compress(cbor.encode(message), 9))
