"""New Zealand training passes."""

from collections.abc import Iterator
from datetime import date

from verifier.specimen.hc1 import Person
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.specimen.nzcp import ISSUERS, UTOPIA, cwt, symbol
from verifier.specimen.scenarios.scenario import Scenario, ago, seconds
from verifier.verdict import FormatId, Reason

__all__ = ["ISSUERS", "make"]

_NORA = Person("Specimen", "Nora", "1988-04-12", "U0000001")
_FORGER = training_issuer("nzcp scenario forger", FormatId.NZCP, UTOPIA.key.issuer, key_id=UTOPIA.key.key_id)


def make(today: date) -> tuple[Scenario, ...]:
    """Make every New Zealand pass for a day."""
    return tuple(_all(today))


def _all(today: date) -> Iterator[Scenario]:
    current = _pass(today, until=-180)
    yield _scenario("of-age", "The birth date on a pass", current, "age-over-18", Reason.CLAIM_MET)
    yield _scenario(
        "vaccinated-or-exempt", "A pass that does not say which", current, "covid-19-3g", Reason.CLAIM_UNDETERMINED
    )
    forged = _pass(today, until=-180, signer=_FORGER)
    yield _scenario("forged", "Signed with somebody else's key", forged, "authentic", Reason.SIGNATURE_BAD)
    yield _scenario("expired", "Expired yesterday", _pass(today, until=1), "authentic", Reason.EXPIRED)


def _pass(today: date, *, until: int, signer: TrainingIssuer = UTOPIA) -> bytes:
    start, end = (int(seconds(ago(today, days))) for days in (30, until))
    return symbol(cwt(_NORA, not_before=start, expires=end), signer)


def _scenario(name: str, story: str, data: bytes, policy: str, expected: Reason) -> Scenario:
    return Scenario(f"nzcp-{name}", story, data, FormatId.NZCP, policy, expected)
