"""Decides one published case with the case's own trust, clock, nonce and audience, and scores the verdict."""

from dataclasses import dataclass, replace
from enum import Enum

from verifier.conformance.cases import Case, Expected
from verifier.conformance.trust import FORMATS as PUBLISHED
from verifier.conformance.trust import Inexpressible, trust_of
from verifier.context import NOT_ASKED, Challenge, Context, Mode
from verifier.decide import decide
from verifier.formats import FORMATS
from verifier.policy import Policy
from verifier.reading import still
from verifier.reading.refusal import PictureError
from verifier.sealed import Sealed
from verifier.verdict import Outcome, Reason, Verdict

_OURS = frozenset(fmt.name for fmt in FORMATS)


class Score(Enum):
    """How a verdict stands to what the source says."""

    AGREE = "agree"
    WRONGLY_ACCEPTED = "wrongly accepted"
    WRONGLY_REFUSED = "wrongly refused"
    UNDECIDED = "undecided"  # the source does not say; it still had to give a verdict
    UNSUPPORTED = "unsupported"  # no format of ours, or nothing that a symbol could carry
    INEXPRESSIBLE = "inexpressible"  # its trust cannot be said in the terms of a registry


@dataclass(frozen=True, slots=True)
class Result:
    """One case, its score, and the verdict's reason where there is one."""

    case: str
    format: str
    score: Score
    reason: Reason | None

    @property
    def faulty(self) -> bool:
        """Say whether the verdict was an internal surprise; none may be, whatever the case."""
        return self.reason is Reason.FAULT


def run(case: Case, authentic: Policy) -> Result:
    """Decide one case under the `authentic` policy, asking the list's own question where it has one."""
    data = case.data if case.data is not None else _seen(case)
    if data is None or PUBLISHED.get(case.format) not in _OURS:
        return Result(case.id, case.format, Score.UNSUPPORTED, None)
    try:
        trust = trust_of(case)
    except Inexpressible:
        return Result(case.id, case.format, Score.INEXPRESSIBLE, None)
    policy = replace(authentic, question=case.question, binding=case.binding)
    verdict = decide(data, trust, policy, case.now, _context(case))
    return Result(case.id, case.format, _score(case.expected, verdict), verdict.reason if verdict else None)


def _seen(case: Case) -> bytes | None:
    """Read the case's picture where only that is published; several symbols are parts of one presentation."""
    if case.picture is None or not case.picture.is_file():
        return None
    try:
        return b"\n".join(still.read(case.picture)) or b""
    except PictureError:
        return b""


def _context(case: Case) -> Context:
    asked = case.nonce is not None or case.audience is not None or case.transcript is not None
    return Context(
        mode=Mode.LIVE,
        document_lines=NOT_ASKED,
        challenge=Challenge(case.audience or "", case.nonce or "", case.transcript) if asked else NOT_ASKED,
        optical_lines=Sealed(case.optical_lines) if case.optical_lines else NOT_ASKED,
        seen_before=NOT_ASKED,
    )


def _score(expected: Expected, verdict: Verdict | None) -> Score:
    passed = verdict is not None and verdict.outcome is Outcome.PASS
    match expected, passed:
        case Expected.UNDECIDED, _:
            return Score.UNDECIDED
        case Expected.REFUSE, True:
            return Score.WRONGLY_ACCEPTED
        case Expected.ACCEPT, False if verdict is not None and verdict.reason is Reason.UNSUPPORTED_FORMAT:
            return Score.UNSUPPORTED
        case Expected.ACCEPT, False:
            return Score.WRONGLY_REFUSED
        case _:
            return Score.AGREE
