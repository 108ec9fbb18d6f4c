"""Words: every sentence for people, by code and language.

One TOML file for each language, made to be edited by a translator: a table for each kind of code, a line for each
code. A program names a sentence by its enum member, so nothing that came from outside is ever said.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Literal

# in the order that a person is offered them
LANGUAGES = ("en", "fr", "es", "pt", "de", "ar", "zh")

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one language. `tables` holds them by table, then by code."""

    language: str
    tables: Mapping[str, Mapping[str, str]]

    @property
    def name(self) -> str:
        """Name the language in itself."""
        return self.tables["language"]["name"]

    @property
    def direction(self) -> Direction:
        """Say which way the language is written."""
        return "rtl" if self.tables["language"]["direction"] == "rtl" else "ltr"

    def of(self, code: Enum) -> str:
        """Say a code: its table carries the name of its class, its line its text, or its name where it is a number."""
        return self.tables[type(code).__name__.lower()][key(code)]

    def remedy(self, code: Enum) -> str:
        """Say what to do about a code."""
        return self.tables["remedy"][key(code)]

    def asks(self, policy: str, otherwise: str) -> str:
        """Say what a policy asks; a policy that a site made itself is said in its own words."""
        return self.tables["asks"].get(policy, otherwise)


def key(code: Enum) -> str:
    """Name the line of a code."""
    return code.value if isinstance(code.value, str) else code.name.lower().replace("_", "-")


@cache
def load(language: str) -> Words:
    """Read one of `LANGUAGES`. Raises `KeyError` for any other."""
    if language not in LANGUAGES:
        raise KeyError(language)
    text = files(__name__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return Words(language, tomllib.loads(text))


def best(accepted: str) -> str:
    """Choose a language for an `Accept-Language` header or a locale, English when none fits.

    The order of the header counts; its weights do not. Source: RFC 9110 section 12.5.4.
    """
    wanted = (part.split(";")[0].strip().replace("_", "-").split("-")[0].lower() for part in accepted.split(","))
    return next((tag for tag in wanted if tag in LANGUAGES), LANGUAGES[0])
