"""The rules of a country beside a policy: met, not met, open, in force, and absent from the registry."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date

import pytest

from trust_registry.model import HeldTrust
from verifier import policies
from verifier.certlogic import RuleError, rules
from verifier.context import NOT_ASKED, Context, Mode
from verifier.decide import decide
from verifier.instant import Instant
from verifier.specimen.scenarios import keys, scenarios
from verifier.specimen.scenarios.scenario import seconds
from verifier.truth import Truth
from verifier.verdict import Reason

TODAY = date(2026, 11, 24)
SYMBOLS = {scenario.name: scenario.symbol for scenario in scenarios(TODAY)}
POLICY = """\
name = "entry"
version = "1"
asks = "what UT asks of those who enter"
source = "the rules of UT"
place = "border"
formats = ["hc1", "shc"]
skew_seconds = 60
registry_days = 7
holder = "none"
binding = false
single_use = false
status_required = true
[claim]
kind = "authentic"
[rules]
set = "eu-dcc-rules/UT"
value_sets = "eu-dcc-value-sets"
country = "UT"
"""
VALUE_SETS = {"vaccines": ["EU/1/20/1528"]}


def rule(logic: object, **fields: str) -> dict[str, object]:
    usual = {
        "Identifier": "VR-UT-0001", "Type": "Acceptance", "Version": "1.0.0", "Engine": "CERTLOGIC",
        "CertificateType": "Vaccination", "ValidFrom": "2026-01-01T00:00:00Z", "ValidTo": "2030-01-01T00:00:00Z",
    }  # fmt: skip
    return {**usual, **fields, "Logic": logic}


LISTED = rule({"in": [{"var": "payload.v.0.mp"}, {"var": "external.valueSets.vaccines"}]})
NOBODY = rule({"===": [1, 2]})
BROKEN = rule({"+": [{"var": "payload.v.0.mp"}, 1]})


def judged(name: str, held: Sequence[object] | None, *, hour: float = 9, wide: float = 0) -> Reason | None:
    resources: Mapping[str, bytes] = {
        **({} if held is None else {"eu-dcc-rules/UT": json.dumps(held).encode()}),
        "eu-dcc-value-sets": json.dumps(VALUE_SETS).encode(),
    }
    now = seconds(TODAY) + hour * 3600
    trust = HeldTrust(now, keys(), resources=resources)
    context = Context(Mode.TRAINING, NOT_ASKED, NOT_ASKED, NOT_ASKED, seen_before=False)
    policy = policies.parse(POLICY, "entry.toml")
    verdict = decide(SYMBOLS[name], trust, policy, Instant.between(now, now + wide * 3600, UTC), context)
    return None if verdict is None else verdict.reason


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([LISTED], Reason.CLAIM_MET),
        ([LISTED, {**NOBODY, "Identifier": "VR-UT-0002"}], Reason.CLAIM_NOT_MET),
        ([LISTED, {**BROKEN, "Identifier": "VR-UT-0002"}], Reason.CLAIM_UNDETERMINED),
        ([{**NOBODY, "CertificateType": "Test"}], Reason.CLAIM_MET),  # for another kind
        ([{**NOBODY, "CertificateType": "General"}], Reason.CLAIM_NOT_MET),
        ([{**NOBODY, "ValidTo": "2026-11-01T00:00:00Z"}], Reason.CLAIM_MET),  # no longer in force
        ([NOBODY, {**LISTED, "Version": "1.0.10"}, {**NOBODY, "Version": "1.0.9"}], Reason.CLAIM_MET),  # the newest
        ([{**LISTED, "Version": "2.0.0", "ValidFrom": "2027-01-01T00:00:00Z"}, NOBODY], Reason.CLAIM_NOT_MET),
        ([rule({"===": [{"var": "external.countryCode"}, {"var": "external.issuerCountryCode"}]})], Reason.CLAIM_MET),
        (None, Reason.POLICY_UNAVAILABLE),
        ([{**LISTED, "Type": "Invalidation"}], Reason.POLICY_UNAVAILABLE),
        ([{**LISTED, "Engine": "CQL"}], Reason.POLICY_UNAVAILABLE),
        ([{**LISTED, "Logic": {"or": [1, 2]}}], Reason.POLICY_UNAVAILABLE),
        ([{**LISTED, "Version": "one"}], Reason.POLICY_UNAVAILABLE),
        (["no rule"], Reason.POLICY_UNAVAILABLE),
    ],
)
def test_the_rules_in_force_must_accept(held: Sequence[object] | None, expected: Reason) -> None:
    assert judged("hc1-covid-19", held) is expected


def test_a_rule_that_turns_within_the_hour_is_undetermined_for_an_unsure_clock() -> None:
    clock = {"plusTime": [{"var": "external.validationClock"}, 0, "hour"]}
    noon = rule({"before": [clock, {"plusTime": ["2026-11-24T12:00:00Z", 0, "hour"]}]})
    assert judged("hc1-covid-19", [noon], hour=11.5) is Reason.CLAIM_MET
    assert judged("hc1-covid-19", [noon], hour=12) is Reason.CLAIM_NOT_MET
    assert judged("hc1-covid-19", [noon], hour=11.5, wide=1) is Reason.CLAIM_UNDETERMINED


def test_rules_say_nothing_of_another_kind_of_credential() -> None:
    assert judged("shc-covid-19", [LISTED]) is Reason.CLAIM_UNDETERMINED
    assert judged("hc1-yellow-fever", [LISTED]) is Reason.CLAIM_UNDETERMINED


@pytest.mark.parametrize("data", [b"", b"{}", b"[" * 100_000, b"\xff", b"[1]"])
def test_a_rule_set_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(RuleError):
        rules.read(data)


def test_no_rules_ask_nothing() -> None:
    assert rules.answer((), {}, {}, Instant.between(0.0, 0.0, UTC)) is Truth.TRUE
