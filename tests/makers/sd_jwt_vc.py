"""Vectors of SD-JWT VC: disclosures shown and kept, the holder's proof, and every way in which either is wrong."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from tests.vectors import Vector
from trust_registry.model import IssuerKey, Kind, Scope, Standing, StatusList
from verifier.specimen import certificates
from verifier.specimen import sd_jwt_vc as sd
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.specimen.jose import Holder
from verifier.verdict import FormatId
from verifier.wire.json import Json, Object

_SD, _VC = "RFC 9901 section 7", "SD-JWT VC draft 19"
_ISSUED = int(datetime(2026, 5, 1, tzinfo=UTC).timestamp())
_ENDS = int(datetime(2027, 5, 1, tzinfo=UTC).timestamp())
_NOW = int(datetime(2026, 6, 1, 12, tzinfo=UTC).timestamp())
_AUDIENCE, _NONCE = "x509_san_dns:gate.example", "kT6qXz9wQhVw3b1n"
_OF_AGE, _MINOR = sd.Disclosure(value=True, name="18"), sd.Disclosure(value=False, name="18")


def _issuer(label: str, *, scope: Scope = Scope(), standing: Standing = Standing.SPECIMEN) -> TrainingIssuer:  # noqa: B008
    return training_issuer(label, FormatId.SD_JWT_VC, f"https://{label[10:]}.example", key_id=b"1", scope=scope, standing=standing)  # fmt: skip


_DENIED = _issuer("sd-jwt-vc denied", standing=Standing.DENIED)
_TICKETS = _issuer("sd-jwt-vc tickets", scope=Scope(frozenset({Kind.TICKET})))
_UNKNOWN = _issuer("sd-jwt-vc unknown")
_FORGER = training_issuer("sd-jwt-vc forger", FormatId.SD_JWT_VC, sd.UTOPIA.key.issuer, key_id=sd.UTOPIA.key.key_id)

KEYS: tuple[IssuerKey, ...] = tuple(issuer.key for issuer in (*sd.ISSUERS, _DENIED, _TICKETS))
LISTS: tuple[StatusList, ...] = ()


def vectors() -> Iterator[Vector]:
    """Make all of them."""
    yield from _genuine()
    yield from _issuers()
    yield from _disclosures()
    yield from _bound()


def _vector(what: str, data: bytes, expect: str, source: str = _VC, **station: str) -> Vector:
    return Vector(name=f"sd-jwt-vc/{what}", data=data, expect=expect, source=source, **station)


def _age(shown: sd.Disclosure = _OF_AGE) -> Object:
    return {"age_equal_or_over": {"_sd": [shown.digest()]}}


def _claims(issuer: TrainingIssuer = sd.UTOPIA, **claims: Json) -> Object:
    return sd.credential(_ISSUED, _ENDS, {"iss": issuer.key.issuer, **_age(), **claims})


def _shown(issuer: TrainingIssuer = sd.UTOPIA, **claims: Json) -> bytes:
    return sd.present(sd.issue(_claims(issuer, **claims), issuer), [_OF_AGE])


def _genuine() -> Iterator[Vector]:
    one = _shown()
    yield _vector("age", one, "claim.met")
    yield _vector("age-where-it-is-asked", one, "claim.met", claim="age-over-18")
    minor = sd.present(sd.issue(sd.credential(_ISSUED, _ENDS, _age(_MINOR))), [_MINOR])
    yield _vector("minor", minor, "claim.not-met", claim="age-over-18")
    kept = sd.present(sd.issue(_claims()))
    yield _vector("age-kept-back", kept, "claim.undetermined", claim="age-over-18")
    certified = sd.issue_with_certificate(_claims(iss=None), certificates.certificate(sd.SIGNER, sd.AUTHORITY, None))
    yield _vector("certified-signer", sd.present(certified, [_OF_AGE]), "claim.met", f"{_VC} section 2.5, x5c")
    yield _vector("before-its-start", _shown(nbf=_NOW + 86_400), "time.not-yet-valid")
    yield _vector("after-its-end", _shown(exp=_NOW - 86_400), "time.expired")
    yield _vector("specimen-at-a-live-lane", one, "specimen", mode="live")


def _issuers() -> Iterator[Vector]:
    yield _vector("unknown-issuer", _shown(_UNKNOWN), "trust.unknown-issuer")
    yield _vector("denied-issuer", _shown(_DENIED), "issuer.denied")
    yield _vector("ticket-key-on-an-identity", _shown(_TICKETS), "issuer.not-authorised")
    yield _vector("type-out-of-scope", _shown(vct="urn:training:other:1"), "issuer.not-authorised")
    yield _vector("forged", _shown(_FORGER, iss=sd.UTOPIA.key.issuer), "signature.bad")
    none = sd.present(sd.issue(_claims(), header={"alg": "none"}), [_OF_AGE])
    yield _vector("alg-none", none, "signature.bad", "RFC 8725 section 3.2")
    yield _vector("wrong-type", sd.present(sd.issue(_claims(), header={"typ": "JWT"}), [_OF_AGE]), "parse.malformed")


def _disclosures() -> Iterator[Vector]:
    issued, other = sd.issue(_claims()), sd.Disclosure(value=True, name="21")
    reserved = sd.Disclosure(value=["x"], name="_sd")
    selective = sd.Disclosure(value=_ENDS, name="exp")
    for what, data in (
        ("disclosure-of-nothing", sd.present(issued, [_OF_AGE, other])),
        ("disclosure-twice", sd.present(issued, [_OF_AGE, _OF_AGE])),
        ("disclosure-changed", sd.present(issued, [replace(_OF_AGE, value=1)])),
        ("disclosure-cut", sd.present(issued, [_OF_AGE])[:-3] + b"~"),
        ("reserved-name", sd.present(sd.issue(_claims(age={"_sd": [reserved.digest()]})), [reserved])),
        ("end-selective", sd.present(sd.issue(sd.credential(_ISSUED, None, sd.hidden(selective))), [selective])),
        ("unknown-hash", sd.present(sd.issue(_claims(_sd_alg="md5")), [_OF_AGE])),
        ("end-true", _shown(exp=True)),
    ):
        yield _vector(what, data, "parse.malformed", _SD)


def _bound() -> Iterator[Vector]:
    policy = {"claim": "age-over-18-bound", "challenge": f"{_AUDIENCE} {_NONCE}"}
    shown = _shown()
    yield _vector("bound", sd.bind(shown, _AUDIENCE, _NONCE, _NOW), "claim.met", _SD, **policy)
    yield _vector("not-bound", shown, "holder.unbound", _SD, **policy)
    for what, data in (
        ("bound-to-another-gate", sd.bind(shown, "x509_san_dns:other.example", _NONCE, _NOW)),
        ("bound-to-another-nonce", sd.bind(shown, _AUDIENCE, "another", _NOW)),
        ("bound-by-another-holder", sd.bind(shown, _AUDIENCE, _NONCE, _NOW, holder=Holder("thief"))),
    ):
        yield _vector(what, data, "holder.bad-binding", _SD, **policy)
    yield _vector(
        "bound-long-ago", sd.bind(shown, _AUDIENCE, _NONCE, _NOW - 3_600), "presentation.stale", _SD, **policy
    )
