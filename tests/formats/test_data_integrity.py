import pytest

from tests.formats.judging import judge, read
from verifier.claims import Birth
from verifier.formats import data_integrity
from verifier.sealed import unseal
from verifier.specimen import data_integrity as make
from verifier.specimen.issuers import TrainingIssuer
from verifier.specimen.jose import carry, compact
from verifier.verdict import Reason
from verifier.wire.json import Json, Object

_ABOUT: Object = {"familyName": "Example", "givenName": "Ada", "birthDate": "1990-05-06"}
_CREDENTIAL = make.credential("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", _ABOUT)
_MADE = [
    ("eddsa-jcs-2022", make.EDWARDS),
    ("ecdsa-jcs-2019", make.SMALL),
    ("ecdsa-jcs-2019", make.LARGE),
    ("eddsa-rdfc-2022", make.EDWARDS),
    ("ecdsa-rdfc-2019", make.SMALL),
    ("ecdsa-rdfc-2019", make.LARGE),
]


def _secured(
    document: Object = _CREDENTIAL,
    suite: str = "eddsa-jcs-2022",
    by: TrainingIssuer = make.EDWARDS,
    more: Object | None = None,
) -> Object:
    return make.secure(document, make.proof(suite, by) | (more or {}), by)


def _judge(document: object, policy: str = "authentic") -> Reason:
    return judge(compact(document), make.ISSUERS, policy)


@pytest.mark.parametrize(("suite", "issuer"), _MADE)
def test_each_suite_is_met_and_covers_all_that_is_said(suite: str, issuer: TrainingIssuer) -> None:
    good = _secured(suite=suite, by=issuer)
    assert _judge(good, "age-over-18") is Reason.CLAIM_MET
    assert _judge(dict(reversed(good.items()))) is Reason.CLAIM_MET
    assert judge(carry(compact(good)), make.ISSUERS) is Reason.CLAIM_MET
    about = good["credentialSubject"]
    assert isinstance(about, dict)
    assert _judge(good | {"credentialSubject": about | {"birthDate": "1980-05-06"}}) is Reason.SIGNATURE_BAD
    assert _judge(good | {"validUntil": "2030-01-01T00:00:00Z"}) is Reason.SIGNATURE_BAD
    added = Reason.SIGNATURE_BAD if "jcs" in suite else Reason.MALFORMED
    assert _judge(good | {"isAdmin": True}) is added
    proof = good["proof"]
    assert isinstance(proof, dict)
    assert _judge(good | {"proof": proof | {"created": "2020-01-01T00:00:00Z"}}) is Reason.SIGNATURE_BAD


def test_the_suite_of_2020_is_met_under_its_own_context() -> None:
    contexts: list[Json] = [make.V2, make.CITIZENSHIP, make.SUITE_2020]
    good = _secured(_CREDENTIAL | {"@context": contexts}, "Ed25519Signature2020")
    assert _judge(good) is Reason.CLAIM_MET
    assert _judge(good | {"name": "Changed"}) is Reason.SIGNATURE_BAD


def test_a_proof_may_end_before_its_credential() -> None:
    assert _judge(_secured(more={"expires": "2026-12-01T00:00:00Z"})) is Reason.CLAIM_MET
    assert _judge(_secured(more={"expires": "2026-10-01T00:00:00Z"})) is Reason.EXPIRED


def test_a_proof_may_repeat_the_context_and_no_other() -> None:
    assert _judge(_secured(more={"@context": _CREDENTIAL["@context"]})) is Reason.CLAIM_MET
    assert _judge(_secured(more={"@context": [make.V2]})) is Reason.MALFORMED


def test_who_signs_must_be_known_by_that_name() -> None:
    foreign = _secured(_CREDENTIAL | {"issuer": {"id": "did:web:else.example"}})
    assert _judge(foreign) is Reason.UNKNOWN_ISSUER
    assert (
        _judge(_secured(more={"verificationMethod": "did:web:identity.utopia.example#p-256"})) is Reason.SIGNATURE_BAD
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"proof": []}, Reason.UNSUPPORTED_FORMAT),
        ({"proof": [{}, {}]}, Reason.UNSUPPORTED_FORMAT),
        ({"proof": [{"previousProof": "urn:x"}]}, Reason.UNSUPPORTED_FORMAT),
        ({"verifiableCredential": []}, Reason.UNSUPPORTED_FORMAT),
        ({"proof": "text"}, Reason.MALFORMED),
        ({"@context": []}, Reason.MALFORMED),
        ({"@context": [make.CITIZENSHIP, make.V2]}, Reason.MALFORMED),
        ({"type": ["Person"]}, Reason.MALFORMED),
        ({"issuer": None}, Reason.MALFORMED),
        ({"issuer": {"name": "nobody"}}, Reason.MALFORMED),
    ],
    ids=range(10),
)
def test_what_is_not_one_credential_with_one_proof_is_refused(change: Object, reason: Reason) -> None:
    assert _judge(_secured() | change) is reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"cryptosuite": "bbs-2023"}, Reason.UNSUPPORTED_ALGORITHM),
        ({"cryptosuite": "ecdsa-sd-2023"}, Reason.MALFORMED),
        ({"type": "RsaSignature2018"}, Reason.UNSUPPORTED_ALGORITHM),
        ({"proofPurpose": "authentication"}, Reason.MALFORMED),
        ({"proofValue": "uAAAA"}, Reason.MALFORMED),
        ({"proofValue": make.base58(bytes(63))}, Reason.MALFORMED),
        ({"proofValue": None}, Reason.MALFORMED),
        ({"cryptosuite": 1}, Reason.MALFORMED),
        ({"verificationMethod": None}, Reason.MALFORMED),
    ],
    ids=range(9),
)
def test_a_proof_that_we_do_not_understand_whole_is_refused(change: Object, reason: Reason) -> None:
    good = _secured()
    proof = good["proof"]
    assert isinstance(proof, dict)
    assert _judge(good | {"proof": proof | change}) is reason


def test_the_subject_is_read() -> None:
    credential = read(data_integrity, compact(_secured()), make.ISSUERS)
    assert any(isinstance(claim, Birth) for claim in unseal(credential.claims))
    assert unseal(credential.holder).family_names == ("Example",)
    assert credential.type == "EmploymentAuthorizationDocumentCredential"
