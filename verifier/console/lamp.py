"""The lamp page: one outcome by colour, shape, position and word, and what staff do. Its holder's side says less.

Every sentence is in the page from the start; an event names which of them are to be seen, so the script writes no text.
"""

from collections.abc import Iterable

from verifier.console.html import Html, el, fragment, isolated
from verifier.console.labels import Label
from verifier.console.lane import Lane
from verifier.console.page import document, icon
from verifier.protocol import Readiness, Trouble
from verifier.verdict import Action, Outcome, Prompt
from verifier.words import Words, key

SIZES = (("short", 4), ("middling", 6), ("long", 11))
RAIL = (Outcome.FAIL, Outcome.UNSURE, Outcome.PASS)  # from the top, as on a traffic light


def page(lane: Lane, words: Words) -> str:
    """Write the page for staff."""
    return document(
        words,
        f"{words.of(Label.LANE)} {lane.name}",
        _head(lane, words),
        el("main", _rail(), _faces(words), _actions(words), class_="stage"),
        _foot(words),
        _training(words),
        look="lamp",
        script="lamp",
        data_face="lost",
        data_events="/api/v1/lamp",
    )


def holder_page(lane: Lane, words: Words) -> str:
    """Write the page for the person who shows a code: how to go on, and never why."""
    faces = [
        _face("ready", words.of(Label.SHOW_CODE)),
        _face("pass", words.of(Label.HOLDER_PASS)),
        _face("staff", words.of(Label.HOLDER_STAFF)),
        _prompts(words),
        _face("lost", words.of(Label.HOLDER_STAFF), shape="staff"),
        _face("closed", words.of(Readiness.NOT_READY)),
    ]
    return document(
        words,
        words.of(Label.SHOW_CODE),
        el("header", _asks(lane, words)),
        el("main", faces, class_="stage"),
        _training(words),
        look="lamp",
        script="lamp",
        class_="holder",
        data_face="lost",
        data_events="/api/v1/holder",
    )


def _head(lane: Lane, words: Words) -> Html:
    name = el("p", f"{words.of(Label.LANE)} ", isolated(lane.name), class_="lane")
    return el("header", _asks(lane, words), name)


def _asks(lane: Lane, words: Words) -> Html:
    sentences = [
        el("strong", isolated(words.asks(policy.name, policy.asks)), data_policy=str(index), hidden=True)
        for index, policy in enumerate(lane.policies)
    ]
    return el("p", el("span", words.of(Label.ASKS)), " ", *sentences, class_="asks")


def _rail() -> Html:
    return el("div", (icon(outcome) for outcome in RAIL), class_="rail", aria_hidden="true")


def _faces(words: Words) -> Html:
    return el(
        "div",
        (_face(outcome, words.of(outcome)) for outcome in RAIL),
        _face("ready", words.of(Label.SHOW_CODE)),
        _prompts(words),
        _face("closed", words.of(Readiness.NOT_READY), el("p", words.of(Label.CLOSED_HINT))),
        _face("lost", words.of(Label.LOST), el("p", words.of(Label.LOST_HINT))),
        class_="faces",
        role="status",
    )


def _face(name: str, word: str, *more: Html, shape: str | None = None) -> Html:
    said = el("div", el("h1", word, class_=_size(word)), *more)
    return el("section", icon(shape or name), said, data_face=name, hidden=name != "lost")


def _size(word: str) -> str | None:
    """Give the largest size that a word fits; a sentence has the size of its place."""
    return next((size for size, most in SIZES if len(word) <= most), None)


def _prompts(words: Words) -> Html:
    return fragment(
        el("section", icon(key(prompt)), el("h1", words.of(prompt)), data_face=f"prompt {key(prompt)}", hidden=True)
        for prompt in Prompt
    )


def _actions(words: Words) -> Html:
    actions = (
        el("p", icon(action), el("span", words.of(action)), data_action=action.value, hidden=True) for action in Action
    )
    return el("div", actions, class_="actions", role="status")


def _foot(words: Words) -> Html:
    return el("footer", _troubles(Trouble, words), _counts(words), _tools(words))


def _troubles(troubles: Iterable[Trouble], words: Words) -> Html:
    lines = (el("li", icon("warning"), words.of(one), data_trouble=key(one), hidden=True) for one in troubles)
    return el("div", el("ul", lines), class_="troubles", role="status")


def _counts(words: Words) -> Html:
    cells = (
        el("li", icon(outcome, words.of(outcome)), el("span", "0", data_count=outcome.value)) for outcome in RAIL[::-1]
    )
    return el("ul", cells, class_="counts", data_only="training", hidden=True, aria_label=words.of(Label.COUNTS))


def _tools(words: Words) -> Html:
    return el(
        "div",
        el("span", words.of(Label.KEPT), data_only="kept", hidden=True),
        el("button", words.of(Label.SOUND), type="button", id="sound", aria_pressed="false"),
        el("button", words.of(Label.FULL_SCREEN), type="button", id="full-screen"),
        class_="tools",
    )


def _training(words: Words) -> Html:
    word = words.of(Label.TRAINING)
    return el("div", el("span", word), el("span", word), class_="training", data_only="training", hidden=True)
