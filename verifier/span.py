"""Span: a length of time on the calendar, and birthdays; both as cautious as a gate must be."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from verifier.instant import Days


@dataclass(frozen=True, slots=True)
class Span:
    """So many calendar months, and then so many days."""

    months: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """Give the day that lies a span later; the calendar's last day where it would lie beyond.

        A month that lacks the day ends on its own last day. Source: Regulation (EEC, Euratom) 1182/71 article 3(2)(c).
        """
        years, month = divmod(day.month - 1 + self.months, 12)
        year = day.year + years
        if year > date.max.year:
            return date.max
        start = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        return date.fromordinal(min(start.toordinal() + self.days, date.max.toordinal()))

    def after_days(self, days: Days) -> Days:
        """Give the days that lie a span after a date that may be partial."""
        return Days(self.after(days.first), self.after(days.last))


def birthday(born: date, years: int) -> date:
    """Give the day on which somebody turns so many years old: for 29 February 1 March, never a day early."""
    reached = Span(months=12 * years).after(born)
    return reached + timedelta(days=1) if reached.day < born.day else reached


def birthdays(born: Days, years: int) -> Days:
    """Give the days on which somebody with a perhaps partial birth date may turn so many years old."""
    return Days(birthday(born.first, years), birthday(born.last, years))
