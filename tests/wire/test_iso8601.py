from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.instant import Days
from verifier.verdict import Reject
from verifier.wire import iso8601


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_whole_date_is_one_day(day: date) -> None:
    assert iso8601.days(day.isoformat()) == Days.on(day)


def test_a_partial_date_is_all_the_days_it_may_mean() -> None:
    assert iso8601.days("2024-02") == Days(date(2024, 2, 1), date(2024, 2, 29))
    assert iso8601.days("2023") == Days(date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20210101",
        "2021-W01-1",
        "2021-13",
        "2021-02-30",
        "2021-00-10",
        "2021-01-00",
        "0000",
        "0000-01-01",
        "2021-1-1",
        " 2021",
        "2021\n",
        "٢٠٢١",
        "2021-01-01T00:00:00Z",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Reject):
        iso8601.days(text)


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_is_read_as_written(when: datetime) -> None:
    assert iso8601.moment(when.isoformat()) == when.timestamp()


def test_z_and_offsets_name_the_same_moment() -> None:
    assert iso8601.moment("2021-06-01T12:00:00Z") == iso8601.moment("2021-06-01T14:30:00.000+02:30") == 1_622_548_800.0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2021-06-01",
        "2021-06-01T12:00:00",
        "2021-06-01 12:00:00Z",
        "2021-06-01t12:00:00z",
        "2021-06-01T12:00:60Z",
        "2021-06-01T24:00:00Z",
        "2021-06-31T12:00:00Z",
        "20210601T120000Z",
        "2021-06-01T12:00:00+24:00",
        "2021-06-01T12:00:00Z\n",
        "0001-01-01T00:00:00+23:59x",
    ],
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(Reject):
        iso8601.moment(text)


def test_a_date_may_mean_any_moment_that_some_place_on_earth_calls_so() -> None:
    earliest, latest = iso8601.moments("2021-06-01")
    assert earliest == datetime(2021, 5, 31, 10, tzinfo=UTC).timestamp()
    assert latest == datetime(2021, 6, 2, 11, 59, 59, tzinfo=UTC).timestamp()
    assert iso8601.moments("2021-06-01T12:00:00Z") == (1_622_548_800.0, 1_622_548_800.0)


@pytest.mark.parametrize(
    "text", ["9999", "9999-12-31", "0001", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"]
)
def test_the_ends_of_the_calendar_raise_nothing_unexpected(text: str) -> None:
    with suppress(Reject):
        iso8601.moments(text)
