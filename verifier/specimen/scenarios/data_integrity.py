"""Data Integrity training passes."""

from collections.abc import Iterator
from datetime import date

from verifier.specimen.data_integrity import EDWARDS, ISSUERS, SMALL, credential, proof, secure, with_value
from verifier.specimen.jose import carry, compact
from verifier.specimen.scenarios.scenario import Scenario, ago
from verifier.verdict import FormatId, Reason
from verifier.wire.json import Object

__all__ = ["ISSUERS", "make"]

_NORA: Object = {"familyName": "Specimen", "givenName": "Nora", "birthDate": "1988-04-12"}
_BY_VALUE, _BY_STATEMENTS = "eddsa-jcs-2022", "eddsa-rdfc-2022"


def make(today: date) -> tuple[Scenario, ...]:
    """Make every Data Integrity credential for a day."""
    return tuple(_all(today))


def _all(today: date) -> Iterator[Scenario]:
    start, end = (f"{day.isoformat()}T00:00:00Z" for day in (ago(today, 30), ago(today, -335)))
    document = credential(start, end, _NORA)
    age, met = "age-over-18", Reason.CLAIM_MET
    signed = compact(secure(document, proof(_BY_VALUE, EDWARDS), EDWARDS))
    yield _scenario("of-age", "Ed25519, signed by value", signed, age, met)
    yield _scenario("carried", "The same in base45", carry(signed), age, met)
    other = compact(secure(document, proof("ecdsa-jcs-2019", SMALL), SMALL))
    yield _scenario("of-age-p-256", "P-256, signed by value", other, age, met)
    changed = signed.replace(b"1988-04-12", b"1978-04-12")
    yield _scenario("changed", "The birth date changed after signing", changed, age, Reason.SIGNATURE_BAD)
    # no PyLD is needed to make this one, and every judge of statements is rehearsed by it
    forged = compact(with_value(document, proof(_BY_STATEMENTS, EDWARDS), bytes(range(64))))
    yield _scenario("forged", "A made-up signature over statements", forged, age, Reason.SIGNATURE_BAD)


def _scenario(name: str, story: str, data: bytes, policy: str, expected: Reason) -> Scenario:
    return Scenario(f"data-integrity-{name}", story, data, FormatId.DATA_INTEGRITY, policy, expected)
