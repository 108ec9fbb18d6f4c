import json as library
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.formats.judging import NOW, judge, read
from verifier.claims import Birth, Claim, Test, Vaccination
from verifier.formats import vds_nc
from verifier.instant import Days
from verifier.sealed import unseal
from verifier.specimen import certificates
from verifier.specimen import vds_nc as make
from verifier.specimen.hc1 import Person
from verifier.specimen.issuers import training_issuer
from verifier.truth import Truth
from verifier.verdict import FormatId, Reason
from verifier.wire.json import Object

_ADA = Person("EXAMPLE", "ADA", "1990-05-06", "X1234567")
_CONTENT = make.vaccination(_ADA, [("XM8NQ0", "RA01.0", date(2026, 2, 1)), ("XM8NQ0", "RA01.0", date(2026, 3, 1))])
_GOOD = make.symbol(_CONTENT)


def _claims(content: Object) -> tuple[Claim, ...]:
    return unseal(read(vds_nc, make.symbol(content), make.ISSUERS).claims)


def _changed(**members: object) -> Object:
    header = _CONTENT["hdr"]
    assert isinstance(header, dict)
    return {**_CONTENT, "hdr": {**header, **members}}  # type: ignore[dict-item] # wrong on purpose


def test_a_seal_is_met_in_any_spelling_of_its_value() -> None:
    value = library.loads(_GOOD)
    assert judge(_GOOD, make.ISSUERS) is Reason.CLAIM_MET
    assert judge(library.dumps(value, indent=2).encode(), make.ISSUERS) is Reason.CLAIM_MET
    backwards = {"sig": value["sig"], "data": dict(reversed(value["data"].items()))}
    assert judge(make.write(backwards), make.ISSUERS) is Reason.CLAIM_MET
    value["sig"]["sigvl"] += "=="
    assert judge(make.write(value), make.ISSUERS) is Reason.CLAIM_MET


def test_the_signature_covers_the_content() -> None:
    assert judge(_GOOD.replace(b"ADA", b"EVE"), make.ISSUERS) is Reason.SIGNATURE_BAD


@pytest.mark.parametrize("algorithm", ["none", "HS256", "PS256", "ES384"])
def test_the_algorithm_is_the_keys(algorithm: str) -> None:
    expected = {"none": Reason.SIGNATURE_BAD, "ES384": Reason.SIGNATURE_BAD}.get(
        algorithm, Reason.UNSUPPORTED_ALGORITHM
    )
    assert judge(make.symbol(_CONTENT, algorithm=algorithm), make.ISSUERS) is expected


_SEAL: dict[str, dict[str, object]] = library.loads(_GOOD)
_SIG = _SEAL["sig"]


@pytest.mark.parametrize(
    "seal",
    [
        {**_SEAL, "more": {}},
        {**_SEAL, "sig": {**_SIG, "more": 1}},
        {**_SEAL, "sig": {**_SIG, "sigvl": 1}},
        {**_SEAL, "sig": {**_SIG, "sigvl": f"{_SIG['sigvl']}="}},
        {**_SEAL, "sig": {**_SIG, "cer": ""}},
        {**_SEAL, "sig": {"sigvl": _SIG["sigvl"]}},
    ],
)
def test_nothing_may_be_left_over_or_missing(seal: dict[str, object]) -> None:
    assert judge(make.write(seal), make.ISSUERS) is Reason.MALFORMED


def test_the_signer_must_be_certified_for_seals_by_an_anchor_for_its_country() -> None:
    other_use = certificates.certificate(make.SIGNER, make.UTOPIA, "1.2.3")
    no_use = certificates.certificate(make.SIGNER, make.UTOPIA, None)
    elsewhere = certificates.certificate(make.SIGNER, make.UTOPIA, make.BARCODE_SIGNER, country="NZ")
    for certificate in (other_use, no_use, elsewhere):
        assert judge(make.symbol(_CONTENT, certificate=certificate), make.ISSUERS) is Reason.NOT_AUTHORISED
    for country in ("AUS", "XYZ", ""):
        assert judge(make.symbol(_changed(**{"is": country})), make.ISSUERS) is Reason.NOT_AUTHORISED


def test_a_certificate_must_be_current() -> None:
    early = datetime.fromtimestamp(NOW, UTC) - timedelta(days=1)
    expired = certificates.certificate(make.SIGNER, make.UTOPIA, make.BARCODE_SIGNER, end=early)
    assert judge(make.symbol(_CONTENT, certificate=expired), make.ISSUERS) is Reason.EXPIRED
    long_ago = datetime(2019, 6, 1, tzinfo=UTC).timestamp()
    assert judge(_GOOD, make.ISSUERS, now=long_ago) is Reason.NOT_YET_VALID


def test_an_unknown_anchor_is_an_unknown_issuer_and_a_forged_certificate_is_bad() -> None:
    assert judge(_GOOD, ()) is Reason.UNKNOWN_ISSUER
    forged = bytearray(make.CERTIFICATE)
    forged[-1] ^= 1
    assert judge(make.symbol(_CONTENT, certificate=bytes(forged)), make.ISSUERS) is Reason.SIGNATURE_BAD


def test_without_a_certificate_the_countrys_own_key_counts() -> None:
    bare = make.symbol(_CONTENT, certificate=None)
    assert judge(bare, make.ISSUERS) is Reason.UNKNOWN_ISSUER
    known = training_issuer("vds-nc utopia signer", FormatId.VDS_NC, "UT", key_id=b"")
    assert judge(bare, (known,)) is Reason.CLAIM_MET


def test_another_kind_or_version_is_unsupported() -> None:
    for changed in ({"t": "icao.visa"}, {"v": 2}, {"v": True}, {"v": "1"}):
        assert judge(make.symbol(_changed(**changed)), make.ISSUERS) is Reason.UNSUPPORTED_FORMAT


def test_doses_and_the_holder_are_read() -> None:
    claims = _claims(_CONTENT)
    assert Vaccination("covid-19", "XM8NQ0", Days.on(date(2026, 3, 1)), 2) in claims
    assert Birth(Days.on(date(1990, 5, 6))) in claims
    holder = unseal(read(vds_nc, _GOOD, make.ISSUERS).holder)
    assert (holder.family_names, holder.given_names, holder.document_number) == (("EXAMPLE",), ("ADA",), "X1234567")


@pytest.mark.parametrize("number", ["2", 2])
def test_the_number_of_a_dose_may_be_text(number: object) -> None:
    text = library.loads(_GOOD)["data"]
    text["msg"]["ve"][1]["vd"][0]["seq"] = number
    assert any(isinstance(claim, Vaccination) and claim.dose == 2 for claim in _claims(text))


@pytest.mark.parametrize(
    ("kind", "result", "molecular", "detected"),
    [
        ("molecular(PCR)", "negative", Truth.TRUE, Truth.FALSE),
        ("antigen", "positive", Truth.FALSE, Truth.TRUE),
        ("molecular(other)", "unclear", Truth.TRUE, Truth.UNKNOWN),
    ],
)
def test_tests_are_read(kind: str, result: str, molecular: Truth, detected: Truth) -> None:
    taken = datetime(2026, 10, 31, 12, tzinfo=UTC).timestamp()
    claims = _claims(make.laboratory_test(_ADA, "2026-10-31T12:00:00Z", kind=kind, result=result))
    assert Test(None, detected, molecular, (taken, taken)) in claims


def test_an_antibody_test_says_nothing() -> None:
    claims = _claims(make.laboratory_test(_ADA, "2026-10-31T12:00:00Z", kind="antibody"))
    assert {type(claim) for claim in claims} == {Birth}
