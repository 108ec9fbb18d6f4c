"""New Zealand pass specimens."""

from hashlib import sha256

from verifier.specimen.hc1 import Person, sign1
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.verdict import FormatId
from verifier.wire import base32, cbor

UTOPIA = training_issuer("nzcp utopia", FormatId.NZCP, "did:web:nzcp.health.utopia.example", key_id=b"key-1")
ISSUERS = (UTOPIA,)


def cwt(person: Person, *, not_before: int, expires: int, issuer: str = UTOPIA.key.issuer) -> cbor.Map:
    """Make the payload of a pass."""
    subject: cbor.Map = {"givenName": person.given, "familyName": person.family, "dob": person.born}
    credential: cbor.Map = {
        "@context": ["https://www.w3.org/2018/credentials/v1", "https://nzcp.health.utopia.example/contexts/v1"],
        "version": "1.0.0",
        "type": ["VerifiableCredential", "PublicCovidPass"],
        "credentialSubject": subject,
    }
    identifier = sha256(cbor.encode(subject)).digest()[:16]
    return {1: issuer, 4: expires, 5: not_before, 7: identifier, "vc": credential}


def symbol(payload: cbor.Map, issuer: TrainingIssuer = UTOPIA, protected: cbor.Map | None = None) -> bytes:
    """Sign a payload and give the text of its symbol."""
    header: cbor.Map = {1: -7, 4: issuer.key.key_id}
    return carry(sign1(cbor.encode(payload), issuer, protected or header))


def carry(message: cbor.Value) -> bytes:
    """Give the text of a message's symbol."""
    return b"NZCP:/1/" + base32.encode(cbor.encode(message))
