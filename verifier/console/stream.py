"""Server-sent events: what the station says, as codes. No time, no number, nothing that links one event to another."""

import json
from collections.abc import AsyncGenerator, Callable

from verifier.console.board import Board, Change, Lost
from verifier.protocol import Shown, State, Tally
from verifier.verdict import Outcome, Prompt, Reason
from verifier.words import key

Fields = dict[str, object]
Said = Callable[[Shown], Fields]


async def events(board: Board, said: Said) -> AsyncGenerator[str]:
    """Write the board's changes in the wire form of server-sent events. Raises `board.Full`.

    Source: HTML Living Standard section 9.2.
    """
    async for change in board.listen():
        name, fields = _event(change, said)
        yield f"event: {name}\ndata: {json.dumps(fields)}\n\n"


def to_staff(shown: Shown) -> Fields:
    """Say an outcome and what staff do."""
    if isinstance(shown.result, Prompt):
        return {"face": f"prompt {key(shown.result)}"}
    return {"face": shown.result.outcome.value, "action": shown.action}


def to_holder(shown: Shown) -> Fields:
    """Say how to go on; whether it was fail or unsure cannot be told from it."""
    if isinstance(shown.result, Prompt):
        return to_staff(shown)
    return {"face": "pass" if shown.result.outcome is Outcome.PASS else "staff"}


def counts(tally: Tally) -> dict[Outcome, int]:
    """Add the counts of a tally up by outcome."""
    totals = dict.fromkeys(Outcome, 0)
    for reason in Reason:
        totals[reason.outcome] += tally.counts[reason.number]
    return totals


def _event(change: Change, said: Said) -> tuple[str, Fields]:
    match change:
        case Lost():
            return "lost", {}
        case State():
            return "state", {
                "readiness": key(change.readiness),
                "troubles": sorted(key(trouble) for trouble in change.troubles),
                "training": change.training,
                "policy": change.policy,
            }
        case Shown():
            return "shown", said(change)
        case Tally():
            return "tally", {outcome.value: count for outcome, count in counts(change).items()}
