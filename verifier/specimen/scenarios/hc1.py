"""HC1 training passes: what borders and venues meet, and each way in which a pass goes wrong."""

from collections.abc import Iterator
from datetime import date

from verifier.specimen.hc1 import (
    ISSUERS,
    RURITANIA_TESTS,
    UTOPIA,
    Person,
    cwt,
    dcc,
    ddcc_vaccination,
    icvp,
    laboratory_test,
    light,
    recovery,
    symbol,
    vaccination,
)
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.specimen.scenarios.scenario import Scenario, ago, seconds
from verifier.verdict import FormatId, Reason
from verifier.wire import cbor

__all__ = ["ISSUERS", "make"]

_NORA = Person("SPECIMEN", "NORA", "1988-04-12", "U0000001")
_YELLOW_FEVER = "YellowFeverProductd2c75a15ed309658b3968519ddb31690"
_IPV = "PolioVaccineInactivatedIProduct532ef986c8042bbb15fee24056fdc4ed"
_NOWHERE = training_issuer("hc1 nowhere", FormatId.HC1, "XN")
_FORGER = training_issuer("hc1 forger", FormatId.HC1, "UT", key_id=UTOPIA.key.key_id)
_DDCC, _ICVP = 3, -6


def make(today: date) -> tuple[Scenario, ...]:
    """Make every HC1 training pass for a day."""
    return (*_at_borders(today), *_at_venues(today), *_gone_wrong(today))


def _at_borders(today: date) -> Iterator[Scenario]:
    def dose(name: str, story: str, product: str, days: int, policy: str, expected: Reason) -> Scenario:
        content = icvp(_NORA, [(product, ago(today, days))])
        return _scenario(name, story, _payload(today, content, _ICVP), policy, expected)

    met, not_met, unknown = Reason.CLAIM_MET, Reason.CLAIM_NOT_MET, Reason.CLAIM_UNDETERMINED
    yield dose("yellow-fever", "Yellow fever, 20 days ago", _YELLOW_FEVER, 20, "yellow-fever", met)
    yield dose("yellow-fever-fresh", "Yellow fever, 5 days ago", _YELLOW_FEVER, 5, "yellow-fever", not_met)
    yield dose("unknown-product", "A product that no list holds", "Unlisted", 20, "yellow-fever", unknown)
    yield dose("polio", "Polio, half a year ago", _IPV, 180, "polio-exit", met)
    yield dose("polio-fresh", "Polio, a week ago", _IPV, 7, "polio-exit", unknown)
    yield dose("polio-old", "Polio, two years ago", _IPV, 730, "polio-exit", not_met)
    yield dose("other-disease", "Yellow fever where polio is asked", _YELLOW_FEVER, 20, "polio", not_met)


def _at_venues(today: date) -> Iterator[Scenario]:
    met, not_met = Reason.CLAIM_MET, Reason.CLAIM_NOT_MET
    two = _payload(today, dcc(_NORA, v=[vaccination(ago(today, 60))]))
    yield _scenario("covid-19", "COVID-19, second of two doses", two, "covid-19-vaccinated", met)
    one = _payload(today, dcc(_NORA, v=[vaccination(ago(today, 60), dose=1)]))
    yield _scenario("covid-19-first-dose", "COVID-19, first of two doses", one, "covid-19-vaccinated", not_met)
    booster = _payload(today, dcc(_NORA, v=[vaccination(ago(today, 1), dose=3, doses=3)]))
    yield _scenario("covid-19-booster", "COVID-19, a booster yesterday", booster, "covid-19-vaccinated", met)
    who = _payload(today, ddcc_vaccination(_NORA, ago(today, 60)), _DDCC)
    yield _scenario("covid-19-who", "COVID-19, a WHO certificate", who, "covid-19-vaccinated", met)
    ill = _payload(today, dcc(_NORA, r=[recovery(ago(today, 40), ago(today, 29), ago(today, -140))]))
    yield _scenario("recovered", "Recovered, positive 40 days ago", ill, "covid-19-3g", met)
    clear = _payload(today, dcc(_NORA, t=[laboratory_test(_evening(today))]))
    yield _scenario("tested", "Tested negative last evening", clear, "covid-19-3g", met)
    found = _payload(today, dcc(_NORA, t=[laboratory_test(_evening(today), detected=True)]))
    yield _scenario("tested-positive", "Tested positive last evening", found, "covid-19-3g", not_met)
    for name, story, born, expected in (
        ("adult", "Born 1988", _NORA.born, met),
        ("minor", "Sixteen years old", f"{today.year - 16}-01-01", not_met),
    ):
        content = light(Person("SPECIMEN", "ROBIN", born, "U0000002"))
        payload = cwt(content, issued=seconds(ago(today, 1)), expires=seconds(ago(today, -2)), claim=-250)
        text = symbol(payload, UTOPIA, prefix=b"LT1:")
        yield Scenario(f"hc1-{name}", story, text, FormatId.HC1, "age-over-18", expected)


def _gone_wrong(today: date) -> Iterator[Scenario]:
    content = icvp(_NORA, [(_YELLOW_FEVER, ago(today, 400))])
    good = _payload(today, content, _ICVP)

    def wrong(name: str, story: str, expected: Reason, payload: cbor.Map, issuer: TrainingIssuer = UTOPIA) -> Scenario:
        return _scenario(name, story, payload, "yellow-fever", expected, issuer)

    old = cwt(content, issued=seconds(ago(today, 390)), expires=seconds(ago(today, 25)), sub_claim=_ICVP)
    yield wrong("expired", "Expired 25 days ago", Reason.EXPIRED, old)
    early = cwt(content, issued=seconds(ago(today, -30)), expires=seconds(ago(today, -365)), sub_claim=_ICVP)
    yield wrong("not-yet-valid", "Valid in 30 days", Reason.NOT_YET_VALID, early)
    yield wrong("unknown-issuer", "An issuer in no registry", Reason.UNKNOWN_ISSUER, good, _NOWHERE)
    yield wrong("forged", "Signed by somebody else", Reason.SIGNATURE_BAD, good, _FORGER)
    abroad = {**good, 1: "XR"}
    yield wrong("wrong-scope", "An issuer of tests signs a dose", Reason.NOT_AUTHORISED, abroad, RURITANIA_TESTS)


def _payload(today: date, content: cbor.Map, sub_claim: int = 1) -> cbor.Map:
    """Put a content into a CWT of last month, good for a year."""
    return cwt(content, issued=seconds(ago(today, 30)), expires=seconds(ago(today, -335)), sub_claim=sub_claim)


def _scenario(
    name: str, story: str, payload: cbor.Map, policy: str, expected: Reason, issuer: TrainingIssuer = UTOPIA
) -> Scenario:
    return Scenario(f"hc1-{name}", story, symbol(payload, issuer), FormatId.HC1, policy, expected)


def _evening(today: date) -> str:
    return f"{ago(today, 1).isoformat()}T18:00:00Z"
