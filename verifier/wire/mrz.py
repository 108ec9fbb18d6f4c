"""The machine-readable zone of travel documents: passports, cards and visas.

Three or two lines of A to Z, 0 to 9 and `<`; every check digit must hold. Source: ICAO Doc 9303 parts 3 to 7.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from verifier.instant import Days
from verifier.verdict import Reason, Reject

_CHARACTERS = re.compile(r"[A-Z0-9<]*")
_WEIGHTS = (7, 3, 1)
_MONTHS = 12
_CENTURIES = (
    1900,
    2000,
)  # two digits name a year of either; nobody alive is older, and who compares knows the other side


@dataclass(frozen=True, slots=True)
class Document:
    """What the zone says of its holder. Names are in A to Z; `truncated`: they fill their field, so they may go on.

    `born` holds the days that the birth date may mean, one stretch for each century.
    """

    family: tuple[str, ...]
    given: tuple[str, ...]
    truncated: bool
    born: tuple[Days, ...]
    number: str


class _Span(NamedTuple):
    """A field in the lines put together: its first place, and the one after its last, where its check digit stands."""

    start: int
    stop: int

    def of(self, zone: str) -> str:
        return zone[self.start : self.stop]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the fields of one kind of document stand."""

    name: _Span
    number: _Span
    birth: _Span
    expiry: _Span
    optional: _Span
    covered: tuple[_Span, ...]  # by the composite check digit, which is the last one of its line; visas have none
    composite: int = 0


_PASSPORT = _Layout(
    _Span(5, 44),
    _Span(44, 53),
    _Span(57, 63),
    _Span(65, 71),
    _Span(72, 86),
    (_Span(44, 54), _Span(57, 64), _Span(65, 87)),
    87,
)
_VISA_A = _Layout(_Span(5, 44), _Span(44, 53), _Span(57, 63), _Span(65, 71), _Span(72, 88), ())
_CARD_2 = _Layout(
    _Span(5, 36),
    _Span(36, 45),
    _Span(49, 55),
    _Span(57, 63),
    _Span(64, 71),
    (_Span(36, 46), _Span(49, 56), _Span(57, 71)),
    71,
)
_VISA_B = _Layout(_Span(5, 36), _Span(36, 45), _Span(49, 55), _Span(57, 63), _Span(64, 72), ())
_CARD_1 = _Layout(
    _Span(60, 90),
    _Span(5, 14),
    _Span(30, 36),
    _Span(38, 44),
    _Span(15, 30),
    (_Span(5, 37), _Span(38, 45), _Span(48, 59)),
    59,
)
_LAYOUTS = {
    ((44, 44), False): _PASSPORT,
    ((44, 44), True): _VISA_A,
    ((36, 36), False): _CARD_2,
    ((36, 36), True): _VISA_B,
    ((30, 30, 30), False): _CARD_1,
}


def read(lines: Sequence[str]) -> Document:
    """Read the lines of one document.

    Raises `Reject(MALFORMED)` for anything that is no zone or whose check digits do not hold.
    """
    zone = "".join(lines)
    layout = _LAYOUTS.get((tuple(map(len, lines)), zone.startswith("V")))
    if layout is None or not _CHARACTERS.fullmatch(zone):
        raise Reject(Reason.MALFORMED)
    number = _number(zone, layout)
    for field in (layout.birth, layout.expiry):
        _checked(field.of(zone), zone[field.stop])
    if layout.covered:
        _checked("".join(part.of(zone) for part in layout.covered), zone[layout.composite])
    name = layout.name.of(zone)
    family, _, given = name.partition("<<")
    return Document(_parts(family), _parts(given), not name.endswith("<"), _born(layout.birth.of(zone)), number)


def check_digit(text: str) -> str:
    """Give the check digit of a field. Source: Doc 9303-3 section 4.9."""
    values = (0 if character == "<" else int(character, 36) for character in text)
    return str(sum(value * _WEIGHTS[index % 3] for index, value in enumerate(values)) % 10)


def _checked(text: str, digit: str) -> None:
    if check_digit(text) != digit:
        raise Reject(Reason.MALFORMED)


def _number(zone: str, layout: _Layout) -> str:
    """Read the document number; a long one goes on in a card's optional field. Source: Doc 9303-5 section 4.2.2."""
    number, digit = layout.number.of(zone), zone[layout.number.stop]
    if digit == "<" and layout in (_CARD_1, _CARD_2):
        rest, _, _ = layout.optional.of(zone).partition("<")
        number, digit = number + rest[:-1], rest[-1:]
    _checked(number, digit)
    return number.rstrip("<")


def _parts(names: str) -> tuple[str, ...]:
    return tuple(part for part in names.split("<") if part)


def _born(text: str) -> tuple[Days, ...]:
    """Read a birth date whose end may be unknown. Source: Doc 9303-3 section 4.8."""
    known = text.rstrip("<")
    if len(known) % 2 or not (known.isdecimal() or not known):
        raise Reject(Reason.MALFORMED)
    if not known:
        return (Days(date(_CENTURIES[0], 1, 1), date(_CENTURIES[-1] + 99, 12, 31)),)
    year, *rest = (int(known[start : start + 2]) for start in range(0, len(known), 2))
    born = tuple(days for century in _CENTURIES for days in _days(century + year, *rest))
    if not born:
        raise Reject(Reason.MALFORMED)
    return born


def _days(year: int, month: int | None = None, day: int | None = None) -> tuple[Days, ...]:
    """Give the stretch of days; none where the calendar has no such day, as 29 February 1900."""
    if month is None:
        return (Days(date(year, 1, 1), date(year, 12, 31)),)
    if not 1 <= month <= _MONTHS or day == 0:
        return ()
    last = monthrange(year, month)[1]
    if day is None:
        return (Days(date(year, month, 1), date(year, month, last)),)
    return (Days.on(date(year, month, day)),) if day <= last else ()
