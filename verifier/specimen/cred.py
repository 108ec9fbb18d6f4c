"""PathCheck paper credential specimens."""

from urllib.parse import quote

from trust_registry.model import Algorithm
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.verdict import FormatId
from verifier.wire import base32, der

UTOPIA = training_issuer(
    "cred utopia", FormatId.CRED, "PCF.UT.EXAMPLE", algorithm=Algorithm.ES256K, key_id=b"1A9.PCF.UT.EXAMPLE"
)
ISSUERS = (UTOPIA,)


def symbol(fields: list[str], issuer: TrainingIssuer = UTOPIA, *, kind: bytes = b"DGC:1") -> bytes:
    """Sign fields and give the text of their symbol."""
    payload = "/".join(quote(field, safe="'") for field in fields).encode()
    return b":".join((b"CRED", kind, base32.encode(signature(issuer.sign(payload))), issuer.key.key_id, payload))


def signature(raw: bytes) -> bytes:
    """Write r||s as DER."""
    halves = (int.from_bytes(raw[: len(raw) // 2]), int.from_bytes(raw[len(raw) // 2 :]))
    numbers = (der.write(der.INTEGER, half.to_bytes(half.bit_length() // 8 + 1)) for half in halves)
    return der.write(der.SEQUENCE, b"".join(numbers))
