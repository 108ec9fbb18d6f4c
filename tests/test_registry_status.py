import gzip
import json
import zlib
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from tests.formats.judging import NOW, training
from trust_registry.importers import status
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.model import HeldTrust, IssuerKey, KeyRef, StatusList
from verifier import policies
from verifier.decide import decide
from verifier.instant import Instant
from verifier.specimen import hc1, sd_jwt_vc, shc, vc_jwt
from verifier.specimen.hc1 import Person
from verifier.specimen.issuers import TrainingIssuer
from verifier.specimen.jose import jws, text
from verifier.verdict import FormatId, Reason, Reject
from verifier.wire import revocations
from verifier.wire.json import Json, Object

_LIST = "https://identity.utopia.example/status/9"
_ISSUERS: tuple[TrainingIssuer, ...] = (*sd_jwt_vc.ISSUERS, *vc_jwt.ISSUERS, *shc.ISSUERS, *hc1.ISSUERS)
_TRUST = HeldTrust(NOW, tuple(issuer.key for issuer in _ISSUERS))
_ADA = Person("EXAMPLE", "ADA", "1990-05-06", "X1")


def _keys(ref: KeyRef) -> Sequence[IssuerKey]:
    return _TRUST.keys(ref)


def _judge(
    data: bytes, lists: tuple[StatusList, ...] = (), resources: dict[str, bytes] | None = None, now: float = NOW
) -> Reason:
    trust = HeldTrust(NOW, _TRUST.issuer_keys, {one.list_id: one for one in lists}, resources or {})
    verdict = decide(data, trust, policies.load("authentic"), Instant.between(now, now, UTC), training())
    assert verdict is not None
    return verdict.reason


def _token(entries: bytes, bits: Json = 2, issuer: TrainingIssuer = sd_jwt_vc.UTOPIA, **claims: Json) -> bytes:
    listed: Object = {"bits": bits, "lst": text(zlib.compress(entries, 9))}
    payload: Object = {"iss": sd_jwt_vc.UTOPIA.key.issuer, "sub": _LIST, "iat": int(NOW), "status_list": listed}
    return jws(payload | claims, issuer, {"typ": "statuslist+jwt"})


def _referring(index: int) -> bytes:
    claims: Object = {"status": {"status_list": {"idx": index, "uri": _LIST}}}
    return sd_jwt_vc.present(sd_jwt_vc.issue(sd_jwt_vc.credential(int(NOW), None, claims)))


@pytest.mark.parametrize(
    ("index", "reason"), [(0, Reason.CLAIM_MET), (1, Reason.REVOKED), (2, Reason.SUSPENDED), (4, Reason.MALFORMED)]
)
def test_a_token_status_list_is_looked_up_from_the_least_bit(index: int, reason: Reason) -> None:
    held = status.token_status_list(_token(bytes((0b00_10_01_00,))), _keys, FormatId.SD_JWT_VC)
    assert _judge(_referring(index), (held,)) is reason


def test_a_token_status_list_lives_as_long_as_it_says() -> None:
    held = status.token_status_list(_token(bytes(1), exp=int(NOW) + 50, ttl=20), _keys, FormatId.SD_JWT_VC)
    assert held.valid_until == NOW + 20
    assert _judge(_referring(0), (held,), now=NOW + 19) is Reason.CLAIM_MET
    assert _judge(_referring(0), (held,), now=NOW + 90) is Reason.STATUS_UNAVAILABLE


def _refusal(data: bytes) -> Refusal:
    with pytest.raises(Refused) as caught:
        status.token_status_list(data, _keys, FormatId.SD_JWT_VC)
    return caught.value.refusal


def test_a_token_status_list_is_signed_by_its_issuer_and_whole() -> None:
    assert _refusal(_token(bytes(1), issuer=sd_jwt_vc.ARENA)) is Refusal.LIST_SIGNATURE
    assert _refusal(_token(bytes(1), iss="https://nobody.example")) is Refusal.LIST_SIGNATURE
    assert _refusal(sd_jwt_vc.issue({})) is Refusal.UNKNOWN_LIST
    for bits in (3, 0, True, "1", 16):
        with pytest.raises((Refused, Reject)):
            status.token_status_list(_token(bytes(1), bits), _keys, FormatId.SD_JWT_VC)
    cut: Object = {"bits": 1, "lst": text(zlib.compress(bytes(99))[:-1])}
    assert _refusal(_token(b"", status_list=cut)) is Refusal.MALFORMED
    more: Object = {"bits": 1, "lst": text(zlib.compress(bytes(99)) + b"x")}
    assert _refusal(_token(b"", status_list=more)) is Refusal.MALFORMED
    assert _refusal(_token(bytes(20_000_000))) is Refusal.TOO_LARGE


def _bitstring(entries: bytes, purpose: str = "revocation", kind: str = "BitstringStatusList") -> StatusList:
    mark = "u" if kind == "BitstringStatusList" else ""
    subject: Object = {
        "type": kind,
        "statusPurpose": purpose,
        "encodedList": mark + text(gzip.compress(entries, mtime=0)),
    }
    document = vc_jwt.second(subject, "2026-01-01T00:00:00Z", None, id=_LIST, iss=vc_jwt.UTOPIA.key.issuer)
    return status.bitstring_status_list(vc_jwt.issue_second(document), _keys)


@pytest.mark.parametrize("kind", ["BitstringStatusList", "StatusList2021"])
@pytest.mark.parametrize(("purpose", "reason"), [("revocation", Reason.REVOKED), ("suspension", Reason.SUSPENDED)])
def test_a_bitstring_is_looked_up_from_the_greatest_bit(kind: str, purpose: str, reason: Reason) -> None:
    held = _bitstring(bytes((0b0000_0001, 0b0100_0000)), purpose, kind)
    for index, expected in (
        (0, Reason.CLAIM_MET),
        (7, reason),
        (8, Reason.CLAIM_MET),
        (9, reason),
        (16, Reason.MALFORMED),
    ):
        entry: Object = {
            "type": f"{kind}Entry" if kind == "BitstringStatusList" else "StatusList2021Entry",
            "statusListIndex": str(index),
            "statusListCredential": _LIST,
        }
        document = vc_jwt.second(vc_jwt.subject(), "2026-01-01T00:00:00Z", None, credentialStatus=entry)
        assert _judge(vc_jwt.issue_second(document), (held,)) is expected


def _cards(*rids: Json, method: str = "rid", counter: int = 1) -> bytes:
    listed = {"kid": shc.UTOPIA.key.key_id.decode(), "method": method, "ctr": counter, "rids": list(rids)}
    return json.dumps(listed).encode()


def _card(rid: str, issued: float) -> bytes:
    payload = shc.card([shc.patient(_ADA)], not_before=issued)
    vc = payload["vc"]
    return shc.symbol(shc.sign(payload | {"vc": vc | {"rid": rid} if isinstance(vc, dict) else vc}))


def test_a_card_is_revoked_by_its_id_for_ever_or_up_to_a_moment() -> None:
    moment = int(NOW) - 1000
    name, packed = status.revoked_cards(_cards("MKyCxh7p6uQ", f"vwAjHdarZuc.{moment}"), shc.UTOPIA.key.issuer, 1)
    held = {name: packed}
    assert _judge(_card("MKyCxh7p6uQ", NOW - 1), resources=held) is Reason.REVOKED
    assert _judge(_card("other", NOW - 1), resources=held) is Reason.CLAIM_MET
    assert _judge(_card("vwAjHdarZuc", moment - 1), resources=held) is Reason.REVOKED
    assert _judge(_card("vwAjHdarZuc", moment), resources=held) is Reason.CLAIM_MET
    assert _judge(_card("MKyCxh7p6uQ", NOW - 1)) is Reason.CLAIM_MET  # no list is held


@pytest.mark.parametrize(
    "data",
    [
        _cards("a", "a"),
        _cards("a", "a.5"),
        _cards("a" * 25),
        _cards("no+base64url"),
        _cards("a.b"),
        _cards("a.5.6"),
        _cards(5),
        _cards("a", method="other"),
        _cards("a", counter=2),
        b"{}",
    ],
    ids=range(10),
)
def test_a_list_of_cards_with_one_fault_is_no_list(data: bytes) -> None:
    with pytest.raises((Refused, Reject)):
        status.revoked_cards(data, "https://issuer.example", 1)


def test_an_eu_certificate_is_revoked_by_its_identifier_or_its_signature() -> None:
    payload = hc1.cwt(hc1.dcc(_ADA, v=[hc1.vaccination(date(2026, 9, 1))]), issued=NOW - 9, expires=NOW + 9)
    data = hc1.symbol(payload, hc1.UTOPIA)
    name = revocations.list_name(FormatId.HC1, "", hc1.UTOPIA.key.key_id)
    identifier = "URN:UVCI:01:UT:TRAININGD#0"
    assert _judge(data) is Reason.CLAIM_MET
    for revoked in (identifier, f"UT{identifier}"):
        packed = revocations.pack([(revocations.digest(revoked.encode()), revocations.EVER)])
        assert _judge(data, resources={name: packed}) is Reason.REVOKED
    other = revocations.pack([(revocations.digest(b"another"), revocations.EVER)])
    assert _judge(data, resources={name: other}) is Reason.CLAIM_MET


def test_a_batch_of_revoked_certificates_becomes_the_list_of_its_key() -> None:
    entry = {"hash": "AAECAwQFBgcICQoLDA0ODw=="}
    batch = {"kid": "AAECAwQFBgc=", "hashType": "UCI", "country": "UT", "entries": [entry]}
    name, packed = status.revoked_certificates(json.dumps(batch).encode())
    assert name == revocations.list_name(FormatId.HC1, "", bytes(range(8)))
    assert revocations.revoked_before(packed, bytes(range(16))) == revocations.EVER
    changes: tuple[dict[str, object], ...] = ({"hashType": "OTHER"}, {"entries": [{"hash": "AAEC"}]}, {"entries": [{}]})
    for wrong in changes:
        with pytest.raises((Refused, Reject)):
            status.revoked_certificates(json.dumps(batch | wrong).encode())


def test_the_time_of_a_test_station_is_the_time_of_these_lists() -> None:
    assert datetime.fromtimestamp(NOW, UTC).date() == date(2026, 11, 1)
