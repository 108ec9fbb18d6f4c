"""Vectors of VC-JWT: both data models, presentations by a holder, and every way in which either is wrong."""

from collections.abc import Iterator
from datetime import UTC, datetime

from tests.vectors import Vector
from trust_registry.model import IssuerKey, Kind, Scope, Standing, StatusList
from verifier.specimen import vc_jwt as vc
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.specimen.jose import Holder
from verifier.verdict import FormatId
from verifier.wire.json import Json, Object

_FIRST, _SECOND = "W3C VC data model 1.1 section 6.3.1", "W3C vc-jose-cose"
_ISSUED = int(datetime(2026, 5, 1, tzinfo=UTC).timestamp())
_ENDS = int(datetime(2027, 5, 1, tzinfo=UTC).timestamp())
_NOW = int(datetime(2026, 6, 1, 12, tzinfo=UTC).timestamp())
_AUDIENCE, _NONCE = "x509_san_dns:gate.example", "kT6qXz9wQhVw3b1n"


def _issuer(label: str, *, scope: Scope = Scope(), standing: Standing = Standing.SPECIMEN) -> TrainingIssuer:  # noqa: B008
    name = f"did:web:{label[7:]}.example"
    return training_issuer(label, FormatId.VC_JWT, name, key_id=b"key-1", scope=scope, standing=standing)


_DENIED = _issuer("vc-jwt denied", standing=Standing.DENIED)
_TICKETS = _issuer("vc-jwt tickets", scope=Scope(frozenset({Kind.TICKET})))
_UNKNOWN = _issuer("vc-jwt unknown")
_FORGER = training_issuer("vc-jwt forger", FormatId.VC_JWT, vc.UTOPIA.key.issuer, key_id=vc.UTOPIA.key.key_id)

KEYS: tuple[IssuerKey, ...] = tuple(issuer.key for issuer in (*vc.ISSUERS, _DENIED, _TICKETS))
LISTS: tuple[StatusList, ...] = ()


def vectors() -> Iterator[Vector]:
    """Make all of them."""
    yield from _genuine()
    yield from _issuers()
    yield from _wrong()
    yield from _presented()


def _vector(what: str, data: bytes, expect: str, source: str = _FIRST, **station: str) -> Vector:
    return Vector(name=f"vc-jwt/{what}", data=data, expect=expect, source=source, **station)


def _credential(issuer: TrainingIssuer = vc.UTOPIA, *, ends: int | None = _ENDS, **claims: Json) -> bytes:
    about = vc.subject(age_over_18=True)
    said: Object = {**vc.first(about, _ISSUED, ends), "iss": issuer.key.issuer, **claims}
    return vc.issue(said, issuer)


def _second(**members: Json) -> bytes:
    about = vc.subject(age_over_18=True)
    return vc.issue_second({**vc.second(about, "2026-05-01T00:00:00Z", "2027-05-01T00:00:00Z"), **members})


def _genuine() -> Iterator[Vector]:
    one = _credential()
    yield _vector("first", one, "claim.met")
    yield _vector("second", _second(), "claim.met", _SECOND)
    yield _vector("age-where-it-is-asked", one, "claim.met", claim="age-over-18")
    minor = vc.issue(vc.first(vc.subject(age_over_18=False), _ISSUED, _ENDS))
    yield _vector("minor", minor, "claim.not-met", claim="age-over-18")
    plain = vc.issue({"iss": vc.UTOPIA.key.issuer, "nbf": _ISSUED, "exp": _ENDS, "age_over_18": True})
    yield _vector("plain-claims", plain, "claim.met", "RFC 7519", claim="age-over-18")
    yield _vector("before-its-start", _credential(nbf=_NOW + 86_400), "time.not-yet-valid")
    yield _vector("after-its-end", _credential(ends=_NOW - 86_400), "time.expired")
    yield _vector("specimen-at-a-live-lane", one, "specimen", mode="live")


def _issuers() -> Iterator[Vector]:
    yield _vector("unknown-issuer", _credential(_UNKNOWN), "trust.unknown-issuer")
    yield _vector("denied-issuer", _credential(_DENIED), "issuer.denied")
    yield _vector("ticket-key-on-an-identity", _credential(_TICKETS), "issuer.not-authorised")
    yield _vector("forged", _credential(_FORGER), "signature.bad")
    plain = vc.issue({"iss": vc.ARENA.key.issuer, "exp": _ENDS, "event": "Training Concert"}, vc.ARENA)
    yield _vector("plain-claims-of-a-key-with-a-type", plain, "issuer.not-authorised", "RFC 8725 section 3.11")


def _wrong() -> Iterator[Vector]:
    about = vc.subject(age_over_18=True)
    claims = vc.first(about, _ISSUED, _ENDS)
    for what, data, expect in (
        ("alg-none", vc.issue(claims, header={"alg": "none"}), "signature.bad"),
        ("alg-unknown", vc.issue(claims, header={"alg": "HS256"}), "algorithm.unsupported"),
        ("crit", vc.issue(claims, header={"crit": ["x"], "x": 1}), "parse.malformed"),
        ("end-true", _credential(exp=True), "parse.malformed"),
        ("end-contradicted", _credential(vc={**_members(about), "expirationDate": "2030-01-01T00:00:00Z"}), "parse.malformed"),
        ("second-with-a-claim-of-the-first", _second(vc={}), "parse.malformed"),
        ("cut", _credential()[:-1], "parse.malformed"),
    ):  # fmt: skip
        yield _vector(what, data, expect)


def _members(about: dict[str, Json]) -> dict[str, Json]:
    return {"@context": [vc.V1], "type": ["VerifiableCredential", vc.IDENTITY], "credentialSubject": about}


def _presented() -> Iterator[Vector]:
    policy = {"claim": "age-over-18-bound", "challenge": f"{_AUDIENCE} {_NONCE}"}
    yield _vector("bound", vc.present_second(_second(), _AUDIENCE, _NONCE, _NOW), "claim.met", _SECOND, **policy)
    yield _vector("not-bound", _credential(), "holder.unbound", _SECOND, **policy)
    foreign = vc.present_second(_second(), _AUDIENCE, "another", _NOW)
    yield _vector("bound-to-another-nonce", foreign, "holder.bad-binding", _SECOND, **policy)
    thief = vc.present_second(_second(), _AUDIENCE, _NONCE, _NOW, holder=Holder("thief"))
    yield _vector("bound-by-another-holder", thief, "holder.bad-binding", _SECOND, **policy)
    two = vc.present(_credential(), _AUDIENCE, _NONCE, credentials=2)
    yield _vector("two-credentials", two, "format.unsupported", _FIRST)
