"""The registry as this station holds it: how old, whose keys, and which of them end next."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from trust_registry.image import RegistryError, open_image
from trust_registry.model import Issuer, IssuerKey
from verifier.console.access import Visitor
from verifier.console.frame import facts, page, table
from verifier.console.html import Html, Inside, el, fragment, isolated
from verifier.console.labels import Label
from verifier.console.lane import Lane
from verifier.console.overview import moment
from verifier.words import Words

ROWS = 200
NAME_CHARACTERS = 200
SEARCH_CHARACTERS = 100
ENDING = 10


@dataclass(frozen=True, slots=True)
class Held:
    """What the image holds, read once for a page."""

    generation: int
    as_of: float
    issuers: tuple[Issuer, ...]
    keys: tuple[IssuerKey, ...]


def read(path: Path) -> Held | None:
    """Read the image; `None` where it cannot be read."""
    try:
        image = open_image(path)
    except RegistryError:
        return None
    try:
        return Held(image.generation, image.as_of, tuple(image.every_issuer()), tuple(image.every_key()))
    finally:
        image.close()


def registry_page(held: Held | None, lane: Lane, wanted: str, words: Words, visitor: Visitor) -> str:
    """Write the page, with the issuers whose name, country or source contains what is wanted."""
    if held is None:
        return page(words, visitor, Label.REGISTRY, el("p", words.of(Label.NO_IMAGE), class_="condition not-ready"))
    what = facts(
        (words.of(Label.GENERATION), str(held.generation)),
        (words.of(Label.AS_OF), moment(held.as_of, lane)),
        (words.of(Label.ISSUERS), str(len(held.issuers))),
        (words.of(Label.KEYS), str(len(held.keys))),
    )
    return page(
        words,
        visitor,
        Label.REGISTRY,
        what,
        _ending(held.keys, lane, words),
        _search(wanted, words),
        _issuers(held, wanted, words),
    )


def shortened(text: str) -> Html:
    """Show a name that somebody else chose: as text, on its own, and not for ever."""
    return isolated(text if len(text) <= NAME_CHARACTERS else text[: NAME_CHARACTERS - 1] + "…")


def _ending(keys: Iterable[IssuerKey], lane: Lane, words: Words) -> Html | None:
    ending = sorted((key.not_after, key.issuer, key.format.value) for key in keys if key.not_after is not None)[:ENDING]
    if not ending:
        return None
    rows: list[list[Inside]] = [[shortened(issuer), name, moment(until, lane)] for until, issuer, name in ending]
    return table(
        words.of(Label.EXPIRING), [words.of(Label.ISSUERS), words.of(Label.FORMATS), words.of(Label.VALID_UNTIL)], rows
    )


def _search(wanted: str, words: Words) -> Html:
    return el(
        "form",
        el(
            "label",
            words.of(Label.SEARCH),
            " ",
            el("input", type="search", name="q", value=wanted, maxlength=str(SEARCH_CHARACTERS)),
        ),
        el("button", words.of(Label.SEARCH)),
        class_="search",
    )


def _issuers(held: Held, wanted: str, words: Words) -> Html:
    found = [one for one in held.issuers if wanted.casefold() in f"{one.issuer} {one.country} {one.source}".casefold()]
    keys = Counter(key.issuer for key in held.keys)
    rows: list[list[Inside]] = [
        [shortened(one.issuer), one.country, shortened(one.source), str(keys[one.issuer])] for one in found[:ROWS]
    ]
    heads = [words.of(label) for label in (Label.ISSUERS, Label.COUNTRY, Label.SOURCE, Label.KEYS)]
    more = el("p", words.of(Label.MORE)) if len(found) > ROWS else None
    return fragment(table(words.of(Label.ISSUERS), heads, rows), more)
