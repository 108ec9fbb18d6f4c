"""Dates and moments as text: the few forms that credentials use, and no other that a library would guess at."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta, timezone

from verifier import limits
from verifier.instant import Days
from verifier.verdict import Reason, Reject

# What a date or a moment may mean that its issuer wrote in a way nobody can read.
ANY_DAY = Days(date(limits.DAY_YEAR_FIRST, 1, 1), date(limits.YEAR_LAST, 12, 31))
ANY_MOMENT = (float(limits.NUMERIC_DATE_FIRST), float(limits.NUMERIC_DATE_LAST))

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)

# The first and the last clock on Earth to show a date.
_EARLIEST = timezone(timedelta(hours=14))
_LATEST = timezone(timedelta(hours=-12))


def days(text: str) -> Days:
    """Read a date, whole (`YYYY-MM-DD`) or partial (`YYYY-MM`, `YYYY`).

    Raises `Reject(MALFORMED)`, also for a year that no credential speaks of. Source: ISO 8601-1 section 5.2; FHIR R4
    `date`.
    """
    match = _DATE.fullmatch(text)
    if match is None:
        raise Reject(Reason.MALFORMED)
    year, month, day = match.groups()
    if not limits.DAY_YEAR_FIRST <= int(year) <= limits.YEAR_LAST:
        raise Reject(Reason.MALFORMED)
    try:
        first = date(int(year), int(month or 1), int(day or 1))
        last = first if day else date(first.year, int(month or 12), monthrange(first.year, int(month or 12))[1])
        return Days(first, last)
    except ValueError:
        raise Reject(Reason.MALFORMED) from None


def moment(text: str) -> float:
    """Read a moment with its offset, in seconds since 1970 UTC.

    Raises `Reject(MALFORMED)`. Source: RFC 3339 section 5.6, upper case.
    """
    if not _MOMENT.fullmatch(text):
        raise Reject(Reason.MALFORMED)
    try:
        return datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError):
        raise Reject(Reason.MALFORMED) from None


def moments(text: str) -> tuple[float, float]:
    """Read a moment, or a date that may be partial, as the earliest and the latest moment that it may mean.

    Raises `Reject(MALFORMED)`. Source: FHIR R4 `dateTime`.
    """
    if "T" in text:
        return (moment(text),) * 2
    span = days(text)
    first = datetime(span.first.year, span.first.month, span.first.day, tzinfo=_EARLIEST)
    last = datetime(span.last.year, span.last.month, span.last.day, 23, 59, 59, tzinfo=_LATEST)
    return first.timestamp(), last.timestamp()
