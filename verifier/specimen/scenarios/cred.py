"""PathCheck training passes."""

from datetime import date

from verifier.specimen.cred import ISSUERS, symbol
from verifier.specimen.scenarios.scenario import Scenario
from verifier.verdict import FormatId, Reason

__all__ = ["ISSUERS", "make"]


def make(_today: date) -> tuple[Scenario, ...]:
    """Make every paper credential; none of them has a date that counts."""
    card = symbol(["SPECIMEN", "NORA", "1"])
    unread = "A card whose fields say nothing"
    return (
        Scenario("cred-genuine", "A genuine card", card, FormatId.CRED, "authentic", Reason.CLAIM_MET),
        Scenario("cred-open", unread, card, FormatId.CRED, "covid-19-3g", Reason.CLAIM_UNDETERMINED),
    )
