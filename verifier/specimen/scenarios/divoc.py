"""DIVOC training passes. The signature is made up, so that PyLD is needed to judge them and not to make them."""

from datetime import date

from verifier.specimen.divoc import ISSUERS, proof, symbol, vaccination, with_signature
from verifier.specimen.hc1 import Person
from verifier.specimen.scenarios.scenario import Scenario, ago
from verifier.verdict import FormatId, Reason

__all__ = ["ISSUERS", "make"]

_NORA = Person("SPECIMEN", "NORA", "1988-04-12", "U0000001")


def make(today: date) -> tuple[Scenario, ...]:
    """Make every DIVOC credential for a day."""
    document = vaccination(_NORA, ago(today, 60).isoformat())
    data = symbol(with_signature(document, proof(), bytes(range(64))))
    return (
        Scenario(
            "divoc-forged", "A made-up signature", data, FormatId.DIVOC, "covid-19-vaccinated", Reason.SIGNATURE_BAD
        ),
    )
