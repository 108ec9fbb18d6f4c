"""Instant: the time as an interval, because clocks are unsure.

Whatever is asked of it answers `Truth`: true or false only when every moment of the interval agrees.
"""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from verifier.truth import Truth


@dataclass(frozen=True, slots=True)
class Instant:
    """Now lies in [earliest, latest], in seconds since 1970 UTC.

    The civil date on the station's wall lies in [first_day, last_day].
    """

    earliest: float
    latest: float
    first_day: date
    last_day: date

    @staticmethod
    def between(earliest: float, latest: float, zone: tzinfo) -> "Instant":
        """Make the interval, with the civil dates that a calendar on the station's wall shows in it.

        Raises `ValueError` when the interval is empty.
        """
        if not earliest <= latest:
            message = "an instant needs earliest <= latest"
            raise ValueError(message)
        first, last = (datetime.fromtimestamp(moment, zone).date() for moment in (earliest, latest))
        return Instant(earliest, latest, first, last)

    def is_after(self, moment: float) -> Truth:
        """Say whether now is later than the moment (seconds since 1970 UTC)."""
        if self.earliest > moment:
            return Truth.TRUE
        return Truth.FALSE if self.latest <= moment else Truth.UNKNOWN

    def is_before(self, moment: float) -> Truth:
        """Say whether now is earlier than the moment (seconds since 1970 UTC)."""
        if self.latest < moment:
            return Truth.TRUE
        return Truth.FALSE if self.earliest >= moment else Truth.UNKNOWN

    def is_on_or_after(self, day: date) -> Truth:
        """Say whether the civil date at the station has reached the day."""
        if self.first_day >= day:
            return Truth.TRUE
        return Truth.FALSE if self.last_day < day else Truth.UNKNOWN


@dataclass(frozen=True, slots=True)
class Days:
    """A civil date known to lie in [first, last]: one day, or the days that a partial date may mean."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if not self.first <= self.last:
            message = "days need first <= last"
            raise ValueError(message)

    @staticmethod
    def on(day: date) -> "Days":
        """Make the date of one certain day."""
        return Days(day, day)
