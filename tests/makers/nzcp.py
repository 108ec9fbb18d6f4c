"""Vectors of New Zealand's pass."""

from collections.abc import Iterator
from datetime import UTC, datetime

from tests.vectors import Vector
from trust_registry.model import IssuerKey, Kind, Scope, Standing, StatusList
from verifier.specimen import nzcp
from verifier.specimen.hc1 import Person, sign1
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.verdict import FormatId
from verifier.wire import cbor

_SPEC = "NZ COVID Pass technical specification 1.0"
_PERSON = Person("Sparrow", "Jack", "1960-04-16", "")
_START, _END = (int(datetime(year, 5, 1, tzinfo=UTC).timestamp()) for year in (2026, 2027))
_NAME = nzcp.UTOPIA.key.issuer


def _other(label: str, key_id: bytes, **entry: object) -> TrainingIssuer:
    return training_issuer(label, FormatId.NZCP, _NAME, key_id=key_id, **entry)  # type: ignore[arg-type] # by name


_TESTS = _other("nzcp tests", b"key-2", scope=Scope(frozenset({Kind.TEST})))
_DENIED = _other("nzcp denied", b"key-3", standing=Standing.DENIED)
_FORGER = _other("nzcp forger", nzcp.UTOPIA.key.key_id)
_UNKNOWN = _other("nzcp unknown", b"key-4")

KEYS: tuple[IssuerKey, ...] = tuple(issuer.key for issuer in (nzcp.UTOPIA, _TESTS, _DENIED))
LISTS: tuple[StatusList, ...] = ()


def _cwt(**parts: cbor.Value) -> cbor.Map:
    """Make the usual payload with some parts of the credential otherwise; `None` leaves a part out."""
    payload = nzcp.cwt(_PERSON, not_before=_START, expires=_END)
    credential = payload["vc"]
    if not isinstance(credential, dict):
        raise TypeError
    changed: dict[cbor.Key, cbor.Value] = dict(credential)
    changed.update(parts)
    return {**payload, "vc": {part: value for part, value in changed.items() if value is not None}}


def _without(label: cbor.Key) -> cbor.Map:
    return {claim: value for claim, value in _cwt().items() if claim != label}


def vectors() -> Iterator[Vector]:
    """Make all of them."""
    good = _cwt()
    pass_ = nzcp.symbol(good)
    for what, data, expect in (
        ("pass", pass_, "claim.met"),
        ("key-id-text", nzcp.symbol(good, protected={1: -7, 4: "key-1"}), "claim.met"),
        (
            "no-family-name",
            nzcp.symbol(_cwt(credentialSubject={"givenName": "Jack", "dob": "1960-04-16"})),
            "claim.met",
        ),
        ("unknown-issuer", nzcp.symbol({**good, 1: "did:web:nzcp.test.example"}), "trust.unknown-issuer"),
        ("unknown-key", nzcp.symbol(good, _UNKNOWN), "trust.unknown-issuer"),
        ("forged", nzcp.symbol(good, _FORGER), "signature.bad"),
        ("denied-issuer", nzcp.symbol(good, _DENIED), "issuer.denied"),
        ("wrong-kind", nzcp.symbol(good, _TESTS), "issuer.not-authorised"),
        ("algorithm-reserved", nzcp.symbol(good, protected={1: 0, 4: b"key-1"}), "algorithm.unsupported"),
        ("version-2", pass_.replace(b"/1/", b"/2/"), "format.unsupported"),
        ("padded", pass_ + b"=", "parse.malformed"),
        ("detached", nzcp.carry(_detached(good)), "parse.malformed"),
        ("no-issuer", nzcp.symbol(_without(1)), "parse.malformed"),
        ("no-expiry", nzcp.symbol(_without(4)), "parse.malformed"),
        ("no-start", nzcp.symbol(_without(5)), "parse.malformed"),
        ("short-id", nzcp.symbol({**good, 7: b"short"}), "parse.malformed"),
        ("other-type", nzcp.symbol(_cwt(type=["VerifiableCredential"])), "parse.malformed"),
        ("other-schema", nzcp.symbol(_cwt(version="2.0.0")), "parse.malformed"),
        ("no-given-name", nzcp.symbol(_cwt(credentialSubject={"dob": "1960-04-16"})), "parse.malformed"),
        (
            "partial-birth-date",
            nzcp.symbol(_cwt(credentialSubject={"givenName": "J", "dob": "1960"})),
            "parse.malformed",
        ),
    ):
        yield Vector(name=f"nzcp/{what}", data=data, expect=expect, source=_SPEC)
    young = nzcp.symbol(_cwt(credentialSubject={"givenName": "Jack", "dob": "2015-04-16"}))
    yield Vector(name="nzcp/too-young", data=young, expect="claim.not-met", source=_SPEC, claim="age-over-18")
    for what, expect, station in (
        ("live-lane", "specimen", {"mode": "live"}),
        ("last-second", "claim.met", {"now": "2027-05-01T00:00:59Z"}),
        ("expired", "time.expired", {"now": "2027-05-01T00:01:00Z"}),
        ("not-yet", "time.not-yet-valid", {"now": "2026-04-30T23:58:59Z"}),
        ("age", "claim.met", {"claim": "age-over-18"}),
        ("vaccinated-or-exempt", "claim.undetermined", {"claim": "covid-19-3g"}),
    ):
        yield Vector(name=f"nzcp/{what}", data=pass_, expect=expect, source=_SPEC, **station)


def _detached(payload: cbor.Map) -> cbor.Tagged:
    message = sign1(cbor.encode(payload), nzcp.UTOPIA, {1: -7, 4: b"key-1"}).content
    if not isinstance(message, list):
        raise TypeError
    return cbor.Tagged(18, [*message[:2], None, message[3]])
