"""How the station is: what needs attention first, then what it knows, then what it has counted."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from verifier.console.access import Right, Visitor
from verifier.console.board import Board
from verifier.console.frame import facts, page, table
from verifier.console.html import Html, Inside, el
from verifier.console.labels import Label
from verifier.console.lane import Lane
from verifier.console.page import icon
from verifier.console.plot import bars, outcomes_by_quarter
from verifier.protocol import LATENCY_EDGES, STOPS, Part, State, Tally, Trouble, Verb
from verifier.words import Words, key

ORDER = sorted(Trouble, key=lambda trouble: (trouble not in STOPS, trouble))  # what closes the lane comes first


def overview_page(lane: Lane, board: Board, words: Words, visitor: Visitor, said: Html | None) -> str:
    """Write the page."""
    acts = _acts(board.state, words, visitor) if board.state and visitor.may(Right.ACT) else None
    knows = _knows(board.state, lane, words) if board.state else None
    return page(
        words, visitor, Label.OVERVIEW, said, _condition(board.state, words), knows, acts, _counted(board, lane, words)
    )


def moment(seconds: float, lane: Lane) -> Html:
    """Show a moment on the lane's own clock."""
    local = datetime.fromtimestamp(seconds, UTC).astimezone(lane.zone)
    return el("time", f"{local:%Y-%m-%d %H:%M %Z}", datetime=local.isoformat())


def act(words: Words, visitor: Visitor, verb: Verb, argument: int = 0, label: str | None = None) -> Html:
    """Make a button that asks the station for something."""
    return el(
        "form",
        el("input", type="hidden", name="token", value=visitor.form_token),
        el("input", type="hidden", name="verb", value=key(verb)),
        el("input", type="hidden", name="argument", value=str(argument)),
        el("button", label or words.of(verb)),
        method="post",
        action="/act",
    )


def _condition(state: State | None, words: Words) -> Html:
    if state is None:
        return el("p", icon("lost"), words.of(Label.LOST), class_="condition not-ready")
    headline = el("p", words.of(state.readiness), class_=f"condition {key(state.readiness)}")
    urgent = [trouble for trouble in ORDER if trouble in state.troubles]
    lines = [el("li", el("strong", words.of(trouble)), " ", words.remedy(trouble)) for trouble in urgent]
    return el("section", headline, el("ol", lines) if lines else el("p", words.of(Label.NO_TROUBLE)), role="status")


def _knows(state: State, lane: Lane, words: Words) -> Html:
    asked = lane.policies[state.policy] if state.policy < len(lane.policies) else None
    return facts(
        (words.of(Label.POLICY), words.asks(asked.name, asked.asks) if asked else None),
        (words.of(Label.REGISTRY), f"{words.of(Label.GENERATION)} {state.generation}"),
        (words.of(Label.AS_OF), moment(state.as_of, lane)),
        (words.of(Label.CLOCK), words.of(state.clock)),
        (words.of(Label.UNCERTAINTY), f"{state.uncertainty_seconds:g}"),
        (words.of(Label.PROTECTION), str(state.landlock) if state.landlock else words.of(Label.MISSING)),
    )


def _acts(state: State, words: Words, visitor: Visitor) -> Html:
    training = act(
        words, visitor, Verb.TRAINING, int(not state.training), words.of(Label.END_TRAINING) if state.training else None
    )
    parts = (act(words, visitor, Verb.RESTART, part, f"{words.of(Verb.RESTART)}: {words.of(part)}") for part in Part)
    return el(
        "section", act(words, visitor, Verb.SYNC), act(words, visitor, Verb.IMPORT_USB), training, *parts, class_="acts"
    )


def _counted(board: Board, lane: Lane, words: Words) -> Html:
    if board.tally is None or not any(any(tally.counts) for tally in board.day):
        return el("p", words.of(Label.NOTHING_YET))
    return el(
        "section",
        el("h2", words.of(Label.QUARTERS)),
        outcomes_by_quarter(tuple(board.day), lane, words),
        el("div", _latency(board.day, words), class_="latencies"),
    )


def _latency(day: Iterable[Tally], words: Words) -> list[Html]:
    heads = [f"≤ {edge}" for edge in LATENCY_EDGES] + [f"> {LATENCY_EDGES[-1]}"]
    tallies = tuple(day)
    told = (
        (Label.READING, [tally.reading for tally in tallies]),
        (Label.JUDGING, [tally.judging for tally in tallies]),
    )
    return [_histogram(f"{words.of(label)} ({words.of(Label.MILLISECONDS)})", heads, counts) for label, counts in told]


def _histogram(title: str, heads: Sequence[str], counts: Sequence[Sequence[int]]) -> Html:
    totals = [sum(column) for column in zip(*counts, strict=True)]
    rows: list[list[Inside]] = [[head, str(total)] for head, total in zip(heads, totals, strict=True)]
    return el("figure", bars(title, totals), table(title, ["", ""], rows))
