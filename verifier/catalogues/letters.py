"""Letters outside A to Z, written in A to Z as the machine-readable zone of a passport writes them."""

import json
import re
import unicodedata
from importlib import resources


def _read() -> dict[str, str]:
    text = resources.files(__package__).joinpath("letters.json").read_text("utf-8")
    return {letter: latin for group in json.loads(text)["groups"] for letter, latin in group["letters"].items()}


_LETTERS = _read()
_KNOWN = re.compile("|".join(sorted(map(re.escape, _LETTERS), key=len, reverse=True)))


def transliterate(text: str) -> str:
    """Write a text in capitals from A to Z, without accents; a letter of a script that has no table here stays."""
    decomposed = unicodedata.normalize("NFKD", text.upper())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _KNOWN.sub(lambda found: _LETTERS[found[0]], bare)


def is_latin(text: str) -> bool:
    """Say whether every letter is a Latin one, with or without accents."""
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in text if letter.isalpha())
