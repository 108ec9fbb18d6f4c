"""Vectors of status lists, in the formats that refer to them by position."""

from collections.abc import Iterator
from datetime import UTC, datetime

from tests.vectors import Vector
from trust_registry.model import IssuerKey, StatusList
from verifier.specimen import sd_jwt_vc, vc_jwt
from verifier.wire.json import Object

_TOKEN, _BITS, _OLD = (f"https://identity.utopia.example/status/{number}" for number in range(3))

KEYS: tuple[IssuerKey, ...] = ()  # the training issuers of both formats
LISTS: tuple[StatusList, ...] = (
    StatusList(_TOKEN, bytes((0b10_01_00_00,)), bits=2, most_significant_first=False, valid_until=None),
    StatusList(_BITS, bytes((0b0100_0000,)), bits=1, most_significant_first=True, valid_until=None),
    StatusList(_OLD, bytes(1), bits=1, most_significant_first=True, valid_until=0.0),
)

_ISSUED, _EXPIRES = (int(datetime(year, 5, 1, tzinfo=UTC).timestamp()) for year in (2026, 2027))
_ADDRESS = "https://elsewhere.example/status"
_IETF, _W3C = "draft-ietf-oauth-status-list section 6", "Bitstring Status List 1.0 section 3.2"


def vectors() -> Iterator[Vector]:
    """Make those of both formats."""
    for what, index, address, expect in (
        ("status-valid", 0, _TOKEN, "claim.met"),
        ("status-revoked", 2, _TOKEN, "status.revoked"),
        ("status-suspended", 3, _TOKEN, "status.suspended"),
        ("status-out-of-range", 4, _TOKEN, "parse.malformed"),
        ("status-before-range", -1, _TOKEN, "parse.malformed"),
        ("status-not-held", 0, _ADDRESS, "status.unavailable"),
        ("status-too-old", 0, _OLD, "status.unavailable"),
    ):
        reference: Object = {"status_list": {"idx": index, "uri": address}}
        yield Vector(name=f"sd-jwt-vc/{what}", data=_sd_jwt(reference), expect=expect, source=_IETF)
    other = _sd_jwt({"identifier_list": {}})
    yield Vector(name="sd-jwt-vc/status-of-another-kind", data=other, expect="status.unavailable", source=_IETF)
    for what, number, address, expect in (
        ("status-valid", "0", _BITS, "claim.met"),
        ("status-revoked", "1", _BITS, "status.revoked"),
        ("status-out-of-range", "8", _BITS, "parse.malformed"),
        ("status-in-no-number", "one", _BITS, "parse.malformed"),
        ("status-not-held", "0", _ADDRESS, "status.unavailable"),
        ("status-too-old", "0", _OLD, "status.unavailable"),
    ):
        entry = _entry("BitstringStatusListEntry", number, address)
        yield Vector(name=f"vc-jwt/{what}", data=_jwt(entry), expect=expect, source=_W3C)
    unknown = _jwt(_entry("SomeOtherStatus", "0", _BITS))
    yield Vector(name="vc-jwt/status-of-another-kind", data=unknown, expect="status.unavailable", source=_W3C)


def _sd_jwt(reference: Object) -> bytes:
    return sd_jwt_vc.present(sd_jwt_vc.issue(sd_jwt_vc.credential(_ISSUED, _EXPIRES, {"status": reference})))


def _entry(kind: str, index: str, address: str) -> Object:
    return {"type": kind, "statusPurpose": "revocation", "statusListIndex": index, "statusListCredential": address}


def _jwt(entry: Object) -> bytes:
    start, end = "2026-05-01T00:00:00Z", "2027-05-01T00:00:00Z"
    return vc_jwt.issue_second(vc_jwt.second(vc_jwt.subject(), start, end, credentialStatus=entry))
