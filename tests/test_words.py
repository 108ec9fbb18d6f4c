"""Every code has its sentence in every language, and no sentence is left over or left untranslated."""

import tomllib
from collections.abc import Iterable
from enum import Enum
from importlib.resources import files

import pytest

from verifier import words
from verifier.policy import Action
from verifier.verdict import Outcome, Prompt, Reason

CODES: tuple[type[Enum], ...] = (Outcome, Reason, Action, Prompt)
REMEDIED: tuple[type[Enum], ...] = (Reason,)


def lines(enums: Iterable[type[Enum]]) -> set[str]:
    return {words.key(code) for enum in enums for code in enum}


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("enum", CODES)
def test_every_code_has_its_sentence_and_no_sentence_lacks_its_code(language: str, enum: type[Enum]) -> None:
    said = words.load(language).tables[enum.__name__.lower()]
    assert set(said) == lines([enum])
    assert all(sentence.strip() == sentence != "" for sentence in said.values())


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_reason_says_what_to_do(language: str) -> None:
    assert set(words.load(language).tables["remedy"]) == lines(REMEDIED)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_shipped_policy_is_said_in_every_language(language: str) -> None:
    assert set(words.load(language).tables["asks"]) == set(words.load("en").tables["asks"])


def test_the_files_are_the_languages() -> None:
    names = {path.name for path in files(words).iterdir() if path.name.endswith(".toml")}
    assert names == {f"{language}.toml" for language in words.LANGUAGES}


def test_a_sentence_is_plain_text() -> None:
    for language in words.LANGUAGES:
        for table in words.load(language).tables.values():
            assert not any(set("<>&{}\n") & set(sentence) for sentence in table.values())


def test_two_reasons_are_never_said_alike() -> None:
    # the planted fault of a copied line: a translator who pastes one sentence twice is told
    for language in words.LANGUAGES:
        said = list(words.load(language).tables["reason"].values())
        assert len(set(said)) == len(said)


def test_a_code_that_no_file_says_is_an_error() -> None:
    class Weather(Enum):
        RAIN = "rain"

    with pytest.raises(KeyError):
        words.load("en").of(Weather.RAIN)
    with pytest.raises(KeyError):
        words.load("../en")


def test_a_policy_of_a_site_is_said_in_its_own_words() -> None:
    assert words.load("en").asks("crew-badge", "a crew badge of this ship") == "a crew badge of this ship"
    assert words.load("en").asks("polio", "whatever") == "vaccinated against polio"
    assert tomllib.loads(files(words).joinpath("en.toml").read_text(encoding="utf-8"))["asks"]["polio"]
