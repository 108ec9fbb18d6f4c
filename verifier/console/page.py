"""The frame that every page stands in."""

from verifier.console.html import Html, Inside, el
from verifier.words import Words

PREFIX = "<!doctype html>"


def document(words: Words, title: str, *body: Inside, look: str, script: str | None = None, **attributes: str) -> str:
    """Write a whole page. `look` and `script` name files of `static`; the attributes are those of the body."""
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", title),
        el("link", rel="icon", href="/static/icon.svg"),
        el("link", rel="stylesheet", href=f"/static/{look}.css"),
        el("script", src=f"/static/{script}.js", defer=True) if script else None,
    )
    html = el("html", head, el("body", *body, **attributes), lang=words.language, dir=words.direction)
    return PREFIX + html.markup


def icon(name: str, label: str | None = None) -> Html:
    """Draw one of the shapes of `static/shapes.svg`, with its name where a label gives one, else as decoration."""
    use = el("use", href=f"/static/shapes.svg#{name}")
    if label is None:
        return el("svg", use, viewBox="0 0 100 100", aria_hidden="true", class_=f"icon {name}")
    return el("svg", el("title", label), use, viewBox="0 0 100 100", role="img", class_=f"icon {name}")
