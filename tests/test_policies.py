"""The policies that we ship, and what a policy file may not say."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier import policies
from verifier.catalogues import products
from verifier.policies.actions import Place, objection, usual
from verifier.questions import AllOf, AnyOf, Has
from verifier.truth import Truth
from verifier.verdict import Action, FormatId, Outcome, Reason

SHIPPED = {
    "age-over-18",
    "age-over-18-bound",
    "authentic",
    "covid-19-3g",
    "covid-19-vaccinated",
    "holds-ticket",
    "polio",
    "polio-exit",
    "yellow-fever",
}
BORDER = ("yellow-fever", "polio", "polio-exit")

GOOD = """\
name = "club-18"
version = "1"
asks = "18 years or older"
source = "house rule"
place = "venue"
formats = ["hc1", "mdoc"]
skew_seconds = 60
registry_days = 7
holder = "none"
binding = false
single_use = false
status_required = true

[claim]
kind = "age-at-least"
years = 18

[actions]
"time.expired" = "call-supervisor"
"""


def test_every_shipped_policy_loads_under_its_own_name_with_an_action_for_every_reason() -> None:
    assert set(policies.names()) >= SHIPPED
    for name in policies.names():
        policy = policies.load(name)
        assert policy.name == name
        assert set(policy.actions) == set(Reason)
        assert policy.source
        assert policy.asks


@pytest.mark.parametrize("name", BORDER)
def test_a_border_never_refuses_because_the_claim_is_not_met(name: str) -> None:
    assert policies.load(name).actions[Reason.CLAIM_NOT_MET] is Action.CALL_SUPERVISOR


def test_nobody_is_admitted_or_refused_by_doubt() -> None:
    for name in policies.names():
        for reason, action in policies.load(name).actions.items():
            assert action is not Action.ADMIT or reason is Reason.CLAIM_MET
            assert action is not Action.REFUSE or reason.outcome is Outcome.FAIL


@pytest.mark.parametrize("place", Place)
def test_the_usual_actions_cross_none_of_the_limits(place: Place) -> None:
    for reason, action in usual(place).items():
        assert objection(reason, action, place) is None


def test_a_policy_states_its_formats_and_keeps_the_families_that_are_only_named() -> None:
    formats = policies.parse(GOOD, "club.toml").formats
    assert {FormatId.HC1, FormatId.MDOC, FormatId.HEALTH_LINK, FormatId.MDOC_ENGAGEMENT} <= formats
    assert FormatId.SHC not in formats


def test_an_action_that_a_file_states_replaces_the_usual_one() -> None:
    actions = policies.parse(GOOD, "club.toml").actions
    assert actions[Reason.EXPIRED] is Action.CALL_SUPERVISOR
    assert actions[Reason.NOT_YET_VALID] is Action.ASK_FOR_ANOTHER


def test_parts_nest_and_values_keep_their_type() -> None:
    claim = """\
[claim]
kind = "all-of"
[[claim.parts]]
kind = "has"
path = ["ticket", "event"]
values = ["E-1", 1, true]
[[claim.parts]]
kind = "any-of"
[[claim.parts.parts]]
kind = "authentic"
"""
    question = policies.parse(_with_claim(claim), "x.toml").question
    assert isinstance(question, AllOf)
    has, either = question.questions
    assert has == Has(("ticket", "event"), ("E-1", 1, True))
    assert isinstance(either, AnyOf)


def _with_claim(claim: str) -> str:
    start, end = GOOD.index("[claim]"), GOOD.index("[actions]")
    return GOOD[:start] + claim + GOOD[end:]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('place = "venue"', 'place = "beach"', "x.toml:5: place must be one of: border, venue"),
        ('version = "1"', "version = 1", "x.toml:2: version must be a text of one line, at most 40 characters"),
        ('version = "1"', 'version = "1\\n2"', "x.toml:2: version must be a text of one line, at most 40 characters"),
        ('"club-18"', '"Club 18"', "x.toml:1: name must be lower-case letters, digits and dashes, at most 40"),
        ("skew_seconds = 60", "skew_seconds = 601", "x.toml:7: skew_seconds must be a whole number from 0 to 600"),
        ("skew_seconds = 60", "skew_seconds = true", "x.toml:7: skew_seconds must be a whole number from 0 to 600"),
        ("registry_days = 7", "registry_days = 0", "x.toml:8: registry_days must be a whole number from 1 to 366"),
        ("binding = false", 'binding = "no"', "x.toml:10: binding must be true or false"),
        ("binding = false\n", "", "x.toml:1: binding is missing"),
        ("binding = false", "binding = false\nbindings = true", "x.toml:11: bindings is no key of this table"),
        ('["hc1", "mdoc"]', '["hc1", "hc1"]', "x.toml:6: formats must be a list of different texts, not empty"),
        ('["hc1", "mdoc"]', '["nl2"]', "x.toml:6: formats has nl2, but there are: hc1, shc"),
        ("years = 18", "years = 0", "x.toml:16: claim.years must be a whole number from 1 to 150"),
        ("years = 18", "years = 18\nmonths = 2", "x.toml:17: claim.months is no key of this table"),
        ('kind = "age-at-least"', 'kind = "age"', "x.toml:15: claim.kind must be one of: authentic, vaccinated"),
        ('"time.expired" = "call', '"time.expried" = "call', "x.toml:19: actions.time.expried is no key of this table"),
        ('"call-supervisor"', '"admit"', "x.toml:19: actions.time.expired may not be admit: only claim.met admits"),
        (
            '"time.expired" = "call-supervisor"',
            '"clock.untrusted" = "refuse"',
            "x.toml:19: actions.clock.untrusted may not be refuse: the station is not sure",
        ),
        ("binding = false", "binding = ", "x.toml:10: not TOML: invalid value"),
        ("binding = false", "binding = false\nbinding = true", "x.toml:11: not TOML: cannot overwrite a value"),
    ],
)
def test_a_bad_file_is_refused_with_file_line_and_key(old: str, new: str, fault: str) -> None:
    assert old in GOOD
    with pytest.raises(policies.PolicyError) as raised:
        policies.parse(GOOD.replace(old, new, 1), "x.toml")
    assert str(raised.value).startswith(fault)
    assert "\n" not in str(raised.value)


def test_a_border_file_may_not_refuse_for_a_claim_that_is_not_met() -> None:
    text = GOOD.replace('"venue"', '"border"').replace(
        '"time.expired" = "call-supervisor"', '"claim.not-met" = "refuse"'
    )
    with pytest.raises(
        policies.PolicyError, match=r"^x\.toml:19: actions\.claim\.not-met may not be refuse at a border"
    ):
        policies.parse(text, "x.toml")


@pytest.mark.parametrize(
    ("claim", "fault"),
    [
        ("[claim]\nkind = 'any-of'\nparts = []\n", "x.toml:16: claim.parts must be a list of tables, not empty"),
        (
            "[claim]\nkind = 'any-of'\n[[claim.parts]]\nkind = 'authentic'\n[[claim.parts]]\nkind = 'no'\n",
            "x.toml:19: claim.parts.kind must be one of",
        ),
        (
            "[claim]\nkind = 'vaccinated'\ndisease = 'polio'\nproducts = 'who-polio'\nleast = '10 weeks'\n",
            'x.toml:18: claim.least must be a length like "10 days" or "12 months"',
        ),
        (
            "[claim]\nkind = 'vaccinated'\ndisease = 'pox'\nproducts = 'who-polio'\nleast = '10 days'\n",
            "x.toml:16: claim.disease must be one of: covid-19, polio, yellow-fever",
        ),
        (
            "[claim]\nkind = 'vaccinated'\ndisease = 'polio'\nproducts = 'polio'\nleast = '10 days'\n",
            "x.toml:17: claim.products must be one of:",
        ),
        (
            "[claim]\nkind = 'tested'\ndisease = 'covid-19'\n",
            "x.toml:14: claim.molecular_hours or antigen_hours must",
        ),
        (
            "[claim]\nkind = 'has'\npath = ['a']\nvalues = [1.5]\n",
            "x.toml:17: claim.values must be a list of texts",
        ),
        ("claim = 3\n", "x.toml:13: claim must be a table"),
        (
            "[claim]\nkind = 'any-of'\n"
            + "".join(f"[[claim{'.parts' * depth}]]\nkind = 'all-of'\n" for depth in range(1, 5)),
            "x.toml:21: claim.parts.parts.parts.kind may not be all-of here: parts are nested too deep",
        ),
    ],
)
def test_a_bad_claim_is_refused(claim: str, fault: str) -> None:
    text = _with_claim(claim) if claim.startswith("[") else GOOD[: GOOD.index("\n[claim]")] + claim
    with pytest.raises(policies.PolicyError) as raised:
        policies.parse(text, "x.toml")
    assert str(raised.value).startswith(fault)


@given(st.text(max_size=200))
def test_any_text_is_a_policy_or_one_line(text: str) -> None:
    with pytest.raises(policies.PolicyError) as raised:
        policies.parse(text, "x.toml")
    assert len(str(raised.value).splitlines()) == 1


@given(st.data())
def test_a_policy_with_any_stretch_cut_out_is_a_policy_or_one_line(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(start, len(GOOD)))
    try:
        policies.parse(GOOD[:start] + GOOD[end:], "x.toml")
    except policies.PolicyError as error:
        assert len(str(error).splitlines()) == 1  # noqa: PT017 - either outcome is right


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    missing, binary, large = tmp_path / "none.toml", tmp_path / "binary.toml", tmp_path / "large.toml"
    binary.write_bytes(b"\xff\xfe")
    large.write_text("# " + "x" * policies.FILE_BYTES)
    for path, fault in ((missing, "cannot be read"), (binary, "is not UTF-8 text"), (large, "is larger than")):
        with pytest.raises(policies.PolicyError, match=fault):
            policies.read(path)
    with pytest.raises(policies.PolicyError, match="no policy of that name; there are: age-over-18"):
        policies.load("../club")


def test_the_catalogue_tells_listed_known_and_unknown_products_apart() -> None:
    assert products.lists() >= {"who-yellow-fever", "who-polio", "who-polio-exit", "who-or-eu-covid-19"}
    assert products.listed("EU/1/20/1528", "who-or-eu-covid-19") is Truth.TRUE
    assert products.listed("cvx:208", "who-or-eu-covid-19") is Truth.TRUE
    assert products.listed("Sputnik-V", "who-or-eu-covid-19") is Truth.FALSE
    assert products.listed("cvx:213", "who-or-eu-covid-19") is Truth.UNKNOWN  # "unspecified"
    assert products.listed(None, "who-or-eu-covid-19") is Truth.UNKNOWN
    novel = "PolioVaccineNovelOralnOPProduct278e9af5dc50904dd144a7ceb4d42dd7"
    assert products.listed(novel, "who-polio") is Truth.TRUE
    assert products.listed(novel, "who-polio-exit") is Truth.FALSE
    assert products.disease(novel) == "polio"
    assert products.disease("nobody's") is None
