"""Whether a credential is about the person with the document: honest differences, other people, and misread lines."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier import holder, names, policies
from verifier.context import NOT_ASKED, NOT_SHOWN, Context, Mode, NotShown
from verifier.credential import Credential, Holder, Window
from verifier.instant import Days
from verifier.policy import HolderCheck
from verifier.sealed import Sealed
from verifier.truth import Truth
from verifier.verdict import Reason, Reject
from verifier.wire import mrz
from verifier.wire.mrz import Document

YES, NO, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN

PASSPORT = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
CARD = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
SMALL_CARD = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
LONG_NUMBER = ("I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<")
VISA = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<")


@pytest.mark.parametrize(
    ("lines", "number"),
    [(PASSPORT, "L898902C3"), (CARD, "D23145890"), (SMALL_CARD, "D23145890"), (VISA, "L8988901C")],
)
def test_the_specimens_of_doc_9303_are_read(lines: tuple[str, ...], number: str) -> None:
    document = mrz.read(lines)
    assert (document.family, document.given) == (("ERIKSSON",), ("ANNA", "MARIA"))
    assert document.number == number
    assert not document.truncated


def test_a_long_number_goes_on_in_the_optional_field() -> None:
    assert mrz.read(LONG_NUMBER).number == "D23145890734"


@given(st.sampled_from((PASSPORT, CARD, SMALL_CARD, LONG_NUMBER)), st.data())
def test_a_digit_read_wrong_is_noticed(lines: tuple[str, ...], data: st.DataObject) -> None:
    """Names, nationality and sex have no check digit of their own; every digit of a number or date has."""
    places = [(row, at) for row, line in enumerate(lines) for at, letter in enumerate(line) if letter.isdecimal()]
    row, at = data.draw(st.sampled_from(places))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != lines[row][at]]))
    misread = [*lines]
    misread[row] = lines[row][:at] + wrong + lines[row][at + 1 :]
    with pytest.raises(Reject):
        mrz.read(misread)


@given(st.lists(st.text("A1<é", min_size=30, max_size=44), max_size=4) | st.lists(st.text(), max_size=4))
def test_any_lines_are_a_document_or_a_refusal(lines: list[str]) -> None:
    try:
        mrz.read(lines)
    except Reject as reject:
        assert reject.reason is Reason.MALFORMED  # noqa: PT017 - either outcome is right


def passport(family: str, given_names: str, born: str, number: str = "L898902C3") -> tuple[str, str]:
    """Write the lines of a passport."""
    field = f"{family.replace(' ', '<')}<<{given_names.replace(' ', '<')}"[:39].ljust(39, "<")
    number, expiry, optional = number.ljust(9, "<"), "300101", "<" * 14
    digit = mrz.check_digit
    covered = f"{number}{digit(number)}", f"{born}{digit(born)}", f"{expiry}{digit(expiry)}{optional}<"
    second = f"{covered[0]}UTO{covered[1]}X{covered[2]}"
    return f"P<UTO{field}", second + digit("".join(covered))


@pytest.mark.parametrize(
    ("born", "days"),
    [
        ("000229", [(date(2000, 2, 29), date(2000, 2, 29))]),  # 1900 had none
        ("7408<<", [(date(1974, 8, 1), date(1974, 8, 31)), (date(2074, 8, 1), date(2074, 8, 31))]),
        ("74<<<<", [(date(1974, 1, 1), date(1974, 12, 31)), (date(2074, 1, 1), date(2074, 12, 31))]),
        ("<<<<<<", [(date(1900, 1, 1), date(2099, 12, 31))]),
    ],
)
def test_a_birth_date_means_every_day_that_it_may(born: str, days: list[tuple[date, date]]) -> None:
    assert mrz.read(passport("A", "B", born)).born == tuple(Days(*pair) for pair in days)


@pytest.mark.parametrize("born", ["741301", "740230", "7400<<", "74<<01", "<<0101", "740<<<", "7408A2"])
def test_no_such_day_is_refused(born: str) -> None:
    with pytest.raises(Reject):
        mrz.read(passport("A", "B", born))


def document(family: str, given_names: str = "", *, truncated: bool = False) -> Document:
    return Document(tuple(family.split()), tuple(given_names.split()), truncated, (), "")


@pytest.mark.parametrize(
    ("name", "shown", "expected"),
    [
        ("MUELLER JUERGEN", document("MUELLER", "JUERGEN"), YES),
        ("Müller Jürgen", document("MUELLER", "JUERGEN"), YES),
        ("Müller Jürgen", document("MULLER", "JURGEN"), YES),
        ("Jürgen Müller", document("MUELLER", "JUERGEN"), YES),  # the other order
        ("Ærø Søren", document("AEROE", "SOEREN"), YES),
        ("Weiß Øyvind", document("WEISS", "OYVIND"), YES),
        ("O\u2019Connor Seán", document("OCONNOR", "SEAN"), YES),
        ("ERIKSSON<<ANNA<MARIA", document("ERIKSSON", "ANNA MARIA"), YES),
        ("Garcia Maria", document("GARCIA LOPEZ", "MARIA CARMEN"), YES),  # parts missing on one side
        ("García López María del Carmen", document("GARCIA", "MARIA"), YES),
        ("Dupont Annemarie", document("DUPONT", "ANNE MARIE"), YES),
        ("Dupont Anne-Marie", document("DUPONT", "ANNEMARIE"), YES),
        ("Berg Jan", document("VAN DER BERG", "JAN PIETER"), YES),
        ("van der Berg Jan", document("BERG", "JAN PIETER"), YES),
        ("Dr. Berg Jan", document("BERG", "JAN"), YES),
        ("Папандопуло Алексей", document("PAPANDOPULO", "ALEKSEI"), YES),
        ("Жукова Юлия", document("ZHUKOVA", "YULIYA"), YES),
        ("Παπαδόπουλος Γεώργιος", document("PAPADOPOULOS", "GEORGIOS"), YES),
        ("Papandropoulous Jonathan Alec", document("PAPANDROPOULOUS", "JONATHAN ALE", truncated=True), YES),
        ("Papandropoulous Jonathan Alec", document("PAPANDROPOULOUS", "JONATHAN ALE"), UNKNOWN),
        ("Sukarno", document("SUKARNO"), YES),
        ("Sukarno", document("SUKARNO", "ACHMED"), UNKNOWN),
        ("Doe Jane", document("DOE", "JOHN"), UNKNOWN),
        ("Smith Jane", document("JONES", "JANE"), UNKNOWN),  # perhaps married
        ("Mohammed Al-Hassan", document("ALHASAN", "MUHAMMAD"), UNKNOWN),
        ("王小明", document("WANG", "XIAOMING"), UNKNOWN),
        ("محمد", document("MOHAMED"), UNKNOWN),
        ("Иванов Пётр", document("SMITH", "JOHN"), UNKNOWN),
        ("Smith John", document("JONES", "PETER"), NO),
        ("", document("JONES", "PETER"), UNKNOWN),
    ],
)
def test_names_are_compared_as_documents_write_them(name: str, shown: Document, expected: Truth) -> None:
    assert names.same([name], shown) is expected


ANNA = Holder(("ERIKSSON",), ("ANNA MARIA",), Days.on(date(1974, 8, 12)))
OTHER_DAY = Days.on(date(1974, 8, 13))


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (ANNA, YES),
        (replace(ANNA, born=OTHER_DAY), NO),
        (replace(ANNA, born=OTHER_DAY, document_number="L898902C3"), NO),
        (replace(ANNA, born=Days(date(1974, 1, 1), date(1974, 12, 31))), YES),
        (replace(ANNA, born=None), UNKNOWN),
        (replace(ANNA, born=None, document_number="L898902C3"), YES),
        (replace(ANNA, document_number="X0000001"), YES),  # the passport was renewed
        (replace(ANNA, family_names=("SVENSSON",)), UNKNOWN),
        (replace(ANNA, family_names=("SVENSSON",), document_number="L 898902-C3"), YES),
        (replace(ANNA, family_names=("BERG",), given_names=("PETER",)), NO),
        (replace(ANNA, family_names=("BERG",), given_names=("PETER",), document_number="L898902C3"), YES),
        (Holder(born=ANNA.born), UNKNOWN),
        (Holder(born=ANNA.born, document_number="L898902C3"), YES),
        (Holder(full_names=("Anna Maria Eriksson",), born=ANNA.born), YES),
        (Holder(full_names=("Peter Berg",), born=ANNA.born), NO),
        (Holder(), UNKNOWN),
    ],
)
def test_two_of_name_birth_date_and_number_must_agree(who: Holder, expected: Truth) -> None:
    assert holder.same_person(who, mrz.read(PASSPORT)) is expected


def outcome(who: Holder, lines: tuple[str, ...] | NotShown, wanted: HolderCheck = HolderCheck.MRZ) -> Reason | None:
    policy = replace(policies.load("authentic"), holder=wanted)
    credential = Credential(
        frozenset(), None, None, None, Window(None, None, end_included=True), Sealed(()), Sealed(who)
    )
    shown = lines if isinstance(lines, NotShown) else Sealed(lines)
    try:
        holder.check(credential, policy, Context(Mode.LIVE, shown, NOT_ASKED, NOT_ASKED, NOT_ASKED))
    except Reject as reject:
        return reject.reason
    return None


def test_the_answer_becomes_a_reason_where_the_policy_asks() -> None:
    stranger = Holder(full_names=("Peter Berg",), born=OTHER_DAY)
    assert outcome(ANNA, PASSPORT) is None
    assert outcome(stranger, PASSPORT) is Reason.HOLDER_MISMATCH
    assert outcome(Holder(born=ANNA.born), PASSPORT) is Reason.HOLDER_UNSURE
    assert outcome(ANNA, NOT_SHOWN) is Reason.HOLDER_NOT_SHOWN
    assert outcome(ANNA, (PASSPORT[0], PASSPORT[1][:-1] + "1")) is Reason.HOLDER_NOT_SHOWN  # read wrong: show it again
    assert outcome(stranger, NOT_SHOWN, HolderCheck.NONE) is None
