"""Vectors of HC1: every content, every reason, every edge of time and scope."""

import math
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime

from tests.vectors import Vector
from trust_registry.model import IssuerKey, Kind, Scope, Standing, StatusList
from verifier.specimen import hc1
from verifier.specimen.hc1 import Person
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.verdict import FormatId
from verifier.wire import base45, cbor

_HCERT, _DCC, _ICVP = "hcert-spec 1.0.5", "EU DCC schema 1.3.0", "WHO smart-icvp, DVCMin"
_COSE, _CBOR = "RFC 9052", "RFC 8949"
_YELLOW_FEVER = "YellowFeverProduct771d1a5c0acaee3e2dc9d56af1aba49d"
_POLIO = "PolioVaccineInactivatedIProduct087ff26057e89c006517428347dfbc3c"

_PERSON = Person("MUSTERFRAU<GOESSINGER", "GABRIELE", "1998-02-26", "P1234567")
_ISSUED = datetime(2026, 5, 1, tzinfo=UTC).timestamp()
_EXPIRES = datetime(2027, 5, 1, tzinfo=UTC).timestamp()

_UNKNOWN = training_issuer("hc1 unknown", FormatId.HC1, "UT")
_FORGER = training_issuer("hc1 forger", FormatId.HC1, "UT", key_id=hc1.UTOPIA.key.key_id)
_DENIED = training_issuer("hc1 denied", FormatId.HC1, "UT", standing=Standing.DENIED)
_SHORT = training_issuer("hc1 short key id", FormatId.HC1, "UT", key_id=b"\x2a\x07")
_TEXT = training_issuer("hc1 text key id", FormatId.HC1, "UT", key_id=b"11")
_TWIN = training_issuer("hc1 twin", FormatId.HC1, "UT", key_id=_SHORT.key.key_id)
_LATER = training_issuer("hc1 later", FormatId.HC1, "UT", not_before=_ISSUED + 1)
_LIGHT = training_issuer("hc1 light", FormatId.HC1, "CH", scope=Scope(types=frozenset({"ch-light"})))
_RECOVERIES = training_issuer("hc1 recoveries", FormatId.HC1, "UT", scope=Scope(frozenset({Kind.RECOVERY})))
_OTHERS = (_DENIED, _SHORT, _TEXT, _TWIN, _LATER, _LIGHT, _RECOVERIES)

KEYS: tuple[IssuerKey, ...] = tuple(issuer.key for issuer in (*hc1.ISSUERS, *_OTHERS))
LISTS: tuple[StatusList, ...] = ()

_VACCINATED = hc1.dcc(_PERSON, v=[hc1.vaccination(date(2026, 3, 1))])
_RECOVERED = hc1.dcc(_PERSON, r=[hc1.recovery(date(2026, 3, 1), date(2026, 3, 12), date(2026, 8, 28))])
_TESTED = hc1.dcc(_PERSON, t=[hc1.laboratory_test("2026-05-31T12:00:00+02:00")])


def _cwt(content: cbor.Map = _VACCINATED, **claims: object) -> cbor.Map:
    """Put a content into a CWT of the usual times; other claims of it by name."""
    return hc1.cwt(content, **{"issued": _ISSUED, "expires": _EXPIRES, **claims})  # type: ignore[arg-type] # names of claims


def _signed(payload: cbor.Map, issuer: TrainingIssuer = hc1.UTOPIA) -> bytes:
    return hc1.symbol(payload, issuer)


def _message(
    protected: cbor.Map, unprotected: cbor.Map | None = None, issuer: TrainingIssuer = hc1.UTOPIA
) -> cbor.Tagged:
    return hc1.sign1(cbor.encode(_cwt()), issuer, protected, unprotected)


def vectors() -> Iterator[Vector]:
    """Make all of them."""
    for made in (_contents, _claims, _times, _scopes, _headers, _damaged, _transport):
        yield from made()


def _vector(what: str, data: bytes, expect: str, source: str, **station: str) -> Vector:
    return Vector(name=f"hc1/{what}", data=data, expect=expect, source=source, **station)


def _contents() -> Iterator[Vector]:
    """One of each content, genuine and in date."""
    ddcc, test = hc1.ddcc_vaccination(_PERSON, date(2026, 3, 1)), hc1.ddcc_test(_PERSON, "2026-05-31T12:00:00Z")
    doses = [(_YELLOW_FEVER, date(2016, 1, 5)), (_POLIO, date(2026, 2, 1))]
    first = hc1.first_icvp(_PERSON, "1D47", date(2016, 1, 5))
    for what, payload, source in (
        ("dcc-vaccination", _cwt(), _DCC),
        ("dcc-test", _cwt(_TESTED), _DCC),
        ("dcc-recovery", _cwt(_RECOVERED), _DCC),
        ("icvp", _cwt(hc1.icvp(_PERSON, doses), sub_claim=-6), _ICVP),
        ("icvp-for-life", _cwt(hc1.icvp(_PERSON, doses), sub_claim=-6, expires=None), _ICVP),
        ("icvp-first-shape", _cwt(first, sub_claim=-6, expires=None), _ICVP),
        ("ddcc-vaccination", _cwt(ddcc, sub_claim=3), "WHO DDCC:VS 1.0.0"),
        ("ddcc-test", _cwt(test, sub_claim=4), "WHO DDCC:TR 1.0.0"),
        ("ddcc-at-the-top", hc1.old_ddcc_vaccination(_PERSON, date(2026, 3, 1)), "WHO DDCC drafts of 2021"),
        ("lac-pass", _cwt(ddcc), "RACSEL LACPass implementation guide"),
        ("float-times", _cwt(issued=_ISSUED + 0.5, expires=_EXPIRES + 0.5), "RFC 7519 section 2, NumericDate"),
    ):
        yield _vector(what, _signed(payload), "claim.met", source)
    light = hc1.symbol(_cwt(hc1.light(_PERSON), country="CH", claim=-250), _LIGHT, prefix=b"LT1:")
    yield _vector("light", light, "claim.met", "Swiss certificate light")


def _claims() -> Iterator[Vector]:
    """What a policy asks, met, not met and undetermined, on the days where the answer changes."""

    def dose(what: str, given: date, expect: str, policy: str = "yellow-fever", product: str = _YELLOW_FEVER) -> Vector:
        content = hc1.icvp(_PERSON, [(product, given)])
        return _vector(what, _signed(_cwt(content, sub_claim=-6)), expect, "IHR (2005) annex 7", claim=policy)

    yield dose("yellow-fever-on-day-10", date(2026, 5, 22), "claim.met")
    yield dose("yellow-fever-on-day-9", date(2026, 5, 23), "claim.not-met")
    yield dose("yellow-fever-of-long-ago", date(1987, 5, 23), "claim.met")
    yield dose("yellow-fever-where-polio-is-asked", date(2016, 5, 23), "claim.not-met", "polio")
    yield dose("product-of-no-list", date(2016, 5, 23), "claim.undetermined", product="YellowFeverProductUnlisted")
    yield dose("polio-fresh", date(2026, 5, 20), "claim.undetermined", "polio-exit", _POLIO)
    yield dose("polio-in-time", date(2026, 5, 4), "claim.met", "polio-exit", _POLIO)
    late = _signed(_cwt(hc1.icvp(_PERSON, [(_YELLOW_FEVER, date(2026, 5, 22))]), sub_claim=-6))
    unsure = {"now": "2026-05-31T12:00:00Z/2026-06-01T12:00:00Z", "claim": "yellow-fever"}
    yield _vector("yellow-fever-on-an-unsure-clock", late, "claim.undetermined", "IHR (2005) annex 7", **unsure)
    for what, born, expect in (
        ("birthday-today", "2008-06-01", "claim.met"),
        ("birthday-tomorrow", "2008-06-02", "claim.not-met"),
        ("birth-year-alone", "2008", "claim.undetermined"),
        ("leap-day-birth", "2008-02-29", "claim.met"),
    ):
        born_then = Person(_PERSON.family, _PERSON.given, born, _PERSON.document_number)
        text = _signed(_cwt(hc1.dcc(born_then, v=[hc1.vaccination(date(2026, 3, 1))])))
        yield _vector(what, text, expect, _DCC, claim="age-over-18")


def _times() -> Iterator[Vector]:
    """The edges of the window, and times that are none."""
    genuine, ends = _signed(_cwt()), "2027-05-01T00:00:00Z"
    yield _vector("at-the-end", genuine, "claim.met", f"{_HCERT} section 3.3.5: refused after it", now=ends)
    yield _vector("after-the-end", genuine, "time.expired", f"{_HCERT} section 3.3.5", now="2027-05-01T00:10:00Z")
    yield _vector("before-issue", genuine, "time.not-yet-valid", _HCERT, now="2026-04-30T12:00:00Z")
    unsure = "2027-04-30T00:00:00Z/2027-05-02T00:00:00Z"
    yield _vector("end-on-an-unsure-clock", genuine, "clock.untrusted", _HCERT, now=unsure)
    yield _vector("on-a-stale-registry", genuine, "trust.stale-registry", "our design", registry_age_days="4000")
    for what, moment in (
        ("nan", math.nan),
        ("infinite", math.inf),
        ("negative", -1),
        ("of-another-age", 2**40),
        ("text", "2027-05-01"),
        ("true", True),
    ):
        yield _vector(f"end-{what}", _signed(_cwt(expires=moment)), "parse.malformed", _HCERT)
    yield _vector("end-missing", _signed(_cwt(expires=None)), "parse.malformed", f"{_HCERT} section 3.3.5")
    yield _vector("dutch-specimen", _signed(_cwt(expires=42)), "time.expired", "CoronaCheck marks specimens so")


def _scopes() -> Iterator[Vector]:
    """Who may sign what, and whom we believe."""
    wrong_kind = _signed(_cwt(_RECOVERED, country="XR"), hc1.RURITANIA_TESTS)
    genuine = _signed(_cwt())
    yield _vector("test-key-on-a-recovery", wrong_kind, "issuer.not-authorised", f"{_HCERT} appendix A.2")
    yield _vector("key-of-another-country", _signed(_cwt(country="FR")), "issuer.not-authorised", _HCERT)
    yield _vector("no-country", _signed(_cwt(country=None)), "claim.met", f"{_HCERT} section 3.3.1: iss is optional")
    yield _vector("issued-before-the-key", _signed(_cwt(), _LATER), "issuer.not-authorised", _HCERT)
    yield _vector("unknown-issuer", _signed(_cwt(), _UNKNOWN), "trust.unknown-issuer", _HCERT)
    yield _vector("denied-issuer", _signed(_cwt(), _DENIED), "issuer.denied", "our design")
    yield _vector("specimen-at-a-live-lane", genuine, "specimen", "our design", mode="live")
    yield _vector("forged", _signed(_cwt(), _FORGER), "signature.bad", _COSE)
    yield _vector("recovery-key", _signed(_cwt(_RECOVERED), _RECOVERIES), "claim.met", f"{_HCERT} appendix A.2")


def _headers() -> Iterator[Vector]:
    """Where the key id may stand, and what no header may do."""
    kid, alg = hc1.UTOPIA.key.key_id, -7
    for what, message, expect in (
        ("kid-unprotected", _message({1: alg}, {4: kid}), "claim.met"),
        ("kid-short", _message({1: alg, 4: b"\x2a\x07"}, issuer=_SHORT), "claim.met"),
        ("kid-shared-by-two-keys", _message({1: alg, 4: b"\x2a\x07"}, issuer=_TWIN), "claim.met"),
        ("kid-text", _message({1: alg, 4: "11"}, issuer=_TEXT), "claim.met"),
        ("kid-missing", _message({1: alg}), "trust.unknown-issuer"),
        ("kid-in-both-headers", _message({1: alg, 4: kid}, {4: b"other"}), "parse.malformed"),
        ("kid-number", _message({1: alg, 4: 1}), "parse.malformed"),
        ("alg-unprotected", _message({4: kid}, {1: alg}), "parse.malformed"),
        ("alg-unknown", _message({1: -65535, 4: kid}), "algorithm.unsupported"),
        ("alg-of-another-key-type", _message({1: -37, 4: kid}), "signature.bad"),
        ("crit", _message({1: alg, 4: kid, 2: [99], 99: 1}), "parse.malformed"),
        ("crit-unprotected", _message({1: alg, 4: kid}, {2: [4]}), "parse.malformed"),
    ):
        yield _vector(what, hc1.carry(message), expect, f"{_COSE} section 3.1")
    tagged = cbor.Tagged(61, _message({1: alg, 4: kid}))
    yield _vector("cwt-tag", hc1.carry(tagged), "claim.met", "RFC 8392 section 6")
    yield _vector("untagged", hc1.carry(_message({1: alg, 4: kid}).content), "claim.met", f"{_COSE} section 2")
    yield _vector("mac-tag", hc1.carry(cbor.Tagged(17, _message({1: alg, 4: kid}).content)), "parse.malformed", _COSE)
    yield _vector("rsa", _signed(_cwt(), hc1.UTOPIA_RSA), "claim.met", f"{_HCERT} section 3.3.2: PS256")


def _damaged() -> Iterator[Vector]:
    """Contents that are none, and payloads that are ill-formed."""
    payloads: tuple[tuple[str, cbor.Map], ...] = (
        ("no-entry", _cwt(hc1.dcc(_PERSON))),
        ("content-missing", {1: "UT", 4: _EXPIRES, 6: _ISSUED}),
        ("content-text", _cwt("nothing")),  # type: ignore[arg-type] # that is the point
        ("icvp-without-a-dose", _cwt(hc1.icvp(_PERSON, []), sub_claim=-6)),
        ("dose-fraction", _cwt(hc1.dcc(_PERSON, v=[{**hc1.vaccination(date(2026, 3, 1)), "dn": 1.5}]))),
    )
    for what, payload in payloads:
        yield _vector(what, _signed(payload), "parse.malformed", _DCC)
    yield _vector("health-link-inside", _signed(_cwt(sub_claim=5)), "format.online-only", "WHO smart-trust, HCERT")
    yield _vector("content-of-the-future", _signed(_cwt(sub_claim=77)), "format.unsupported", "WHO smart-trust, HCERT")
    for what, payload_bytes in (
        ("payload-empty", b""),
        ("payload-cut", cbor.encode(_cwt())[:-1]),
        ("payload-trailing", cbor.encode(_cwt()) + b"\x00"),
        ("payload-duplicate-key", b"\xa2\x04\x01\x04\x02"),
        ("payload-deep", b"\x81" * 100 + b"\x00"),
    ):
        message = hc1.sign1(payload_bytes, hc1.UTOPIA, {1: -7, 4: hc1.UTOPIA.key.key_id})
        yield _vector(what, hc1.carry(message), "parse.malformed", _CBOR)


def _transport() -> Iterator[Vector]:
    """Base45 and deflate, each leniency refused."""
    genuine = _signed(_cwt())
    stream = base45.decode(genuine[4:])
    for what, data in (
        ("text-empty", b"HC1:"),
        ("text-lower-case", genuine[:40] + genuine[40:].lower()),
        ("text-cut", genuine[:-1]),
        ("text-trailing", genuine + b" "),
        ("text-over-the-range", b"HC1::::" + genuine[4:]),
        ("stream-cut-before-its-checksum", b"HC1:" + base45.encode(stream[:-4])),
        ("stream-with-a-wrong-checksum", b"HC1:" + base45.encode(stream[:-1] + bytes([stream[-1] ^ 1]))),
        ("stream-trailing", b"HC1:" + base45.encode(stream + b"\x00")),
        ("stream-missing", b"HC1:" + base45.encode(zlib.decompress(stream))),
        ("stream-bomb", b"HC1:" + base45.encode(zlib.compress(bytes(2_000_000), 9))),
    ):
        yield _vector(what, data, "parse.malformed", "RFC 9285, RFC 1950")
