"""Questions: what a policy can ask of the claims of one credential.

Every question is answered true, false or unknown, over the whole time interval, the whole of a partial date, and
whatever the catalogues do not know; a narrower interval or a fuller catalogue never turns false into true. Nothing here
looks at a signature or a clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from verifier.catalogues import products
from verifier.claims import AgeOver, Attribute, Birth, Claim, Recovery, Test, Vaccination
from verifier.instant import Days, Instant
from verifier.span import Span, birthdays
from verifier.truth import Truth, all_of, any_of

_HOUR = 3600.0
_PRIMARY_DOSES = 2  # no listed product needs more, so a third dose is a booster. Source: EU rule VR-EU-0001
_MANY_DOSES = 1_000  # where nobody says how many a series has


class Series(StrEnum):
    """Which doses of a series count."""

    ANY = "any"
    COMPLETE = "complete"  # the last of the primary series, and every later one
    BOOSTER = "booster"  # only those after the primary series


@dataclass(frozen=True, slots=True)
class Authentic:
    """Ask nothing more than that the credential is genuine and in date."""


@dataclass(frozen=True, slots=True)
class Vaccinated:
    """Ask for a dose of a listed product, given at least and at most so long ago.

    `most` is `None` for life. A dose fresher than `least` answers `fresher`.
    """

    disease: str
    products: str  # a list of `catalogues.products`
    least: Span
    most: Span | None = None
    fresher: Truth = Truth.FALSE
    series: Series = Series.ANY


@dataclass(frozen=True, slots=True)
class Tested:
    """Ask for a negative test taken at most so many hours ago, by kind of test; `None`: that kind does not count."""

    disease: str
    molecular_hours: int | None
    antigen_hours: int | None


@dataclass(frozen=True, slots=True)
class Recovered:
    """Ask for a recovery whose first positive test was at least and at most so long ago."""

    disease: str
    least: Span
    most: Span


@dataclass(frozen=True, slots=True)
class AgeAtLeast:
    """Ask whether the holder has reached an age on the station's civil date."""

    years: int


@dataclass(frozen=True, slots=True)
class Has:
    """Ask for an attribute with one of the values; with any value where none is given."""

    path: tuple[str, ...]
    values: tuple[str | int | bool, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Ask for at least one of several things."""

    questions: tuple["Question", ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Ask for several things together."""

    questions: tuple["Question", ...]


Question = Authentic | Vaccinated | Tested | Recovered | AgeAtLeast | Has | AnyOf | AllOf


def answer(question: Question, claims: Sequence[Claim], now: Instant) -> Truth:  # noqa: PLR0911 - one for each kind
    """Answer a policy's question from the claims of one credential, over the whole of the instant."""
    match question:
        case Authentic():
            return Truth.TRUE
        case AnyOf(questions):
            return any_of(answer(part, claims, now) for part in questions)
        case AllOf(questions):
            return all_of(answer(part, claims, now) for part in questions)
        case Vaccinated():
            doses = [claim for claim in claims if isinstance(claim, Vaccination)]
            return any_of(_vaccinated(question, dose, doses, now) for dose in doses)
        case Tested():
            return any_of(_tested(question, claim, now) for claim in claims if isinstance(claim, Test))
        case Recovered():
            return any_of(_recovered(question, claim, now) for claim in claims if isinstance(claim, Recovery))
        case AgeAtLeast(years):
            return _aged(years, claims, now)
        case Has(path, values):
            held = [claim for claim in claims if isinstance(claim, Attribute) and claim.path == path]
            return any_of(Truth.of(not values or _same(claim.value, values)) for claim in held)


def _same(value: str | int | bool, values: Sequence[str | int | bool]) -> bool:  # noqa: FBT001 (a value, not a switch)
    """Compare by value and type: 1 is not true."""
    return any(value == wanted and type(value) is type(wanted) for wanted in values)


def _is(disease: str | None, wanted: str) -> Truth:
    return Truth.UNKNOWN if disease is None else Truth.of(disease == wanted)


def _agreed(*answers: Truth) -> Truth:
    """Answer what all of them answer; unknown where they differ."""
    return answers[0] if len(set(answers)) == 1 else Truth.UNKNOWN


def _reached(days: Days, now: Instant) -> Truth:
    """Say whether the station's civil date has reached a date that may be partial."""
    return _agreed(now.is_on_or_after(days.first), now.is_on_or_after(days.last))


def _passed(days: Days, now: Instant) -> Truth:
    """Say whether the station's civil date lies after a date that may be partial."""
    return _reached(Span(days=1).after_days(days), now)


def _vaccinated(question: Vaccinated, dose: Vaccination, doses: Sequence[Vaccination], now: Instant) -> Truth:
    old_enough = _reached(question.least.after_days(dose.given), now)
    recent_enough = Truth.TRUE if question.most is None else ~_passed(question.most.after_days(dose.given), now)
    return all_of(
        (
            _listed(question, dose),
            question.fresher if old_enough is Truth.FALSE else old_enough,
            _reached(dose.given, now),  # whatever `fresher` says, a dose of tomorrow is none
            recent_enough,
            _in_series(question, dose, doses),
        )
    )


def _listed(question: Vaccinated, dose: Vaccination) -> Truth:
    disease = dose.disease or products.disease(dose.product)
    return all_of((_is(disease, question.disease), products.listed(dose.product, question.products)))


def _in_series(question: Vaccinated, dose: Vaccination, doses: Sequence[Vaccination]) -> Truth:
    """Say whether the dose has the place in its series that is asked for."""
    if question.series is Series.ANY:
        return Truth.TRUE
    place, needed = _numbered(dose, dose.dose) if dose.dose is not None else _counted(question, dose, doses)
    if question.series is Series.BOOSTER:
        needed = _Bounds(*(min(bound, _PRIMARY_DOSES) + 1 for bound in needed))
    if place.least >= needed.most:
        return Truth.TRUE
    return Truth.FALSE if place.most < needed.least else Truth.UNKNOWN


class _Bounds(NamedTuple):
    """The least and the most that a number can be."""

    least: int
    most: int


def _numbered(dose: Vaccination, number: int) -> tuple[_Bounds, _Bounds]:
    """Take the dose's place and the length of its series from its issuer, who may leave the length to its product."""
    needed = dose.doses_in_series or products.doses_in_series(dose.product)
    return _Bounds(number, number), _Bounds(needed or 1, needed or _MANY_DOSES)


def _counted(question: Vaccinated, dose: Vaccination, doses: Sequence[Vaccination]) -> tuple[_Bounds, _Bounds]:
    """Count an unnumbered dose among the others by date; the shortest series among them is complete first.

    Entries of one day are one dose. Listed products with a whole date come surely before; whatever may be one comes
    maybe before.
    """
    counts = [(other, _listed(question, other)) for other in doses if other.given != dose.given]
    maybe = [other for other, listed in counts if listed is not Truth.FALSE and other.given.first < dose.given.last]
    surely = [
        other
        for other, listed in counts
        if listed is Truth.TRUE and other.given.first == other.given.last < dose.given.first
    ]
    place = _Bounds(1 + len({other.given.first for other in surely}), 1 + len(maybe))
    least = min(products.doses_in_series(other.product) or 1 for other in (dose, *maybe))
    most = min(products.doses_in_series(other.product) or _MANY_DOSES for other in (dose, *surely))
    return place, _Bounds(least, most)


def _tested(question: Tested, claim: Test, now: Instant) -> Truth:
    molecular, antigen = (
        _within(claim.taken, hours, now) for hours in (question.molecular_hours, question.antigen_hours)
    )
    recent = {Truth.TRUE: molecular, Truth.FALSE: antigen, Truth.UNKNOWN: _agreed(molecular, antigen)}[claim.molecular]
    return all_of((_is(claim.disease, question.disease), ~claim.detected, recent))


def _within(taken: tuple[float, float], hours: int | None, now: Instant) -> Truth:
    """Say whether a moment, known to lie between two, is past and at most so many hours ago."""
    if hours is None:
        return Truth.FALSE
    begun = _agreed(*(~now.is_before(moment) for moment in taken))
    over = _agreed(*(now.is_after(moment + hours * _HOUR) for moment in taken))
    return all_of((begun, ~over))


def _recovered(question: Recovered, claim: Recovery, now: Instant) -> Truth:
    return all_of(
        (
            _is(claim.disease, question.disease),
            _reached(question.least.after_days(claim.first_positive), now),
            ~_passed(question.most.after_days(claim.first_positive), now),
        )
    )


def _aged(years: int, claims: Sequence[Claim], now: Instant) -> Truth:
    """Answer from the issuer's word and the birth date.

    "Over 21" answers 18, "not over 16" answers 18 too (ISO/IEC 18013-5 section 7.2.5). A birth date outlives a "not
    over" of the day of issue; where the issuer contradicts itself nobody can tell.
    """
    words = [claim for claim in claims if isinstance(claim, AgeOver)]
    over = any(word.holds and word.years >= years for word in words)
    under = any(not word.holds and word.years <= years for word in words)
    births = [_reached(birthdays(claim.born, years), now) for claim in claims if isinstance(claim, Birth)]
    born = _agreed(*births) if births else None
    if over:
        return Truth.UNKNOWN if under or born is Truth.FALSE else Truth.TRUE
    if born is not None:
        return born
    return Truth.FALSE if under else Truth.UNKNOWN
