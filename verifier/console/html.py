"""HTML as typed values: text is escaped because it is text, so a page cannot forget to.

`Html` is made by `el` alone; a `str` that reaches a page, whoever wrote it, becomes characters and never markup.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

_VOID = frozenset({"meta", "link", "input", "br", "hr"})
_CONTROLS = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)], "�")


@dataclass(frozen=True, slots=True)
class Html:
    """A piece of a page that is safe to send as it is."""

    markup: str


Inside = Html | str | None


def el(tag: str, *inside: Inside | Iterable[Inside], **attributes: str | bool | None) -> Html:
    """Make an element.

    `None` inside is left out. An attribute that is true stands alone, one that is false or `None` is left out; its
    name may carry a trailing underscore (`class_`), and an underscore within stands for a hyphen.
    """
    opening = f"<{tag}{''.join(_attribute(name, value) for name, value in attributes.items())}>"
    return Html(opening if tag in _VOID else f"{opening}{fragment(*inside).markup}</{tag}>")


def fragment(*inside: Inside | Iterable[Inside]) -> Html:
    """Put pieces one after the other."""
    return Html("".join(_markup(piece) for piece in inside))


def isolated(text: str) -> Html:
    """Show text that somebody else wrote, so that its writing direction cannot leak into what stands around it."""
    return el("bdi", text)


def _markup(piece: Inside | Iterable[Inside]) -> str:
    match piece:
        case None:
            return ""
        case Html(markup):
            return markup
        case str():
            return _text(piece)
    return "".join(_markup(one) for one in piece)


def _text(text: str) -> str:
    return escape(text.translate(_CONTROLS))


def _attribute(name: str, value: str | bool | None) -> str:  # noqa: FBT001 - an attribute may be just there
    if value is None or value is False:
        return ""
    spelled = name.removesuffix("_").replace("_", "-")
    return f" {spelled}" if value is True else f' {spelled}="{_text(value)}"'
