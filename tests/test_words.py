"""Every code has its sentence in every language, and no sentence is left over or left untranslated."""

import tomllib
from collections.abc import Iterable
from enum import Enum
from importlib.resources import files

import pytest

from verifier import words
from verifier.console.labels import Label
from verifier.protocol import Answer, ClockQuality, Part, Readiness, Trouble, Verb
from verifier.verdict import Action, Outcome, Prompt, Reason

CODES: tuple[type[Enum], ...] = (
    *(Outcome, Reason, Action, Prompt),
    *(Readiness, Trouble, ClockQuality, Part, Verb, Answer),
    Label,
)
REMEDIED: tuple[type[Enum], ...] = (Reason, Trouble)


def lines(enums: Iterable[type[Enum]]) -> set[str]:
    return {words.key(code) for enum in enums for code in enum}


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("enum", CODES)
def test_every_code_has_its_sentence_and_no_sentence_lacks_its_code(language: str, enum: type[Enum]) -> None:
    said = words.load(language).tables[enum.__name__.lower()]
    assert set(said) == lines([enum])
    assert all(sentence.strip() == sentence != "" for sentence in said.values())


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_reason_and_every_trouble_says_what_to_do(language: str) -> None:
    assert set(words.load(language).tables["remedy"]) == lines(REMEDIED)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_shipped_policy_is_said_in_every_language(language: str) -> None:
    assert set(words.load(language).tables["asks"]) == set(words.load("en").tables["asks"])


@pytest.mark.parametrize("language", words.LANGUAGES[1:])
def test_a_translation_has_the_tables_of_english_and_repeats_no_sentence_of_it(language: str) -> None:
    english, other = words.load("en").tables, words.load(language).tables
    assert set(other) == set(english)
    repeated = {line for line, said in english["remedy"].items() if other["remedy"][line] == said}
    assert repeated == set()


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


def test_only_arabic_runs_right_to_left() -> None:
    assert [tag for tag in words.LANGUAGES if words.load(tag).direction == "rtl"] == ["ar"]


def test_a_code_that_no_file_says_is_an_error() -> None:
    class Weather(Enum):
        RAIN = "rain"

    with pytest.raises(KeyError):
        words.load("en").of(Weather.RAIN)
    with pytest.raises(KeyError):
        words.load("../en")


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("", "en"),
        ("fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        ("tlh, de;q=0.5", "de"),
        ("pt_BR.UTF-8", "pt"),
        ("zh-Hans-CN", "zh"),
        ("*", "en"),
        ("\u202e<b>", "en"),
    ],
)
def test_the_language_follows_the_wish(accepted: str, chosen: str) -> None:
    assert words.best(accepted) == chosen


def test_a_policy_of_a_site_is_said_in_its_own_words() -> None:
    assert words.load("fr").asks("crew-badge", "a crew badge of this ship") == "a crew badge of this ship"
    assert words.load("en").asks("polio", "whatever") == "vaccinated against polio"
    assert tomllib.loads(files(words).joinpath("en.toml").read_text(encoding="utf-8"))["asks"]["polio"]
