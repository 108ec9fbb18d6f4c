"""Vectors of DIVOC credentials."""

from collections.abc import Iterator

from tests.vectors import Vector
from trust_registry.model import Algorithm, IssuerKey, Kind, Scope, Standing, StatusList
from verifier.specimen import divoc as make
from verifier.specimen.hc1 import Person
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.verdict import FormatId
from verifier.wire.json import Json, Object

_SOURCE = "DIVOC vaccination context v1; Ed25519Signature2018"
_PERSON = Person("MUSTERFRAU", "GABRIELE", "1998-02-26", "P1234567")
_COVID = {"claim": "covid-19-vaccinated"}


def _issuer(method: str, *, scope: Scope = Scope(), standing: Standing = Standing.SPECIMEN) -> TrainingIssuer:  # noqa: B008
    return training_issuer(
        f"divoc {method}",
        FormatId.DIVOC,
        method,
        algorithm=Algorithm.ED25519,
        key_id=b"",
        scope=scope,
        standing=standing,
    )


_DENIED, _UNKNOWN = _issuer("did:denied", standing=Standing.DENIED), _issuer("did:unknown")
_TESTS = _issuer("did:tests", scope=Scope(frozenset({Kind.TEST})))
_FORGER = training_issuer("divoc forger", FormatId.DIVOC, "did:utopia", algorithm=Algorithm.ED25519, key_id=b"")

KEYS: tuple[IssuerKey, ...] = tuple(issuer.key for issuer in (*make.ISSUERS, _DENIED, _TESTS))
LISTS: tuple[StatusList, ...] = ()

_CONTENT = make.vaccination(_PERSON, "2026-03-01T10:00:00.000Z")
_GOOD = make.sign(_CONTENT, make.proof())


def _vector(what: str, document: Object | bytes, expect: str, source: str = _SOURCE, **station: str) -> Vector:
    data = document if isinstance(document, bytes) else make.symbol(document)
    return Vector(name=f"divoc/{what}", data=data, expect=expect, source=source, **station)


def _event(document: Object, **members: Json) -> Object:
    events = document["evidence"]
    first = events[0] if isinstance(events, list) else None
    return document | {"evidence": [first | members]} if isinstance(first, dict) else document


def _by(issuer: TrainingIssuer, document: Object = _CONTENT) -> Object:
    return make.sign(document, make.proof(verificationMethod=issuer.key.issuer), issuer)


def vectors() -> Iterator[Vector]:
    """Make all of them."""
    yield from _contents()
    yield from _issuers()
    yield from _refused()


def _contents() -> Iterator[Vector]:
    yield _vector("vaccination", _GOOD, "claim.met", **_COVID)
    one = make.sign(_event(_CONTENT, dose=1), make.proof())
    yield _vector("one-dose-of-two", one, "claim.not-met", **_COVID)
    exchanged = _event(one, dose=2, totalDoses=1)
    yield _vector(
        "doses-exchanged", exchanged, "claim.not-met", "both numbers mean the same to the signature", **_COVID
    )
    unknown = make.sign(_event(_CONTENT, vaccine="CoVax"), make.proof())
    yield _vector("unknown-vaccine", unknown, "claim.undetermined", **_COVID)
    until = make.sign(_event(_CONTENT, effectiveUntil="2030-01-01"), make.proof())
    yield _vector("days-that-may-be-exchanged", until, "claim.undetermined", **_COVID)
    yield _vector("age-at-issue", _GOOD, "claim.met", claim="age-over-18")
    host: list[Json] = [make.V1, "https://divoc.dev/credentials/vaccination/v1"]
    yield _vector("vocabulary-at-another-host", _GOOD | {"@context": host}, "claim.met")
    later = make.sign(_CONTENT | {"issuanceDate": "2026-06-02T00:00:00Z"}, make.proof())
    yield _vector("before-its-start", later, "time.not-yet-valid")
    ended = make.sign(_CONTENT | {"expirationDate": "2026-05-20T00:00:00Z"}, make.proof())
    yield _vector("after-its-end", ended, "time.expired")
    yield _vector("specimen-at-a-live-lane", _GOOD, "specimen", mode="live")


def _issuers() -> Iterator[Vector]:
    yield _vector("unknown-issuer", _by(_UNKNOWN), "trust.unknown-issuer")
    yield _vector("denied-issuer", _by(_DENIED), "issuer.denied")
    yield _vector("test-key-on-a-vaccination", _by(_TESTS), "issuer.not-authorised")
    yield _vector("forged", _by(_FORGER), "signature.bad")


def _refused() -> Iterator[Vector]:
    yield _vector("changed", _event(_GOOD, date="2026-04-01T10:00:00.000Z"), "signature.bad")
    none = make.sign(_CONTENT, make.proof(), header={"alg": "none", "b64": False, "crit": ["b64"]})
    yield _vector("alg-none", none, "signature.bad", "RFC 8725 section 3.2")
    rsa = make.sign(_CONTENT, make.proof(type="RsaSignature2018"))
    yield _vector("alg-of-another-suite", rsa, "algorithm.unsupported")
    yield _vector("member-that-nobody-defines", _GOOD | {"isAdmin": True}, "parse.malformed", "RDFC-1.0")
    bare: list[Json] = [make.V1]
    yield _vector("context-dropped", _GOOD | {"@context": bare}, "parse.malformed", "RDFC-1.0")
    unknown: list[Json] = [make.V1, "https://divoc.dev/credentials/vaccination/v9"]
    yield _vector("context-that-we-do-not-know", _GOOD | {"@context": unknown}, "format.unsupported")
    yield _vector("no-proof", _CONTENT, "parse.malformed")
    yield _vector("cut", make.symbol(_GOOD)[:-1], "parse.malformed", "APPNOTE 6.3 section 4.3.16")
    yield _vector("bomb", make.symbol(_GOOD | {"padding": " " * 1_000_000}), "parse.malformed", "our bound")
