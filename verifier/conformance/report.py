"""Counts results per format, sets aside the differences that are explained, and says what remains."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from verifier.conformance.run import Result, Score

_WRONG = (Score.WRONGLY_ACCEPTED, Score.WRONGLY_REFUSED)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a published expectation is not met, with the section that says so."""

    case: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class FormatReport:
    """What came out for the cases of one format; the lists hold case ids."""

    cases: int
    agree: int
    wrongly_accepted: tuple[str, ...]
    wrongly_refused: tuple[str, ...]
    undecided: int
    unsupported: int
    inexpressible: tuple[str, ...]
    faults: tuple[str, ...]


def explanations() -> Mapping[str, Explanation]:
    """Read the explanations that the product carries, by case id."""
    written = tomllib.loads(resources.files(__package__).joinpath("explanations.toml").read_text("utf-8"))
    listed = [Explanation(entry["case"], entry["reason"], entry["source"]) for entry in written.get("explanation", [])]
    return {explanation.case: explanation for explanation in listed}


def by_format(results: Iterable[Result]) -> Mapping[str, FormatReport]:
    """Count the results of each format, in the order in which formats first appear."""
    grouped: dict[str, list[Result]] = {}
    for result in results:
        grouped.setdefault(result.format, []).append(result)
    return {name: _format_report(of_format) for name, of_format in grouped.items()}


def _format_report(results: Sequence[Result]) -> FormatReport:
    counts = Counter(result.score for result in results)
    return FormatReport(
        cases=len(results),
        agree=counts[Score.AGREE],
        wrongly_accepted=_ids(results, Score.WRONGLY_ACCEPTED),
        wrongly_refused=_ids(results, Score.WRONGLY_REFUSED),
        undecided=counts[Score.UNDECIDED],
        unsupported=counts[Score.UNSUPPORTED],
        inexpressible=_ids(results, Score.INEXPRESSIBLE),
        faults=tuple(result.case for result in results if result.faulty),
    )


def _ids(results: Sequence[Result], score: Score) -> tuple[str, ...]:
    return tuple(result.case for result in results if result.score is score)


def unexplained(results: Iterable[Result]) -> Sequence[Result]:
    """Give the results that nobody has explained: wrong scores without an explanation, and every fault."""
    known = explanations()
    return [result for result in results if result.faulty or (result.score in _WRONG and result.case not in known)]


def stale(results: Iterable[Result]) -> Sequence[str]:
    """Give the ids of explained cases that agree by now: an explanation that explains nothing has to go."""
    known = explanations()
    return [result.case for result in results if result.score is Score.AGREE and result.case in known]
