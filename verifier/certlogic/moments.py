"""Dates and times as CertLogic has them: milliseconds, Greenwich without an offset, a partial date at its end."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone

from verifier.certlogic.failure import RuleError
from verifier.span import Span

_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(T(?P<time>\d{2}:\d{2}:\d{2})(\.(?P<fraction>\d+))?"
    r"(?P<offset>Z|[+-]\d{1,2}(:?\d{2})?)?)?"
)
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?")
_MOST = 10_000  # of any unit: thirty years of days


def parse(text: object) -> datetime:
    """Read a date or a moment; a partial date is its last day. Raises `RuleError`."""
    if not isinstance(text, str):
        raise RuleError
    try:
        if partial := _PARTIAL.fullmatch(text):
            return _midnight(_last_day(int(partial[1]), partial[2]))
        if found := _MOMENT.fullmatch(text):
            return _moment(found)
    except (ValueError, OverflowError):
        raise RuleError from None
    raise RuleError


def plus(moment: datetime, amount: object, unit: object) -> datetime:
    """Move a moment by so many years, months, days or hours. Raises `RuleError`."""
    if type(amount) is not int or abs(amount) > _MOST:
        raise RuleError
    try:
        match unit:
            case "hour":
                return moment + timedelta(hours=amount)
            case "day":
                return moment + timedelta(days=amount)
            case "month":
                return datetime.combine(Span(months=amount).after(moment.date()), moment.timetz())
            case "year":
                return datetime.combine(Span(months=12 * amount).after(moment.date()), moment.timetz())
    except (ValueError, OverflowError):
        raise RuleError from None
    raise RuleError


def _last_day(year: int, month: str | None) -> date:
    return date(year, 12, 31) if month is None else date(year, int(month), monthrange(year, int(month))[1])


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _moment(found: re.Match[str]) -> datetime:
    if found["time"] is None:
        return _midnight(date.fromisoformat(found["day"]))
    milliseconds = int((found["fraction"] or "0")[:3].ljust(3, "0"))
    local = datetime.fromisoformat(f"{found['day']}T{found['time']}") + timedelta(milliseconds=milliseconds)
    return local.replace(tzinfo=_zone(found["offset"])).astimezone(UTC)


def _zone(text: str | None) -> timezone:
    offset = _OFFSET.fullmatch(text or "")
    if offset is None:
        return UTC
    size = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(-size if offset[1] == "-" else size)
