from datetime import UTC, date, datetime

import pytest

from trust_registry.model import HeldTrust
from verifier import policies
from verifier.claims import Birth, Test, Vaccination
from verifier.context import NOT_ASKED, Context, Mode
from verifier.credential import Credential
from verifier.decide import decide
from verifier.formats import shc
from verifier.instant import Days, Instant
from verifier.sealed import unseal
from verifier.signature import check
from verifier.specimen import shc as make
from verifier.specimen.hc1 import Person
from verifier.truth import Truth
from verifier.verdict import Reason, Reject

_NOW = datetime(2026, 11, 1, tzinfo=UTC).timestamp()
_START = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
_ADA = Person("EXAMPLE", "ADA", "1990-05-06", "X1")
_TRUST = HeldTrust(_NOW, tuple(issuer.key for issuer in make.ISSUERS))
_TRAINING = Context(Mode.TRAINING, NOT_ASKED, NOT_ASKED, NOT_ASKED, NOT_ASKED)
_DOSES = [make.patient(_ADA), make.dose(date(2026, 2, 1)), make.dose(date(2026, 3, 1))]
_CARD = make.card(_DOSES, not_before=_START)
_GOOD = make.sign(_CARD)


def _judge(data: bytes, policy: str = "authentic") -> Reason:
    verdict = decide(data, _TRUST, policies.load(policy), Instant.between(_NOW, _NOW, UTC), _TRAINING)
    assert verdict is not None
    return verdict.reason


def _read(payload: dict[str, object]) -> Credential:
    doc = shc.parse(make.symbol(make.sign(payload)), _TRAINING)
    return shc.read(check(doc, _TRUST.keys(doc.signer)))


def test_a_card_in_one_symbol_and_in_parts_in_any_order_is_met() -> None:
    assert _judge(make.symbol(_GOOD), "covid-19-vaccinated") is Reason.CLAIM_MET
    for parts in (1, 2, 3, 17):
        texts = make.symbols(_GOOD, parts)
        assert _judge(b"\n".join(texts)) is Reason.CLAIM_MET
        assert _judge(b"\n".join(reversed(texts))) is Reason.CLAIM_MET


def test_parts_are_all_there_and_each_once() -> None:
    first, second, third = make.symbols(_GOOD, 3)
    for texts in ((first, third), (first, first, third), (first, second, third, third), (first,), (first, b"x", third)):
        assert _judge(b"\n".join(texts)) is Reason.MALFORMED
    assert _judge(first + b"\n" + second.replace(b"/2/3/", b"/2/2/")) is Reason.MALFORMED
    assert _judge(b"\n".join(make.symbols(_GOOD, 3)) + b"\n") is Reason.MALFORMED


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-1],
        lambda text: text + b" ",
        lambda text: text[:-2] + b"78",
        lambda text: text[:-2] + b"99",
        lambda text: text[:-2] + b"aa",
        lambda _: b"shc:/",
        lambda text: text.replace(b"shc:/", b"shc:/0/1/"),
    ],
)
def test_digits_come_in_pairs_that_stand_for_characters(change: object) -> None:
    assert callable(change)
    assert _judge(change(make.symbol(_GOOD))) is Reason.MALFORMED


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ({"zip": "GZIP"}, Reason.MALFORMED),
        ({"kid": None}, Reason.MALFORMED),
        ({"kid": "unknown"}, Reason.UNKNOWN_ISSUER),
        ({"kid": make.RURITANIA.key.key_id.decode()}, Reason.UNKNOWN_ISSUER),
        ({"alg": "ES384"}, Reason.UNSUPPORTED_ALGORITHM),
        ({"alg": "none"}, Reason.SIGNATURE_BAD),
    ],
)
def test_the_header_must_be_right(header: dict[str, object], reason: Reason) -> None:
    assert _judge(make.symbol(make.sign(_CARD, header=header))) is reason


def test_a_key_counts_for_its_own_issuer_alone() -> None:
    stolen = make.card(_DOSES, not_before=_START, issuer=make.RURITANIA)
    kid = {"kid": make.UTOPIA.key.key_id.decode()}
    assert _judge(make.symbol(make.sign(stolen, make.UTOPIA, kid))) is Reason.UNKNOWN_ISSUER
    assert _judge(make.symbol(make.sign(stolen, make.UTOPIA, {"kid": make.RURITANIA.key.key_id.decode()}))) is (
        Reason.SIGNATURE_BAD
    )


def test_the_payload_is_one_whole_deflate_stream_of_strict_json() -> None:
    header = {"zip": "DEF", "alg": "ES256", "kid": make.UTOPIA.key.key_id.decode()}
    for payload in (b"{}", make.deflate(b"{}") + b"x", make.deflate(b'{"iss":1}')[:-2], make.deflate(b"[]"), b""):
        assert _judge(make.symbol(make.sign_bytes(payload, make.UTOPIA, header))) is Reason.MALFORMED


def test_the_window_is_held() -> None:
    assert _judge(make.symbol(make.sign(make.card(_DOSES, not_before=_NOW + 3600)))) is Reason.NOT_YET_VALID
    assert _judge(make.symbol(make.sign(make.card(_DOSES, not_before=_START, expires=_NOW - 3600)))) is Reason.EXPIRED
    for wrong in (_NOW * 1000, None, "soon", True):
        assert _judge(make.symbol(make.sign(_CARD | {"nbf": wrong}))) is Reason.MALFORMED
    assert _judge(make.symbol(make.sign(_CARD | {"exp": None}))) is Reason.MALFORMED


def test_doses_tests_and_the_birth_date_are_stated() -> None:
    tests = [
        make.laboratory_test("2026-10-30T10:00:00Z"),
        make.laboratory_test("2026-10-30", kind="94558-4", result="260373001"),
        make.laboratory_test("2026-10", kind="99999-9", result="1"),
    ]
    claims = unseal(_read(make.card([*_DOSES, *tests], not_before=_START)).claims)
    assert Vaccination(None, "cvx:208", Days.on(date(2026, 2, 1))) in claims
    assert Birth(Days.on(date(1990, 5, 6))) in claims
    molecular, antigen, unknown = (claim for claim in claims if isinstance(claim, Test))
    taken = datetime(2026, 10, 30, 10, tzinfo=UTC).timestamp()
    assert molecular == Test("covid-19", Truth.FALSE, Truth.TRUE, (taken, taken))
    assert (antigen.detected, antigen.molecular) == (Truth.TRUE, Truth.FALSE)
    assert (unknown.disease, unknown.detected, unknown.molecular) == (None, Truth.UNKNOWN, Truth.UNKNOWN)


def test_what_was_not_done_or_is_not_final_does_not_count() -> None:
    for resource in (
        make.dose(date(2026, 2, 1), status="not-done"),
        make.laboratory_test("2026-10", status="registered"),
    ):
        credential = _read(make.card([make.patient(_ADA), resource], not_before=_START))
        assert not [claim for claim in unseal(credential.claims) if not isinstance(claim, Birth)]
        assert credential.kinds == frozenset()


def test_a_dose_given_at_a_moment_has_the_date_of_its_own_place() -> None:
    credential = _read(make.card([make.patient(_ADA), make.dose("2026-02-01T23:30:00-10:00")], not_before=_START))
    assert unseal(credential.claims)[0] == Vaccination(None, "cvx:208", Days.on(date(2026, 2, 1)))


def test_the_holder_is_the_one_patient() -> None:
    holder = unseal(_read(_CARD).holder)
    assert (holder.family_names, holder.given_names) == (("Example",), ("Ada",))
    nameless = unseal(_read(make.card([{"resourceType": "Patient"}], not_before=_START)).holder)
    assert (nameless.family_names, nameless.given_names, nameless.born) == ((), (), None)
    for people in ([], [make.patient(_ADA), make.patient(_ADA)]):
        with pytest.raises(Reject):
            _read(make.card(people, not_before=_START))


def test_another_kind_of_credential_is_no_health_card() -> None:
    payload = make.card(_DOSES, not_before=_START)
    vc = payload["vc"]
    assert isinstance(vc, dict)
    for types in ([], ["https://smarthealth.cards#immunization"], "https://smarthealth.cards#health-card"):
        with pytest.raises(Reject):
            _read(payload | {"vc": vc | {"type": types}})
