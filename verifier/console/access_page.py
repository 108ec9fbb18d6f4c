"""The page about who may come in: passkeys, paired screens, and what administrators did."""

from verifier.console.access import Role, Visitor
from verifier.console.acts import Acts
from verifier.console.frame import page, table
from verifier.console.html import Html, Inside, el, isolated
from verifier.console.keep import Keep, Shelf
from verifier.console.labels import Label
from verifier.console.lane import Lane
from verifier.console.overview import moment
from verifier.words import Words


def access_page(keep: Keep, acts: Acts, lane: Lane, words: Words, visitor: Visitor, link: str | None = None) -> str:
    """Write the page; with the link of a pairing that was just made, which is shown this once."""
    return page(
        words,
        visitor,
        Label.ACCESS,
        el("p", words.of(Label.PAIR_HINT), el("br"), el("code", link, class_="link"), class_="said") if link else None,
        el(
            "section",
            _pair(words, visitor, Role.STAFF_SCREEN, Label.PAIR_STAFF),
            _pair(words, visitor, Role.HOLDER_SCREEN, Label.PAIR_HOLDER),
            class_="acts",
        ),
        _shelf(keep.passkeys, Label.PEOPLE, words, visitor),
        _shelf(keep.screens, Label.SCREENS, words, visitor),
        _log(acts, lane, words),
    )


def _form(words: Words, visitor: Visitor, action: str, button: Label, **fields: str) -> Html:
    hidden = (el("input", type="hidden", name=name, value=value) for name, value in fields.items())
    token = el("input", type="hidden", name="token", value=visitor.form_token)
    return el("form", token, hidden, el("button", words.of(button)), method="post", action=action)


def _pair(words: Words, visitor: Visitor, role: Role, label: Label) -> Html:
    return _form(words, visitor, "/access/pair", label, role=role.value)


def _shelf(shelf: Shelf, label: Label, words: Words, visitor: Visitor) -> Html:
    rows: list[list[Inside]] = [
        [isolated(entry.name), entry.role.value, _form(words, visitor, "/access/remove", Label.REMOVE, entry=stem)]
        for stem, entry in shelf.all()
    ]
    return table(words.of(label), [words.of(label), words.of(Label.ACCESS), words.of(Label.REMOVE)], rows)


def _log(acts: Acts, lane: Lane, words: Words) -> Html:
    rows: list[list[Inside]] = [
        [moment(act.at, lane), isolated(act.who), isolated(act.what), isolated(act.came)] for act in acts.last()
    ]
    return table(words.of(Label.ACTS), ["", "", "", ""], rows)
