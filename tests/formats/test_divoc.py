from datetime import date

import pytest

from tests.formats.judging import judge, read
from verifier.claims import AgeOver, Birth, Vaccination
from verifier.formats import divoc
from verifier.instant import Days
from verifier.sealed import unseal
from verifier.specimen import divoc as make
from verifier.specimen.hc1 import Person
from verifier.specimen.issuers import training_issuer
from verifier.verdict import FormatId, Reason, Reject
from verifier.wire.json import Json, Object

_NORA = Person("SPECIMEN", "NORA", "1990-01-01", "U1234567")
_DAY = date(2026, 9, 1)
_CONTENT = make.vaccination(_NORA, "2026-09-01T10:00:00.000Z")
_GOOD = make.sign(_CONTENT, make.proof())


def _judge(document: Object, policy: str = "authentic") -> Reason:
    return judge(make.symbol(document), make.ISSUERS, policy)


def _event(document: Object, **members: Json) -> Object:
    events = document["evidence"]
    assert isinstance(events, list)
    assert isinstance(events[0], dict)
    return document | {"evidence": [events[0] | members]}


def _dose(document: Object) -> Vaccination:
    claims = unseal(read(divoc, make.symbol(document), make.ISSUERS).claims)
    return next(claim for claim in claims if isinstance(claim, Vaccination))


def test_a_proof_of_vaccination_is_met() -> None:
    assert _judge(_GOOD, "covid-19-vaccinated") is Reason.CLAIM_MET
    assert _dose(_GOOD) == Vaccination("covid-19", "Covishield", Days.on(_DAY), 2, 2)


def test_the_signature_covers_what_is_said_and_nothing_more_can_be_said() -> None:
    assert _judge(_event(_GOOD, date="2026-09-02T10:00:00.000Z")) is Reason.SIGNATURE_BAD
    assert _judge(_GOOD | {"issuer": "https://else.example/"}) is Reason.SIGNATURE_BAD
    assert _judge(_GOOD | {"isAdmin": True}) is Reason.MALFORMED
    contexts: list[Json] = [make.V1]
    assert _judge(_GOOD | {"@context": contexts}) is Reason.MALFORMED


def test_members_that_mean_the_same_can_be_exchanged_and_change_nothing() -> None:
    signed = make.sign(
        make.vaccination(_NORA, "2026-09-01", dose=1, effectiveStart="2026-09-03", batch="COVAXIN-7"), make.proof()
    )
    exchanged = _event(signed, dose=2, totalDoses=1, vaccine="Training Institute", manufacturer="COVISHIELD")
    exchanged = _event(exchanged, date="2026-09-03", effectiveStart="2026-09-01")
    assert _judge(exchanged) is Reason.CLAIM_MET  # nobody can tell
    assert (
        _dose(exchanged)
        == _dose(signed)
        == Vaccination("covid-19", "Covishield", Days(date(2026, 9, 1), date(2026, 9, 3)), 1, 2)
    )


def test_a_dose_cannot_be_parted_to_choose_among_its_values() -> None:
    signed = make.sign(make.vaccination(_NORA, "2026-09-01", dose=1), make.proof())
    events = signed["evidence"]
    assert isinstance(events, list)
    assert isinstance(events[0], dict)
    whole = events[0]
    first, rest = whole | {"dose": 2}, {"id": whole["id"], "type": whole["type"], "dose": 1}
    del first["totalDoses"]
    assert _judge(signed | {"evidence": [first, rest]}) is Reason.MALFORMED


@pytest.mark.parametrize("value", [[], [[]], [2], True, None, {}])
def test_a_value_of_another_form_is_refused(value: Json) -> None:
    with pytest.raises(Reject):
        _dose(make.sign(make.vaccination(_NORA, "2026-09-01", totalDoses=value), make.proof()))


def test_what_stays_open_is_not_known() -> None:
    odd = make.sign(make.vaccination(_NORA, "20260901", vaccine="CoVax", dose="", totalDoses="2"), make.proof())
    assert _dose(odd) == Vaccination(None, None, Days.on(_DAY))
    assert _judge(odd, "covid-19-vaccinated") is Reason.CLAIM_UNDETERMINED


def test_the_holder_is_read_and_grows_no_younger() -> None:
    credential = read(divoc, make.symbol(_GOOD), make.ISSUERS)
    holder = unseal(credential.holder)
    assert (holder.family_names, holder.document_number, holder.born) == (("Nora Specimen",), "U1234567", None)
    assert AgeOver(30, holds=True) in unseal(credential.claims)
    assert not [claim for claim in unseal(credential.claims) if isinstance(claim, Birth)]


def test_the_key_is_the_methods_own() -> None:
    assert _judge(make.sign(_CONTENT, make.proof(verificationMethod="did:else"))) is Reason.UNKNOWN_ISSUER
    forger = training_issuer(
        "divoc forger", FormatId.DIVOC, "did:utopia", algorithm=make.UTOPIA.key.algorithm, key_id=b""
    )
    assert _judge(make.sign(_CONTENT, make.proof(), forger)) is Reason.SIGNATURE_BAD


def test_the_vocabulary_is_known_by_its_path() -> None:
    elsewhere: list[Json] = [make.V1, "https://divoc.dev/credentials/vaccination/v1"]
    assert _judge(_GOOD | {"@context": elsewhere}) is Reason.CLAIM_MET
    unknown: list[Json] = [make.V1, "https://divoc.dev/credentials/vaccination/v9"]
    assert _judge(_GOOD | {"@context": unknown}) is Reason.UNSUPPORTED_FORMAT


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"type": "JcsSignature2020"}, Reason.UNSUPPORTED_ALGORITHM),
        ({"type": "RsaSignature2018"}, Reason.UNSUPPORTED_ALGORITHM),
        ({"proofPurpose": "authentication"}, Reason.MALFORMED),
        ({"jws": "e30.."}, Reason.MALFORMED),
        ({"jws": "a.b"}, Reason.MALFORMED),
        ({"jws": 1}, Reason.MALFORMED),
        ({"verificationMethod": None}, Reason.MALFORMED),
    ],
    ids=range(7),
)
def test_a_proof_that_we_do_not_understand_whole_is_refused(change: Object, reason: Reason) -> None:
    proof = _GOOD["proof"]
    assert isinstance(proof, dict)
    assert _judge(_GOOD | {"proof": proof | change}) is reason


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ({"alg": "EdDSA"}, Reason.MALFORMED),
        ({"alg": "EdDSA", "b64": True, "crit": ["b64"]}, Reason.MALFORMED),
        ({"alg": "EdDSA", "b64": False, "crit": ["b64", "x"]}, Reason.MALFORMED),
        ({"alg": "none", "b64": False, "crit": ["b64"]}, Reason.SIGNATURE_BAD),
        ({"alg": "PS256", "b64": False, "crit": ["b64"]}, Reason.UNSUPPORTED_ALGORITHM),
    ],
    ids=range(5),
)
def test_the_header_of_the_jws_is_one(header: Object, reason: Reason) -> None:
    assert _judge(make.sign(_CONTENT, make.proof(), header=header)) is reason


def test_a_damaged_archive_is_refused() -> None:
    assert judge(make.symbol(_GOOD)[:-1], make.ISSUERS) is Reason.MALFORMED
