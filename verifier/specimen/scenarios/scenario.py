"""Scenario: one training pass, and what a training station says to it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from verifier.verdict import FormatId, Reason


@dataclass(frozen=True, slots=True)
class Scenario:
    """A training pass of an invented person, shown at a lane with a policy."""

    name: str  # of its picture: format, then what is special about it
    story: str
    symbol: bytes
    format: FormatId
    policy: str
    expected: Reason


def seconds(day: date, hour: int = 0) -> float:
    """Give an hour of a day in Greenwich, in seconds since 1970."""
    return datetime.combine(day, time(hour), UTC).timestamp()


def ago(today: date, days: int) -> date:
    """Give the day that lies so many days back."""
    return today - timedelta(days=days)
