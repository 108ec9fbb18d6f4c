"""Lengths of time on the calendar, and birthdays."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.instant import Days
from verifier.span import Span, birthday, birthdays


@pytest.mark.parametrize(
    ("day", "span", "later"),
    [
        ("2024-01-31", Span(months=1), "2024-02-29"),
        ("2023-01-31", Span(months=1), "2023-02-28"),
        ("2024-02-29", Span(months=12), "2025-02-28"),
        ("2024-08-31", Span(months=1), "2024-09-30"),
        ("2024-12-31", Span(months=12), "2025-12-31"),
        ("2024-02-28", Span(days=2), "2024-03-01"),
        ("2024-01-31", Span(months=1, days=1), "2024-03-01"),
        ("9999-12-01", Span(days=31), "9999-12-31"),
        ("9999-06-01", Span(months=7), "9999-12-31"),
    ],
)
def test_a_span_ends_on_the_last_day_of_a_month_that_is_too_short(day: str, span: Span, later: str) -> None:
    assert span.after(date.fromisoformat(day)) == date.fromisoformat(later)


@pytest.mark.parametrize(
    ("born", "turns_18"),
    [
        ("2000-02-29", "2018-03-01"),
        ("2000-02-28", "2018-02-28"),
        ("1990-12-31", "2008-12-31"),
        ("2004-02-29", "2022-03-01"),
    ],
)
def test_nobody_has_a_birthday_a_day_early(born: str, turns_18: str) -> None:
    assert birthday(date.fromisoformat(born), 18) == date.fromisoformat(turns_18)


def test_a_leap_day_has_its_own_birthday_in_a_leap_year() -> None:
    assert birthday(date(2000, 2, 29), 20) == date(2020, 2, 29)


def test_a_year_of_birth_may_mean_any_birthday_of_that_year() -> None:
    year = Days(date(2008, 1, 1), date(2008, 12, 31))
    assert birthdays(year, 18) == Days(date(2026, 1, 1), date(2026, 12, 31))


@given(
    st.dates(), st.dates(), st.builds(Span, months=st.integers(0, 2000), days=st.integers(0, 9999)), st.integers(0, 150)
)
def test_a_later_day_never_ends_or_has_its_birthday_sooner(one: date, other: date, span: Span, years: int) -> None:
    first, last = sorted((one, other))
    assert first <= span.after(first) <= span.after(last)
    assert birthday(first, years) <= birthday(last, years)
