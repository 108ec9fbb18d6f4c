"""Vectors of tickets, in the formats that carry them."""

from collections.abc import Iterator
from datetime import UTC, datetime

from tests.vectors import Vector
from trust_registry.model import IssuerKey, StatusList
from verifier.specimen import sd_jwt_vc, vc_jwt
from verifier.wire.json import Object

KEYS: tuple[IssuerKey, ...] = ()  # the training issuers of both formats
LISTS: tuple[StatusList, ...] = ()

_NOW = int(datetime(2026, 6, 1, 12, tzinfo=UTC).timestamp())  # as vectors have it
_ISSUED, _STARTS, _ENDS = _NOW - 86_400, _NOW - 1_800, _NOW + 1_800
_SOURCE = "the organiser's rule: event and category as asked, the time slot as signed"
_TICKET: Object = {"event": "Training Concert", "category": "A"}


def vectors() -> Iterator[Vector]:
    """Make those of both formats."""
    for what, about, station, expect in (
        ("ticket", _TICKET, {}, "claim.met"),
        ("ticket-of-the-other-category", _TICKET | {"category": "B"}, {}, "claim.met"),
        ("ticket-for-another-event", _TICKET | {"event": "Training Match"}, {}, "claim.not-met"),
        ("ticket-of-no-such-category", _TICKET | {"category": "C"}, {}, "claim.not-met"),
        ("ticket-too-early", _TICKET, {"now": "2026-06-01T11:00:00Z"}, "time.not-yet-valid"),
        ("ticket-too-late", _TICKET, {"now": "2026-06-01T13:00:00Z"}, "time.expired"),
        ("ticket-that-attests-age", _TICKET | {"age_over_18": True}, {}, "issuer.not-authorised"),
    ):
        for name, data in (("sd-jwt-vc", _sd_jwt(about)), ("vc-jwt", _jwt(about))):
            yield Vector(
                name=f"{name}/{what}", data=data, expect=expect, source=_SOURCE, claim="holds-ticket", **station
            )


def _sd_jwt(about: Object) -> bytes:
    claims = sd_jwt_vc.ticket(_ISSUED, _STARTS, _ENDS) | about
    return sd_jwt_vc.present(sd_jwt_vc.issue(claims, sd_jwt_vc.ARENA))


def _jwt(about: Object) -> bytes:
    claims = vc_jwt.first(about, _STARTS, _ENDS, kind=vc_jwt.TICKET, iss=vc_jwt.ARENA.key.issuer)
    return vc_jwt.issue(claims, vc_jwt.ARENA)
