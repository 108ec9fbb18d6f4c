"""VDS-NC training passes."""

from collections.abc import Iterator
from datetime import date

from verifier.specimen.hc1 import Person
from verifier.specimen.scenarios.scenario import Scenario, ago
from verifier.specimen.vds_nc import ISSUERS, laboratory_test, symbol, vaccination
from verifier.verdict import FormatId, Reason

__all__ = ["ISSUERS", "make"]

_NORA = Person("SPECIMEN", "NORA", "1988-04-12", "U0000001")
_VACCINE, _DISEASE = "XM8NQ0", "RA01.0"


def make(today: date) -> tuple[Scenario, ...]:
    """Make every VDS-NC seal for a day."""
    return tuple(_all(today))


def _all(today: date) -> Iterator[Scenario]:
    two = vaccination(_NORA, [(_VACCINE, _DISEASE, ago(today, days)) for days in (90, 60)])
    yield _scenario("covid-19", "Two doses", symbol(two), "covid-19-vaccinated", Reason.CLAIM_MET)
    one = vaccination(_NORA, [(_VACCINE, _DISEASE, ago(today, 60))])
    yield _scenario("one-dose", "One dose of two", symbol(one), "covid-19-vaccinated", Reason.CLAIM_NOT_MET)
    tested = symbol(laboratory_test(_NORA, f"{ago(today, 1).isoformat()}T12:00:00Z"))
    yield _scenario("tested", "A test that names no disease", tested, "covid-19-3g", Reason.CLAIM_UNDETERMINED)
    yield _scenario("of-age", "The birth date on a seal", symbol(one), "age-over-18", Reason.CLAIM_MET)
    changed = symbol(two).replace(b"NORA", b"NINA")
    yield _scenario("changed", "The name changed after sealing", changed, "authentic", Reason.SIGNATURE_BAD)
    bare = symbol(two, certificate=None)
    yield _scenario("no-certificate", "No certificate, and none held", bare, "authentic", Reason.UNKNOWN_ISSUER)


def _scenario(name: str, story: str, data: bytes, policy: str, expected: Reason) -> Scenario:
    return Scenario(f"vds-nc-{name}", story, data, FormatId.VDS_NC, policy, expected)
