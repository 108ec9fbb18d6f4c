"""The policies of this lane: which one is asked, what each accepts, and what staff do for each reason."""

from verifier.console.access import Right, Visitor
from verifier.console.frame import facts, page, table
from verifier.console.html import Html, Inside, el, isolated
from verifier.console.labels import Label
from verifier.console.lane import Asked, Lane
from verifier.console.overview import act
from verifier.protocol import State, Verb
from verifier.verdict import Reason
from verifier.words import Words


def policy_page(lane: Lane, state: State | None, words: Words, visitor: Visitor, said: Html | None) -> str:
    """Write the page."""
    sections = (_policy(index, asked, state, words, visitor) for index, asked in enumerate(lane.policies))
    return page(words, visitor, Label.POLICY, said, *sections)


def _policy(index: int, asked: Asked, state: State | None, words: Words, visitor: Visitor) -> Html:
    now = state is not None and state.policy == index
    choose = (
        act(words, visitor, Verb.POLICY, index, words.of(Label.ASK_THIS))
        if not now and visitor.may(Right.ACT)
        else None
    )
    return el(
        "section",
        el("h2", isolated(words.asks(asked.name, asked.asks))),
        el("p", words.of(Label.ASKED_NOW), class_="condition ready") if now else choose,
        facts(
            (words.of(Label.POLICY), isolated(asked.name)),
            (words.of(Label.VERSION), isolated(asked.version)),
            (words.of(Label.RULE), isolated(asked.source)),
            (words.of(Label.FORMATS), ", ".join(asked.formats)),
        ),
        el("details", el("summary", words.of(Label.ACTION)), _actions(asked, words)),
    )


def _actions(asked: Asked, words: Words) -> Html:
    rows: list[list[Inside]] = [
        [words.of(reason), words.of(reason.outcome), words.of(asked.actions[reason])] for reason in Reason
    ]
    return table(words.of(Label.ACTION), [words.of(Label.REASON), "", words.of(Label.ACTION)], rows)
