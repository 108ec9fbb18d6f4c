"""The frame of the pages for supervisors and administrators: where one is, where one can go, and one heading."""

from verifier.console.access import PEOPLE, Right, Visitor
from verifier.console.html import Html, Inside, el, fragment
from verifier.console.labels import Label
from verifier.console.page import document
from verifier.words import Words

PLACES = (
    ("/", Label.LAMP, Right.LAMP),
    ("/supervisor", Label.THIS_SCAN, Right.READ),
    ("/overview", Label.OVERVIEW, Right.READ),
    ("/registry", Label.REGISTRY, Right.READ),
    ("/policy", Label.POLICY, Right.READ),
    ("/access", Label.ACCESS, Right.ACT),
)


def page(words: Words, visitor: Visitor, here: Label, *body: Inside, script: str | None = None) -> str:
    """Write a page of the desk."""
    places = (
        el("a", words.of(label), href=address, aria_current="page" if label is here else None)
        for address, label, right in PLACES
        if visitor.may(right)
    )
    header = el("header", el("nav", places, _sign(words, visitor), aria_label=words.of(Label.OVERVIEW)))
    main = el("main", el("h1", words.of(here)), *body)
    return document(words, words.of(here), header, main, look="desk", script=script)


def facts(*pairs: tuple[str, Inside]) -> Html:
    """List facts by name."""
    return el("dl", (fragment(el("dt", name), el("dd", value)) for name, value in pairs))


def table(caption: str, heads: list[str], rows: list[list[Inside]]) -> Html:
    """Lay rows out under their heads; the first cell of a row is its name."""
    head = el("thead", el("tr", (el("th", text, scope="col") for text in heads)))
    body = el("tbody", (el("tr", el("th", row[0], scope="row"), [el("td", cell) for cell in row[1:]]) for row in rows))
    return el("div", el("table", el("caption", caption), head, body), class_="scroll", tabindex="0", role="region")


def _sign(words: Words, visitor: Visitor) -> Html:
    if visitor.role in PEOPLE:
        return el("form", el("button", words.of(Label.SIGN_OUT)), method="post", action="/sign-out")
    return el("a", words.of(Label.SIGN_IN), href="/sign-in", class_="sign")
