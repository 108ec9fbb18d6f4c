"""Subjects: what a credential in JSON says about a person, or about a ticket, as statements and as the holder.

Members are known by their names in OpenID Connect Core, ISO/IEC 18013-5 and schema.org. A member that is not of the
form that its name promises says nothing; whatever else is there is an attribute that a policy may ask for by its path.
"""

import re
from collections.abc import Iterator

from trust_registry.model import Kind
from verifier.claims import AgeOver, Attribute, Birth, Claim
from verifier.credential import Holder
from verifier.instant import Days
from verifier.verdict import Reject
from verifier.wire import iso8601
from verifier.wire.json import Json, Object

_BIRTH_DATES = ("birthdate", "birth_date", "birthDate", "dateOfBirth")
_FAMILY_NAMES = ("family_name", "familyName")
_GIVEN_NAMES = ("given_name", "givenName")
_DOCUMENT_NUMBERS = ("document_number", "documentNumber")

_AGE_OVER = re.compile(r"age_over_(\d{1,3})", re.ASCII)
_AGES_OVER = "age_equal_or_over"  # Source: PID Rulebook, the SD-JWT VC encoding: an object of ages

_EVENT = "event"
_TICKET = frozenset({_EVENT, "category", "seat", "id", "type", *_FAMILY_NAMES, *_GIVEN_NAMES})


def claims(subject: Object) -> tuple[Claim, ...]:
    """Give every statement about the subject."""
    return (*_ages(subject), *_births(subject), *_attributes(subject, ()))


def kinds(subject: Object) -> frozenset[Kind]:
    """Say what the subject attests, as scopes name it: a ticket if it has an event; else, or beside it, identity."""
    ticket = frozenset({Kind.TICKET}) if _EVENT in subject else frozenset()
    return ticket if ticket and subject.keys() <= _TICKET else ticket | {Kind.IDENTITY}


def holder(subject: Object) -> Holder:
    """Give what there is to compare with the document in the holder's hand."""
    births = _births(subject)
    return Holder(
        tuple(_texts(subject, _FAMILY_NAMES)),
        tuple(_texts(subject, _GIVEN_NAMES)),
        births[0].born if births else None,
        next(_texts(subject, _DOCUMENT_NUMBERS), None),
    )


def _texts(subject: Object, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        value = subject.get(name)
        if isinstance(value, str):
            yield value


def _births(subject: Object) -> list[Birth]:
    return [Birth(born) for text in _texts(subject, _BIRTH_DATES) if (born := _days(text)) is not None]


def _days(text: str) -> Days | None:
    try:
        return iso8601.days(text)
    except Reject:
        return None


def _ages(subject: Object) -> Iterator[AgeOver]:
    listed = subject.get(_AGES_OVER)
    for years, holds in listed.items() if isinstance(listed, dict) else ():
        if isinstance(holds, bool) and years.isascii() and years.isdecimal():
            yield AgeOver(int(years), holds)
    for name, holds in subject.items():
        match = _AGE_OVER.fullmatch(name)
        if match and isinstance(holds, bool):
            yield AgeOver(int(match[1]), holds)


def _attributes(value: Json, path: tuple[str, ...]) -> Iterator[Attribute]:
    """Give every text, number and truth value by its path; the elements of an array share the path of the array."""
    match value:
        case dict():
            for name, inner in value.items():
                yield from _attributes(inner, (*path, name))
        case list():
            for inner in value:
                yield from _attributes(inner, path)
        case str() | int():
            yield Attribute(path, value)
        case _:
            return
