"""A policy in one plain English sentence, made from the rule itself, so that the two cannot disagree."""

from verifier.policy import HolderCheck, Policy
from verifier.questions import (
    AgeAtLeast,
    AllOf,
    AnyOf,
    Authentic,
    Has,
    Question,
    Recovered,
    Series,
    Tested,
    Vaccinated,
)
from verifier.span import Span
from verifier.truth import Truth

_DOSES = {
    Series.ANY: "a dose",
    Series.COMPLETE: "the last or a later dose of a primary series",
    Series.BOOSTER: "a dose after the primary series",
}


def explain(policy: Policy) -> str:
    """Say what the policy asks, and what it insists on beside."""
    beside = [
        text
        for wanted, text in (
            (
                policy.holder is HolderCheck.MRZ,
                "about the holder of the document whose machine-readable lines are shown",
            ),
            (policy.binding, "bound to the device that shows it"),
            (bool(policy.types), f"of the type {_listing(sorted(policy.types), 'or')}" if policy.types else ""),
            (policy.foreign is not None, "accepted by the rules of the country that is entered"),
            (policy.single_use, "not shown here before"),
            (policy.status_required, "not revoked according to a list that this station holds"),
            (True, f"judged with a registry at most {_count(policy.registry_days, 'day')} old"),
        )
        if wanted
    ]
    return f"Passes a genuine credential in date that shows {question(policy.question)}; {_listing(beside, 'and')}."


def question(asked: Question) -> str:  # noqa: PLR0911 - one for each kind
    """Say what a question asks for."""
    match asked:
        case Authentic():
            return "anything"
        case Vaccinated():
            return _vaccinated(asked)
        case Tested(disease, molecular, antigen):
            kinds = ((molecular, "a molecular"), (antigen, "an antigen"))
            tests = [f"{kind} test at most {_count(hours, 'hour')} ago" for hours, kind in kinds if hours is not None]
            return f"a negative result for {disease} of {_listing(tests, 'or')}"
        case Recovered(disease, least, most):
            return f"a first positive test for {disease} at least {_span(least)} and at most {_span(most)} ago"
        case AgeAtLeast(years):
            return f"an age of at least {_count(years, 'year')} on the station's civil date"
        case Has(path, ()):
            return f"any {'.'.join(path)}"
        case Has(path, values):
            return f"{'.'.join(path)} with the value {_listing([repr(value) for value in values], 'or')}"
        case AnyOf(questions):
            return _listing([question(part) for part in questions], "or")
        case AllOf(questions):
            return _listing([question(part) for part in questions], "and")


def _vaccinated(asked: Vaccinated) -> str:
    least = f"at least {_span(asked.least)}" if asked.least != Span() else ""
    most = f"at most {_span(asked.most)}" if asked.most else ""
    age = f" {_listing([bound for bound in (least, most) if bound], 'and')} ago" if least or most else ""
    fresher = " (a fresher one is for a person to decide)" if asked.fresher is Truth.UNKNOWN else ""
    return f"{_DOSES[asked.series]} against {asked.disease} of a product on the list {asked.products}{age}{fresher}"


def _span(span: Span) -> str:
    lengths = ((span.months, "month"), (span.days, "day"))
    return " and ".join(_count(length, unit) for length, unit in lengths if length) or "0 days"


def _count(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _listing(parts: list[str], word: str) -> str:
    """Join with commas and a last word: `a, b or c`."""
    *firsts, last = parts
    return f"{', '.join(firsts)} {word} {last}" if firsts else last
