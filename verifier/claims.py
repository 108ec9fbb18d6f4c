"""Claims: the statements that formats normalise to, and the questions that a policy can ask of them.

Every question is answered true, false or unknown over the whole time interval, the whole of a partial date, and
whatever the catalogues do not know. Nothing here looks at a signature or a clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from verifier.catalogues import products
from verifier.instant import Days, Instant
from verifier.truth import Truth, all_of, any_of


@dataclass(frozen=True, slots=True)
class Vaccination:
    """A dose that was given. `disease` is a name of `catalogues`, `None` where no catalogue knows the code.

    `product` is the product's identifier as its register writes it, `None` where the credential names none.
    """

    disease: str | None
    product: str | None
    given: Days
    dose: int | None = None
    doses_in_series: int | None = None


@dataclass(frozen=True, slots=True)
class Test:
    """A test result. `taken` is the earliest and the latest moment of sampling, in seconds since 1970 UTC."""

    disease: str | None
    detected: Truth
    molecular: Truth  # a nucleic acid amplification test, as against an antigen test
    taken: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Recovery:
    """A recovery from a disease, counted from the first positive test."""

    disease: str | None
    first_positive: Days


@dataclass(frozen=True, slots=True)
class Birth:
    """The birth date, or the days that a partial one may mean."""

    born: Days


@dataclass(frozen=True, slots=True)
class AgeOver:
    """The issuer's word that the holder is, or is not, at least so many years old."""

    years: int
    holds: bool


@dataclass(frozen=True, slots=True)
class Attribute:
    """Any other statement, by its path in the credential."""

    path: tuple[str, ...]
    value: str | int | bool


Claim = Vaccination | Test | Recovery | Birth | AgeOver | Attribute


@dataclass(frozen=True, slots=True)
class Authentic:
    """Ask nothing more than that the credential is genuine and in date."""


@dataclass(frozen=True, slots=True)
class Vaccinated:
    """Ask for a dose of a listed product, given at least and at most so many days ago.

    `most_months` is the upper bound in calendar months, `None` for life. A dose fresher than `least_days` answers
    `fresher`. `complete` asks that the dose ends its series.
    """

    disease: str
    products: str  # a list of `catalogues.products`
    least_days: int
    most_months: int | None = None
    fresher: Truth = Truth.FALSE
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Tested:
    """Ask for a negative test taken at most so many hours ago, by kind of test."""

    disease: str
    molecular_hours: int
    antigen_hours: int


@dataclass(frozen=True, slots=True)
class Recovered:
    """Ask for a recovery whose first positive test lies between so many days ago."""

    disease: str
    least_days: int
    most_days: int


@dataclass(frozen=True, slots=True)
class AgeAtLeast:
    """Ask whether the holder has reached an age on the station's civil date."""

    years: int


@dataclass(frozen=True, slots=True)
class Has:
    """Ask for an attribute with one of the values."""

    path: tuple[str, ...]
    values: frozenset[str | int | bool]


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
            return any_of(_vaccinated(question, claim, now) for claim in claims if isinstance(claim, Vaccination))
        case Tested():
            return any_of(_tested(question, claim, now) for claim in claims if isinstance(claim, Test))
        case Recovered():
            return any_of(_recovered(question, claim, now) for claim in claims if isinstance(claim, Recovery))
        case AgeAtLeast(years):
            return _aged(years, claims, now)
        case Has(path, values):
            held = [claim for claim in claims if isinstance(claim, Attribute) and claim.path == path]
            return any_of(Truth.of(_same(claim.value, values)) for claim in held)


def _same(value: str | int | bool, values: frozenset[str | int | bool]) -> bool:  # noqa: FBT001 (a value, not a switch)
    """Compare by value and type: 1 is not true."""
    return any(value == wanted and type(value) is type(wanted) for wanted in values)


def _is(disease: str | None, wanted: str) -> Truth:
    return Truth.UNKNOWN if disease is None else Truth.of(disease == wanted)


def _vaccinated(question: Vaccinated, claim: Vaccination, now: Instant) -> Truth:
    return all_of(
        (
            _is(claim.disease, question.disease),
            products.listed(claim.product, question.products),
            _complete(question, claim),
            _old_enough(question, claim.given, now),
            _recent_enough(question, claim.given, now),
        )
    )


def _complete(question: Vaccinated, claim: Vaccination) -> Truth:
    if not question.complete:
        return Truth.TRUE
    if claim.dose is None or claim.doses_in_series is None:
        return Truth.UNKNOWN
    return Truth.of(claim.dose >= claim.doses_in_series)


def _old_enough(question: Vaccinated, given: Days, now: Instant) -> Truth:
    reached = _days_since(given, question.least_days, now)
    return question.fresher if reached is Truth.FALSE else reached


def _recent_enough(question: Vaccinated, given: Days, now: Instant) -> Truth:
    if question.most_months is None:
        return Truth.TRUE
    last = Days(_months_after(given.first, question.most_months), _months_after(given.last, question.most_months))
    return ~_days_since(last, 1, now)


def _tested(question: Tested, claim: Test, now: Instant) -> Truth:
    hours = {
        Truth.TRUE: (question.molecular_hours,),
        Truth.FALSE: (question.antigen_hours,),
        Truth.UNKNOWN: (question.molecular_hours, question.antigen_hours),
    }[claim.molecular]
    answers = {~_hours_since(claim.taken, limit, now) for limit in hours}
    recent = answers.pop() if len(answers) == 1 else Truth.UNKNOWN
    return all_of((_is(claim.disease, question.disease), ~claim.detected, recent))


def _hours_since(taken: tuple[float, float], hours: int, now: Instant) -> Truth:
    early, late = (now.is_after(moment + hours * 3600.0) for moment in taken)
    return early if early is late else Truth.UNKNOWN


def _recovered(question: Recovered, claim: Recovery, now: Instant) -> Truth:
    return all_of(
        (
            _is(claim.disease, question.disease),
            _days_since(claim.first_positive, question.least_days, now),
            ~_days_since(claim.first_positive, question.most_days + 1, now),
        )
    )


def _days_since(since: Days, days: int, now: Instant) -> Truth:
    """Say whether at least so many civil days have passed since a date that may be partial."""
    early = now.is_on_or_after(since.first + timedelta(days=days))
    late = now.is_on_or_after(since.last + timedelta(days=days))
    return early if early is late else Truth.UNKNOWN


def _aged(years: int, claims: Sequence[Claim], now: Instant) -> Truth:
    """Answer from the issuer's own word first, by the nearest true or false; else from the birth date."""
    for claim in claims:
        if isinstance(claim, AgeOver):
            if claim.holds and claim.years >= years:
                return Truth.TRUE
            if not claim.holds and claim.years <= years:
                return Truth.FALSE
    births = [claim.born for claim in claims if isinstance(claim, Birth)]
    return any_of(_birthday_reached(born, years, now) for born in births) if births else Truth.UNKNOWN


def _birthday_reached(born: Days, years: int, now: Instant) -> Truth:
    early = now.is_on_or_after(_months_after(born.first, 12 * years))
    late = now.is_on_or_after(_months_after(born.last, 12 * years))
    return early if early is late else Truth.UNKNOWN


def _months_after(day: date, months: int) -> date:
    """Add calendar months. A 29 February has its anniversary on 1 March in other years: never an early birthday."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year, month + 1, 28) + timedelta(days=1) if month == 1 else date(year, month + 2, 1)
