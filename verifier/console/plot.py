"""Plots as plain SVG: no script, no library, readable without colour."""

from collections.abc import Sequence

from verifier.console.html import Html, el
from verifier.console.labels import Label
from verifier.console.lane import Lane
from verifier.console.stream import counts
from verifier.protocol import Tally
from verifier.verdict import Outcome
from verifier.words import Words

WIDTH, HEIGHT = 720, 160


def bars(title: str, values: Sequence[int]) -> Html:
    """Draw one bar for each value."""
    step, most = WIDTH / len(values), max(1, *values)
    drawn = (
        _bar(index * step + 1, 0, step - 2, HEIGHT * value / most, "plain")
        for index, value in enumerate(values)
        if value
    )
    return _plot(title, *drawn)


def outcomes_by_quarter(day: Sequence[Tally], lane: Lane, words: Words) -> Html:
    """Stack the outcomes of each quarter hour, with what was merged on top; a legend says which is which."""
    stacks = [_stack(tally) for tally in day]
    most = max(1, *(sum(count for _, count in stack) for stack in stacks))
    step = WIDTH / max(16, len(stacks))
    drawn: list[Html] = []
    for index, stack in enumerate(stacks):
        height = 0.0
        for name, count in stack:
            drawn.append(_bar(index * step + 1, height, step - 2, HEIGHT * count / most, name))
            height += HEIGHT * count / most
    legend = el(
        "ul", (el("li", words.of(outcome), class_=outcome) for outcome in Outcome), _merged(words), class_="legend"
    )
    return el("figure", _plot(f"{words.of(Label.QUARTERS)}, {words.of(Label.LANE)} {lane.name}", *drawn), legend)


def _stack(tally: Tally) -> list[tuple[str, int]]:
    return [*((outcome.value, count) for outcome, count in counts(tally).items()), ("merged", tally.counts[0])]


def _merged(words: Words) -> Html:
    return el("li", words.of(Label.MERGED), class_="merged")


def _bar(left: float, bottom: float, width: float, height: float, name: str) -> Html:
    top = HEIGHT - bottom - height
    return el("rect", x=f"{left:.1f}", y=f"{top:.1f}", width=f"{width:.1f}", height=f"{height:.1f}", class_=name)


def _plot(title: str, *drawn: Html) -> Html:
    return el("svg", el("title", title), *drawn, viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", class_="plot")
