"""Vectors of SMART Health Cards: doses and tests, one symbol and parts, and every way in which a card is wrong."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from tests.vectors import Vector
from trust_registry.model import IssuerKey, Kind, Scope, Standing, StatusList
from verifier.specimen import shc
from verifier.specimen.hc1 import Person
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.verdict import FormatId

_CARDS, _JOSE = "HL7 SMART Health Cards and Links, cards specification", "RFC 7515"
_PERSON = Person("EXAMPLE", "ADA", "1990-05-06", "X1")
_START = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
_DOSES = [shc.patient(_PERSON), shc.dose(date(2026, 2, 1)), shc.dose(date(2026, 3, 1))]


def _issuer(label: str, *, scope: Scope = Scope(), standing: Standing = Standing.SPECIMEN) -> TrainingIssuer:  # noqa: B008
    return training_issuer(
        label, FormatId.SHC, f"https://{label.replace(' ', '-')}.example", key_id=label.encode(), scope=scope, standing=standing
    )  # fmt: skip


_DENIED = _issuer("shc denied", standing=Standing.DENIED)
_TESTS = _issuer("shc tests", scope=Scope(frozenset({Kind.TEST})))
_UNKNOWN = _issuer("shc unknown")
_FORGER = training_issuer("shc forger", FormatId.SHC, shc.UTOPIA.key.issuer, key_id=shc.UTOPIA.key.key_id)

KEYS: tuple[IssuerKey, ...] = tuple(issuer.key for issuer in (*shc.ISSUERS, _DENIED, _TESTS))
LISTS: tuple[StatusList, ...] = ()


def vectors() -> Iterator[Vector]:
    """Make all of them."""
    yield from _genuine()
    yield from _issuers()
    yield from _wrong()


def _vector(what: str, data: bytes, expect: str, source: str = _CARDS, **station: str) -> Vector:
    return Vector(name=f"shc/{what}", data=data, expect=expect, source=source, **station)


def _card(issuer: TrainingIssuer = shc.UTOPIA, expires: float | None = None) -> bytes:
    return shc.sign(shc.card(_DOSES, not_before=_START, expires=expires, issuer=issuer), issuer)


def _genuine() -> Iterator[Vector]:
    one = shc.symbol(_card())
    yield _vector("vaccination", one, "claim.met")
    yield _vector("vaccination-where-it-is-asked", one, "claim.met", claim="covid-19-vaccinated")
    yield _vector("vaccination-where-yellow-fever-is-asked", one, "claim.not-met", claim="yellow-fever")
    yield _vector("three-parts", b"\n".join(shc.symbols(_card(), 3)), "claim.met")
    yield _vector("three-parts-in-another-order", b"\n".join(reversed(shc.symbols(_card(), 3))), "claim.met")
    yield _vector("part-missing", b"\n".join(shc.symbols(_card(), 3)[:2]), "parse.malformed")
    test = [shc.patient(_PERSON), shc.laboratory_test("2026-05-31T18:00:00Z")]
    text = shc.symbol(shc.sign(shc.card(test, not_before=_START)))
    yield _vector("test", text, "claim.met", claim="covid-19-3g")
    yield _vector("before-its-start", one, "time.not-yet-valid", now="2025-12-31T12:00:00Z")
    ended = shc.symbol(_card(expires=_START + 86_400))
    yield _vector("after-its-end", ended, "time.expired")
    yield _vector("specimen-at-a-live-lane", one, "specimen", mode="live")


def _issuers() -> Iterator[Vector]:
    yield _vector("unknown-issuer", shc.symbol(_card(_UNKNOWN)), "trust.unknown-issuer")
    yield _vector("denied-issuer", shc.symbol(_card(_DENIED)), "issuer.denied")
    yield _vector("test-key-on-a-vaccination", shc.symbol(_card(_TESTS)), "issuer.not-authorised")
    yield _vector("forged", shc.symbol(_card(_FORGER)), "signature.bad")
    stolen = shc.sign(shc.card(_DOSES, not_before=_START, issuer=shc.RURITANIA), shc.UTOPIA)
    yield _vector("key-of-another-issuer", shc.symbol(stolen), "trust.unknown-issuer")


def _wrong() -> Iterator[Vector]:
    payload = shc.card(_DOSES, not_before=_START)
    genuine = _card()
    for what, text, expect in (
        ("not-deflated", shc.symbol(shc.sign_bytes(b"{}", shc.UTOPIA, _header())), "parse.malformed"),
        ("no-zip", shc.symbol(shc.sign_bytes(shc.deflate(b"{}"), shc.UTOPIA, {"alg": "ES256", "kid": "a"})), "parse.malformed"),
        ("alg-none", shc.symbol(shc.sign(payload, header={"alg": "none"})), "signature.bad"),
        ("alg-rsa", shc.symbol(shc.sign(payload, header={"alg": "PS256"})), "algorithm.unsupported"),
        ("crit", shc.symbol(shc.sign(payload, header={"crit": ["x"], "x": 1})), "parse.malformed"),
        ("cut", shc.symbol(genuine)[:-1], "parse.malformed"),
        ("pair-above-77", shc.symbol(genuine) + b"99", "parse.malformed"),
        ("no-patient", shc.symbol(shc.sign(shc.card(_DOSES[1:], not_before=_START))), "parse.malformed"),
        ("two-patients", shc.symbol(shc.sign(shc.card([*_DOSES, _DOSES[0]], not_before=_START))), "parse.malformed"),
    ):  # fmt: skip
        yield _vector(what, text, expect, f"{_CARDS}; {_JOSE}")


def _header() -> dict[str, object]:
    return {"alg": "ES256", "zip": "DEF", "kid": shc.UTOPIA.key.key_id.decode()}
