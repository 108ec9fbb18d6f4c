"""Text is escaped because it is text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.console.html import Html, el, fragment, isolated


def test_an_element_nests_and_leaves_out_what_is_none() -> None:
    line = el("p", "a", None, el("b", "c"), ["d", el("br")], class_="x", hidden=True, data_face=None, disabled=False)
    assert line == Html('<p class="x" hidden>a<b>c</b>d<br></p>')


def test_attribute_names_are_spelled_with_hyphens() -> None:
    assert el("meta", aria_label="ü") == Html('<meta aria-label="ü">')


@given(st.text())
def test_no_text_ever_becomes_markup(text: str) -> None:
    inside, attribute = el("p", text), el("p", title=text)
    assert inside.markup.count("<") == attribute.markup.count("<") == 2
    assert attribute.markup.count('"') == 2


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "\x00\x1b[31m", "'&"]
)
def test_hostile_names_are_shown_as_characters(hostile: str) -> None:
    shown = isolated(hostile).markup
    assert shown.startswith("<bdi>")
    assert not set("<\"'\x00\x1b") & set(shown.removeprefix("<bdi>").removesuffix("</bdi>"))


def test_pieces_follow_one_another() -> None:
    assert fragment(el("i"), "<", (el(tag) for tag in "bu")) == Html("<i></i>&lt;<b></b><u></u>")
