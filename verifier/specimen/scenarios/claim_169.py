"""MOSIP identity code training passes."""

from collections.abc import Iterator
from datetime import date

from verifier.specimen.claim_169 import ISSUERS, UTOPIA, cwt, symbol
from verifier.specimen.hc1 import Person
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.specimen.scenarios.scenario import Scenario, ago, seconds
from verifier.verdict import FormatId, Reason

__all__ = ["ISSUERS", "make"]

_NORA = Person("Specimen", "Nora", "1988-04-12", "U0000001")
_FORGER = training_issuer(
    "claim 169 scenario forger",
    FormatId.CLAIM_169,
    UTOPIA.key.issuer,
    algorithm=UTOPIA.key.algorithm,
    key_id=UTOPIA.key.key_id,
)


def make(today: date) -> tuple[Scenario, ...]:
    """Make every identity code for a day."""
    return tuple(_all(today))


def _all(today: date) -> Iterator[Scenario]:
    current = _code(today, until=-180)
    yield _scenario("of-age", "The birth date in an identity code", current, "age-over-18", Reason.CLAIM_MET)
    young = _code(today, until=-180, person=Person("Specimen", "Mika", f"{today.year - 10}-01-01", "U0000002"))
    yield _scenario("too-young", "A child's identity code", young, "age-over-18", Reason.CLAIM_NOT_MET)
    forged = _code(today, until=-180, signer=_FORGER)
    yield _scenario("forged", "Signed with somebody else's key", forged, "authentic", Reason.SIGNATURE_BAD)
    yield _scenario("expired", "Expired yesterday", _code(today, until=1), "authentic", Reason.EXPIRED)


def _code(today: date, *, until: int, person: Person = _NORA, signer: TrainingIssuer = UTOPIA) -> bytes:
    issued, expires = (int(seconds(ago(today, days))) for days in (30, until))
    return symbol(cwt(person, issued=issued, expires=expires), signer)


def _scenario(name: str, story: str, data: bytes, policy: str, expected: Reason) -> Scenario:
    return Scenario(f"claim-169-{name}", story, data, FormatId.CLAIM_169, policy, expected)
