"""What policies ask, on each edge: the day, the hour, the partial date, the unsure clock, the unknown product."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.claims import AgeOver, Attribute, Birth, Claim, Recovery, Test, Vaccination
from verifier.instant import Days, Instant
from verifier.questions import (
    AgeAtLeast,
    AllOf,
    AnyOf,
    Authentic,
    Has,
    Question,
    Recovered,
    Series,
    Tested,
    Vaccinated,
    answer,
)
from verifier.span import Span
from verifier.truth import Truth

YELLOW_FEVER = "YellowFeverProductd2c75a15ed309658b3968519ddb31690"
COMIRNATY = "EU/1/20/1528"
JANSSEN = "EU/1/20/1525"
ZONE = ZoneInfo("Pacific/Auckland")

YES, NO, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN

yellow_fever = Vaccinated("yellow-fever", "who-yellow-fever", Span(days=10))
polio_exit = Vaccinated("polio", "who-polio-exit", Span(days=28), Span(months=12), Truth.UNKNOWN)
complete = Vaccinated("covid-19", "who-or-eu-covid-19", Span(days=14), Span(days=270), series=Series.COMPLETE)
booster = Vaccinated("covid-19", "who-or-eu-covid-19", Span(), series=Series.BOOSTER)
IPV = "PolioVaccineInactivatedIProduct532ef986c8042bbb15fee24056fdc4ed"


def on(day: str, last: str | None = None) -> Instant:
    """Noon of the day at a station in Auckland; with `last`, a clock so unsure that it may be that day too."""
    noons = [datetime.fromisoformat(f"{text}T12:00").replace(tzinfo=ZONE).timestamp() for text in (day, last or day)]
    return Instant.between(noons[0], noons[1], ZONE)


def at(moment: str) -> Instant:
    seconds = datetime.fromisoformat(moment).timestamp()
    return Instant.between(seconds, seconds, ZONE)


def dose(given: str, product: str | None = YELLOW_FEVER, disease: str | None = "yellow-fever") -> Vaccination:
    return Vaccination(disease, product, days(given))


def covid(given: str, product: str | None = COMIRNATY, number: int | None = None, of: int | None = None) -> Vaccination:
    return Vaccination("covid-19", product, days(given), number, of)


def days(text: str) -> Days:
    """`2024-05-01`, `2024-05-01..2024-05-09`, or `2024` for the whole year."""
    if len(text) == 4:
        return Days(date(int(text), 1, 1), date(int(text), 12, 31))
    first, _, last = text.partition("..")
    return Days(date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("given", "now", "expected"),
    [
        ("2026-03-01", "2026-03-10", NO),  # the ninth day after
        ("2026-03-01", "2026-03-11", YES),  # the tenth
        ("1957-03-01", "2026-03-11", YES),  # for life
        ("2024-02-19", "2024-02-29", YES),
        ("2026-03-12", "2026-03-11", NO),
        ("2026", "2026-03-11", UNKNOWN),
        ("2025", "2026-03-11", YES),
        ("2026-03-01..2026-03-02", "2026-03-11", UNKNOWN),
        ("2026-03-01..2026-03-02", "2026-03-12", YES),
    ],
)
def test_yellow_fever_counts_from_the_tenth_day_for_life(given: str, now: str, expected: Truth) -> None:
    assert answer(yellow_fever, [dose(given)], on(now)) is expected


def test_an_unsure_clock_answers_only_what_both_ends_answer() -> None:
    claims = [dose("2026-03-01")]
    assert answer(yellow_fever, claims, on("2026-03-09", "2026-03-10")) is NO
    assert answer(yellow_fever, claims, on("2026-03-10", "2026-03-11")) is UNKNOWN
    assert answer(yellow_fever, claims, on("2026-03-11", "2027-03-11")) is YES


def test_the_day_turns_at_the_stations_midnight_and_not_in_greenwich() -> None:
    claims = [dose("2026-03-01")]
    assert answer(yellow_fever, claims, at("2026-03-10T23:59:59+13:00")) is NO
    assert answer(yellow_fever, claims, at("2026-03-11T00:00:00+13:00")) is YES  # 10 March, 11:00 in Greenwich


@pytest.mark.parametrize(
    ("product", "disease", "expected"),
    [
        (YELLOW_FEVER, "yellow-fever", YES),
        (YELLOW_FEVER, None, YES),  # the catalogue knows what the product is against
        (YELLOW_FEVER, "polio", NO),  # and the credential must not say otherwise
        (IPV, "yellow-fever", NO),
        ("SomeProductThatNobodyListed", "yellow-fever", UNKNOWN),
        ("SomeProductThatNobodyListed", "polio", NO),
        (None, "yellow-fever", UNKNOWN),
        (None, None, UNKNOWN),
    ],
)
def test_a_product_that_no_catalogue_knows_is_undetermined(
    product: str | None, disease: str | None, expected: Truth
) -> None:
    assert answer(yellow_fever, [dose("2020-01-01", product, disease)], on("2026-03-11")) is expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2025-11-24", YES),  # twelve months to the day
        ("2025-11-23", NO),
        ("2026-10-27", YES),  # four weeks to the day
        ("2026-10-28", UNKNOWN),  # fresher: an officer decides
        ("2026-11-24", UNKNOWN),
        ("2026-11-25", NO),  # tomorrow
        ("2025", UNKNOWN),
    ],
)
def test_polio_exit_wants_a_dose_between_four_weeks_and_twelve_months(given: str, expected: Truth) -> None:
    assert answer(polio_exit, [dose(given, IPV, "polio")], on("2026-11-24")) is expected


def test_twelve_months_after_a_leap_day_end_with_february() -> None:
    claims = [dose("2024-02-29", IPV, "polio")]
    assert answer(polio_exit, claims, on("2025-02-28")) is YES
    assert answer(polio_exit, claims, on("2025-03-01")) is NO


def test_any_dose_may_be_the_one_that_counts() -> None:
    claims = [dose("2026-03-10"), dose("2001-01-01"), dose("2020-01-01", IPV, "polio")]
    assert answer(yellow_fever, claims, on("2026-03-11")) is YES


@pytest.mark.parametrize(
    ("number", "of", "given", "is_complete", "is_booster"),
    [
        (1, 2, "2026-06-01", NO, NO),
        (2, 2, "2026-06-01", YES, NO),
        (2, 2, "2026-11-10", YES, NO),  # fourteen days
        (2, 2, "2026-11-11", NO, NO),
        (2, 2, "2026-02-27", YES, NO),  # 270 days
        (2, 2, "2026-02-26", NO, NO),
        (1, 1, "2026-06-01", YES, NO),
        (2, 1, "2026-11-24", NO, YES),  # a booster counts at once
        (3, 3, "2020-01-01", NO, YES),  # and for good
        (3, 2, "2026-06-01", YES, YES),
        (1, None, "2026-06-01", NO, NO),  # the catalogue knows that the product takes two
        (2, None, "2026-06-01", YES, NO),
    ],
)
def test_the_issuers_own_numbers_place_a_dose(
    number: int, of: int | None, given: str, is_complete: Truth, is_booster: Truth
) -> None:
    claims = [covid(given, COMIRNATY, number, of)]
    assert answer(complete, claims, on("2026-11-24")) is is_complete
    assert answer(booster, claims, on("2026-11-24")) is is_booster


@pytest.mark.parametrize(
    ("doses", "is_complete", "is_booster"),
    [
        ([covid("2026-06-01")], NO, NO),
        ([covid("2026-06-01"), covid("2026-05-01")], YES, NO),
        ([covid("2026-06-01"), covid("2026-06-01")], NO, NO),  # the same dose, listed twice
        ([covid("2026-06-01", JANSSEN)], YES, NO),
        ([covid("2026-06-01", JANSSEN), covid("2026-09-01")], YES, YES),
        ([covid("2020-06-01"), covid("2020-07-01"), covid("2026-11-20")], NO, YES),
        ([covid("2026-06-01"), covid("2026-05-01", "a product nobody knows")], UNKNOWN, UNKNOWN),
        ([covid("2026-06-01"), covid("2026-05-01", "Sputnik-V")], NO, NO),
        ([covid("2026-06-01"), covid("2026-01-01..2026-12-31")], UNKNOWN, NO),
        ([covid("2026-06-01"), covid("2026-01-01..2026-12-31", JANSSEN)], UNKNOWN, UNKNOWN),
        ([covid("2026-06-01"), dose("2026-05-01")], NO, NO),
    ],
)
def test_doses_without_numbers_are_counted_by_date(
    doses: Sequence[Vaccination], is_complete: Truth, is_booster: Truth
) -> None:
    assert answer(complete, doses, on("2026-11-24")) is is_complete
    assert answer(booster, doses, on("2026-11-24")) is is_booster


def test_a_third_dose_is_a_booster_whatever_the_product_takes() -> None:
    claims = [covid("2020-01-01", None, 3)]
    assert answer(booster, claims, on("2026-11-24")) is UNKNOWN  # by its product alone
    assert answer(booster, [covid("2020-01-01", "cvx:213", 2)], on("2026-11-24")) is UNKNOWN


def sample(hours_ago: float, molecular: Truth = YES, detected: Truth = NO, wide: float = 0.0) -> Test:
    noon = on("2026-11-24").earliest
    return Test("covid-19", detected, molecular, (noon - (hours_ago + wide) * 3600, noon - hours_ago * 3600))


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (sample(72), YES),  # to the second
        (sample(72.001), NO),
        (sample(24, NO), YES),
        (sample(24.001, NO), NO),
        (sample(0), YES),
        (sample(-0.001), NO),  # taken in the future
        (sample(23, UNKNOWN), YES),  # either kind would do
        (sample(30, UNKNOWN), UNKNOWN),
        (sample(80, UNKNOWN), NO),
        (sample(70, wide=4), UNKNOWN),
        (sample(10, detected=YES), NO),
        (sample(10, detected=UNKNOWN), UNKNOWN),
        (sample(90, detected=UNKNOWN), NO),
    ],
)
def test_a_negative_test_counts_for_its_hours(test: Test, expected: Truth) -> None:
    assert answer(Tested("covid-19", 72, 24), [test], on("2026-11-24")) is expected


def test_a_kind_of_test_that_the_policy_leaves_out_does_not_count() -> None:
    assert answer(Tested("covid-19", 72, None), [sample(1, NO)], on("2026-11-24")) is NO
    assert answer(Tested("covid-19", 72, None), [sample(1, UNKNOWN)], on("2026-11-24")) is UNKNOWN
    assert answer(Tested("influenza", 72, 24), [sample(1)], on("2026-11-24")) is NO


@pytest.mark.parametrize(
    ("first_positive", "expected"),
    [
        ("2026-11-13", YES),
        ("2026-11-14", NO),
        ("2026-05-28", YES),
        ("2026-05-27", NO),
        ("2026-11-13..2026-11-14", UNKNOWN),
    ],
)
def test_a_recovery_counts_from_the_eleventh_to_the_180th_day(first_positive: str, expected: Truth) -> None:
    question = Recovered("covid-19", Span(days=11), Span(days=180))
    assert answer(question, [Recovery("covid-19", days(first_positive))], on("2026-11-24")) is expected


def born(text: str) -> Birth:
    return Birth(days(text))


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([born("2008-11-24")], YES),  # today
        ([born("2008-11-25")], NO),
        ([born("2008")], UNKNOWN),
        ([born("2007")], YES),
        ([born("2009")], NO),
        ([AgeOver(21, holds=True)], YES),
        ([AgeOver(18, holds=True)], YES),
        ([AgeOver(16, holds=True)], UNKNOWN),
        ([AgeOver(16, holds=False)], NO),
        ([AgeOver(18, holds=False)], NO),
        ([AgeOver(21, holds=False)], UNKNOWN),
        ([AgeOver(16, holds=True), AgeOver(18, holds=True), AgeOver(21, holds=False)], YES),
        ([AgeOver(18, holds=False), born("2008-11-24")], YES),  # issued before the birthday
        ([AgeOver(18, holds=True), born("2008")], YES),
        ([AgeOver(18, holds=True), born("2009")], UNKNOWN),  # the issuer contradicts itself
        ([AgeOver(21, holds=True), AgeOver(18, holds=False)], UNKNOWN),
        ([born("2000-01-01"), born("2020-01-01")], UNKNOWN),
        ([], UNKNOWN),
    ],
)
def test_an_age_is_answered_from_the_issuers_word_or_the_birth_date(claims: Sequence[Claim], expected: Truth) -> None:
    assert answer(AgeAtLeast(18), claims, on("2026-11-24")) is expected


def test_a_leap_day_birthday_comes_on_the_first_of_march() -> None:
    assert answer(AgeAtLeast(18), [born("2008-02-29")], on("2026-02-28")) is NO
    assert answer(AgeAtLeast(18), [born("2008-02-29")], on("2026-03-01")) is YES


def test_a_birthday_begins_at_the_stations_midnight() -> None:
    assert answer(AgeAtLeast(18), [born("2008-11-24")], at("2026-11-23T23:59:59+13:00")) is NO
    assert answer(AgeAtLeast(18), [born("2008-11-24")], at("2026-11-24T00:00:00+13:00")) is YES


def test_an_attribute_is_compared_by_value_and_type() -> None:
    claims = [Attribute(("ticket", "gate"), 1), Attribute(("ticket", "vip"), value=True)]
    assert answer(Has(("ticket", "gate"), (1, 2)), claims, on("2026-11-24")) is YES
    assert answer(Has(("ticket", "gate"), (True,)), claims, on("2026-11-24")) is NO
    assert answer(Has(("ticket", "vip"), (1,)), claims, on("2026-11-24")) is NO
    assert answer(Has(("ticket",), (1,)), claims, on("2026-11-24")) is NO


def test_parts_combine() -> None:
    adult, gate = AgeAtLeast(18), Has(("gate",), ("A",))
    claims: list[Claim] = [born("2008"), Attribute(("gate",), "A")]
    now = on("2026-11-24")
    assert answer(AnyOf((adult, gate)), claims, now) is YES
    assert answer(AllOf((adult, gate)), claims, now) is UNKNOWN
    assert answer(AllOf((adult, Has(("gate",), ("B",)))), claims, now) is NO
    assert answer(Authentic(), [], now) is YES


# More knowledge never turns FAIL into PASS.

_DAY = st.dates(date(2024, 1, 1), date(2026, 12, 31))
_DAYS = st.tuples(_DAY, st.integers(0, 60)).map(lambda pair: Days(pair[0], pair[0] + timedelta(days=pair[1])))
_PRODUCTS = st.sampled_from((YELLOW_FEVER, IPV, COMIRNATY, JANSSEN, "Sputnik-V"))
_TRUTHS = st.sampled_from((YES, NO, UNKNOWN))
_NUMBER = st.none() | st.integers(0, 4)
_CLAIMS = st.lists(
    st.builds(Vaccination, st.sampled_from(("covid-19", "polio", None)), _PRODUCTS, _DAYS, _NUMBER, _NUMBER)
    | st.builds(Recovery, st.just("covid-19"), _DAYS)
    | st.builds(
        lambda days, detected, molecular: Test("covid-19", detected, molecular, _seconds(days)), _DAYS, _TRUTHS, _TRUTHS
    )
    | st.builds(
        Birth, st.dates(date(2006, 1, 1), date(2009, 12, 31)).map(lambda day: Days(day, day + timedelta(days=366)))
    )
    | st.builds(AgeOver, st.integers(16, 21), st.booleans()),
    max_size=5,
)
_QUESTIONS = st.sampled_from(
    (
        yellow_fever,
        polio_exit,
        complete,
        booster,
        AnyOf((complete, booster)),
        Tested("covid-19", 72, 24),
        Recovered("covid-19", Span(days=11), Span(days=180)),
        AgeAtLeast(18),
        AllOf((AgeAtLeast(18), complete)),
    )
)


def _seconds(days: Days) -> tuple[float, float]:
    first, last = (datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() for day in (days.first, days.last))
    return first, last


def _allowed(before: Truth, after: Truth) -> bool:
    return not (before is NO and after is YES)


@given(_QUESTIONS, _CLAIMS, _DAY, st.integers(0, 90 * 86_400), st.floats(0, 1), st.floats(0, 1))
def test_a_narrower_clock_never_turns_false_into_true(
    question: Question, claims: list[Claim], day: date, width: int, low: float, high: float
) -> None:
    earliest = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
    wide = Instant.between(earliest, earliest + width, ZONE)
    inner = sorted((earliest + width * low, earliest + width * high))
    narrow = Instant.between(inner[0], inner[1], ZONE)
    assert _allowed(answer(question, claims, wide), answer(question, claims, narrow))


@given(_QUESTIONS, _CLAIMS, st.data(), _DAY)
def test_a_fuller_catalogue_never_turns_false_into_true(
    question: Question, claims: list[Claim], data: st.DataObject, day: date
) -> None:
    """A product that the catalogue does not know yet stands for any of those that it knows."""
    missing = data.draw(st.sets(st.sampled_from(range(len(claims) or 1))))
    poorer: list[Claim] = [
        Vaccination(claim.disease, f"unknown-{index}", claim.given, claim.dose, claim.doses_in_series)
        if index in missing and isinstance(claim, Vaccination)
        else claim
        for index, claim in enumerate(claims)
    ]
    now = on(day.isoformat())
    assert _allowed(answer(question, poorer, now), answer(question, claims, now))
