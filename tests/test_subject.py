from datetime import date

from trust_registry.model import Kind
from verifier import subject
from verifier.claims import AgeOver, Attribute, Birth
from verifier.instant import Days
from verifier.wire.json import Object

_PERSON: Object = {
    "family_name": "Example",
    "givenName": "Ada",
    "birthdate": "2001-02-03",
    "age_over_18": True,
    "age_over_21": False,
    "age_equal_or_over": {"65": False, "x": True, "16": "yes"},
    "nationalities": ["UT", "XR"],
    "address": {"country": "UT", "floor": 3, "height": 1.5, "note": None},
    "document_number": "X123",
}


def test_ages_births_and_attributes_are_stated() -> None:
    claims = subject.claims(_PERSON)
    assert {AgeOver(18, True), AgeOver(21, False), AgeOver(65, False)} == {c for c in claims if isinstance(c, AgeOver)}  # noqa: FBT003
    assert Birth(Days.on(date(2001, 2, 3))) in claims
    for attribute in (
        Attribute(("nationalities",), "UT"),
        Attribute(("nationalities",), "XR"),
        Attribute(("address", "country"), "UT"),
        Attribute(("address", "floor"), 3),
        Attribute(("age_over_18",), True),  # noqa: FBT003
    ):
        assert attribute in claims
    assert not [c for c in claims if isinstance(c, Attribute) and c.path[-1] in ("height", "note")]


def test_the_holder_is_what_can_be_compared() -> None:
    holder = subject.holder(_PERSON)
    assert (holder.family_names, holder.given_names, holder.document_number) == (("Example",), ("Ada",), "X123")
    assert holder.born == Days.on(date(2001, 2, 3))


def test_a_member_of_another_form_says_nothing() -> None:
    odd: Object = {"birthdate": "long ago", "birth_date": 5, "age_over_18": "yes", "family_name": ["Example"]}
    assert {type(claim) for claim in subject.claims(odd)} == {Attribute}
    assert (subject.holder(odd).born, subject.holder(odd).family_names) == (None, ())


def test_a_ticket_is_no_identity_and_what_is_more_than_a_ticket_is_both() -> None:
    assert subject.kinds({"event": "Concert", "category": "A"}) == {Kind.TICKET}
    assert subject.kinds({"event": "Concert", "age_over_18": True}) == {Kind.TICKET, Kind.IDENTITY}
    assert subject.kinds({"age_over_18": True}) == subject.kinds({}) == {Kind.IDENTITY}
