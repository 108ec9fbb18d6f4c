"""SMART Health Card specimens: FHIR resources, the card around them, and the signed text of its symbols."""

import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256

from trust_registry.model import Algorithm
from verifier.specimen.hc1 import Person
from verifier.specimen.issuers import TrainingIssuer, derive, public_bytes, training_issuer
from verifier.verdict import FormatId
from verifier.wire import base64url

Resource = Mapping[str, object]


def _issuer(label: str, address: str) -> TrainingIssuer:
    """Make an issuer whose key id is the thumbprint of its key. Source: RFC 7638."""
    return training_issuer(label, FormatId.SHC, address, key_id=_thumbprint(label))


def _thumbprint(label: str) -> bytes:
    point = public_bytes(derive(label, Algorithm.ES256))[-64:]
    x, y = (base64url.encode(half).decode() for half in (point[:32], point[32:]))
    return base64url.encode(sha256(f'{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}'.encode()).digest())


UTOPIA = _issuer("shc utopia", "https://health.utopia.example/shc")
RURITANIA = _issuer("shc ruritania", "https://health.ruritania.example/shc")
ISSUERS = (UTOPIA, RURITANIA)


def patient(person: Person) -> Resource:
    """Make the one whom the card is about."""
    names = [{"family": person.family.title(), "given": [person.given.title()]}]
    return {"resourceType": "Patient", "name": names, "birthDate": person.born}


def dose(given: date | str, *, cvx: str = "208", status: str = "completed") -> Resource:
    """Make a dose of a vaccine by its CVX code."""
    return {
        "resourceType": "Immunization", "status": status, "vaccineCode": _concept("http://hl7.org/fhir/sid/cvx", cvx),
        "patient": {"reference": "resource:0"}, "occurrenceDateTime": str(given), "lotNumber": "TRAINING",
    }  # fmt: skip


def laboratory_test(taken: str, *, kind: str = "94500-6", result: str = "260415000", status: str = "final") -> Resource:
    """Make a test by its LOINC code, with its result by SNOMED CT; `taken` is a FHIR dateTime."""
    return {
        "resourceType": "Observation", "status": status, "code": _concept("http://loinc.org", kind),
        "subject": {"reference": "resource:0"}, "effectiveDateTime": taken,
        "valueCodeableConcept": _concept("http://snomed.info/sct", result),
    }  # fmt: skip


def _concept(system: str, code: str) -> Resource:
    return {"coding": [{"system": system, "code": code}]}


def card(
    resources: Sequence[Resource], *, not_before: float, expires: float | None = None, issuer: TrainingIssuer = UTOPIA
) -> dict[str, object]:
    """Put resources into the payload of a card."""
    entries = [{"fullUrl": f"resource:{at}", "resource": resource} for at, resource in enumerate(resources)]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    end = {} if expires is None else {"exp": expires}
    return {
        "iss": issuer.key.issuer,
        "nbf": not_before,
        **end,
        "vc": {
            "type": ["https://smarthealth.cards#health-card"],
            "credentialSubject": {"fhirVersion": "4.0.1", "fhirBundle": bundle},
        },
    }


def sign(
    payload: Mapping[str, object], issuer: TrainingIssuer = UTOPIA, header: Mapping[str, object] | None = None
) -> bytes:
    """Sign a payload as a compact JWS; members of `header` stand in the place of the usual ones."""
    usual = {"zip": "DEF", "alg": "ES256", "kid": issuer.key.key_id.decode()}
    return sign_bytes(deflate(_compact(payload)), issuer, usual | dict(header or {}))


def sign_bytes(payload: bytes, issuer: TrainingIssuer, header: Mapping[str, object]) -> bytes:
    """Sign bytes as they are under a header as it is."""
    message = base64url.encode(_compact(header)) + b"." + base64url.encode(payload)
    return message + b"." + base64url.encode(issuer.sign(message))


def deflate(data: bytes) -> bytes:
    """Compress to a bare deflate stream."""
    return zlib.compress(data, 9, -zlib.MAX_WBITS)


def symbol(jws: bytes) -> bytes:
    """Give the text of the one symbol of a card."""
    return b"shc:/" + _digits(jws)


def symbols(jws: bytes, parts: int) -> list[bytes]:
    """Give the texts of several symbols that hold a card together."""
    size = -(-len(jws) // parts)
    pieces = [jws[start : start + size] for start in range(0, len(jws), size)]
    return [b"shc:/%d/%d/" % (at, len(pieces)) + _digits(piece) for at, piece in enumerate(pieces, 1)]


def _digits(text: bytes) -> bytes:
    return b"".join(b"%02d" % (code - 45) for code in text)


def _compact(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
