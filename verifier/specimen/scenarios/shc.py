"""SMART Health Card training passes."""

from collections.abc import Iterator
from datetime import date

from verifier.specimen.hc1 import Person
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.specimen.scenarios.scenario import Scenario, ago, seconds
from verifier.specimen.shc import ISSUERS, UTOPIA, Resource, card, dose, laboratory_test, patient, sign, symbol
from verifier.verdict import FormatId, Reason

__all__ = ["ISSUERS", "make"]

_NORA = patient(Person("SPECIMEN", "NORA", "1988-04-12", "U0000001"))
_FORGER = training_issuer("shc forger", FormatId.SHC, UTOPIA.key.issuer, key_id=UTOPIA.key.key_id)
_POSITIVE = "260373001"


def make(today: date) -> tuple[Scenario, ...]:
    """Make every SMART Health Card for a day."""
    return tuple(_all(today))


def _all(today: date) -> Iterator[Scenario]:
    two = [dose(ago(today, days)) for days in (90, 60)]
    yield _scenario(
        "covid-19", "Two doses, counted by date", _card(today, two), "covid-19-vaccinated", Reason.CLAIM_MET
    )
    one = _card(today, two[1:])
    yield _scenario("one-dose", "One dose of two", one, "covid-19-vaccinated", Reason.CLAIM_NOT_MET)
    taken = f"{ago(today, 1).isoformat()}T12:00:00Z"
    tested = _card(today, [laboratory_test(taken)])
    yield _scenario("tested", "A negative test of yesterday", tested, "covid-19-3g", Reason.CLAIM_MET)
    positive = _card(today, [laboratory_test(taken, result=_POSITIVE)])
    yield _scenario("tested-positive", "A positive test", positive, "covid-19-3g", Reason.CLAIM_NOT_MET)
    yield _scenario("of-age", "The birth date on a card", one, "age-over-18", Reason.CLAIM_MET)
    forged = _card(today, two, _FORGER)
    yield _scenario("forged", "Signed with somebody else's key", forged, "authentic", Reason.SIGNATURE_BAD)
    expired = _card(today, two, expires=seconds(ago(today, 1)))
    yield _scenario("expired", "Expired yesterday", expired, "authentic", Reason.EXPIRED)


def _card(
    today: date, resources: list[Resource], signer: TrainingIssuer = UTOPIA, expires: float | None = None
) -> bytes:
    return symbol(sign(card([_NORA, *resources], not_before=seconds(ago(today, 30)), expires=expires), signer))


def _scenario(name: str, story: str, data: bytes, policy: str, expected: Reason) -> Scenario:
    return Scenario(f"shc-{name}", story, data, FormatId.SHC, policy, expected)
