"""Vectors of MOSIP's identity code."""

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime

from tests.vectors import Vector
from trust_registry.model import Algorithm, IssuerKey, Kind, Scope, Standing, StatusList
from verifier.specimen import claim_169
from verifier.specimen.hc1 import Person, sign1
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.verdict import FormatId
from verifier.wire import base45, cbor

_SPEC = "MOSIP, Claim 169 QR code specification 1.2"
_PERSON = Person("Specimen", "Nora", "1988-04-12", "U0000001")
_START, _END = (int(datetime(year, 5, 1, tzinfo=UTC).timestamp()) for year in (2026, 2027))


def _other(label: str, key_id: bytes, algorithm: Algorithm = Algorithm.ED25519, **entry: object) -> TrainingIssuer:
    return training_issuer(
        label,
        FormatId.CLAIM_169,
        claim_169.UTOPIA.key.issuer,
        key_id=key_id,
        algorithm=algorithm,
        **entry,  # type: ignore[arg-type] # by name
    )


_CURVE = _other("claim 169 curve", b"key-2", Algorithm.ES256)
_TESTS = _other("claim 169 tests", b"key-3", scope=Scope(frozenset({Kind.TEST})))
_DENIED = _other("claim 169 denied", b"key-4", standing=Standing.DENIED)
_FORGER = _other("claim 169 forger", claim_169.UTOPIA.key.key_id)
_UNKNOWN = _other("claim 169 unknown", b"key-5")

KEYS: tuple[IssuerKey, ...] = tuple(issuer.key for issuer in (claim_169.UTOPIA, _CURVE, _TESTS, _DENIED))
LISTS: tuple[StatusList, ...] = ()


def _identity(**members: cbor.Value) -> cbor.Map:
    """Make the usual payload with members of the identity otherwise, by `label_NUMBER`."""
    payload = claim_169.cwt(_PERSON, issued=_START, expires=_END)
    identity = payload[169]
    if not isinstance(identity, dict):
        raise TypeError
    changed: dict[cbor.Key, cbor.Value] = dict(identity)
    changed.update({int(label.removeprefix("label_")): value for label, value in members.items()})
    return {**payload, 169: changed}


def vectors() -> Iterator[Vector]:
    """Make all of them."""
    good = _identity()
    code = claim_169.symbol(good)
    message = sign1(cbor.encode(good), claim_169.UTOPIA, {1: -8, 4: b"key-1"})
    parts = message.content if isinstance(message.content, list) else []
    endless: cbor.Map = {label: value for label, value in good.items() if label != 4}
    encrypted = base45.encode(zlib.compress(b"\xd0\x83\x43\xa1\x01\x01\xa0\x41\x00", 9))
    for what, data, expect in (
        ("code", code, "claim.met"),
        ("es256", claim_169.symbol(good, _CURVE), "claim.met"),
        ("cwt-tag", claim_169.carry(cbor.Tagged(61, message)), "claim.met"),
        ("untagged", claim_169.carry(sign1(cbor.encode(good), claim_169.UTOPIA, {1: -8}, {4: b"key-1"}).content), "claim.met"),
        ("encoded-once-more", claim_169.symbol({**good, 169: cbor.encode(good[169])}), "claim.met"),
        ("without-end", claim_169.symbol(endless), "claim.met"),
        ("birth-date-with-dashes", claim_169.symbol(_identity(label_8="1988-04-12")), "claim.met"),
        ("unknown-issuer", claim_169.symbol({**good, 1: "https://id.other.example"}), "trust.unknown-issuer"),
        ("unknown-key", claim_169.symbol(good, _UNKNOWN), "trust.unknown-issuer"),
        ("forged", claim_169.symbol(good, _FORGER), "signature.bad"),
        ("denied-issuer", claim_169.symbol(good, _DENIED), "issuer.denied"),
        ("wrong-kind", claim_169.symbol(good, _TESTS), "issuer.not-authorised"),
        ("algorithm-reserved", claim_169.symbol(good, algorithm=0), "algorithm.unsupported"),
        ("encrypted", encrypted, "format.unsupported"),
        ("no-identity", claim_169.symbol({1: good[1], 4: _END}), "parse.malformed"),
        ("identity-of-text", claim_169.symbol({**good, 169: "Nora"}), "parse.malformed"),
        ("no-issuer", claim_169.symbol({4: _END, 169: {}}), "parse.malformed"),
        ("birth-date-is-none", claim_169.symbol(_identity(label_8="19880431")), "parse.malformed"),
        ("birth-date-is-a-number", claim_169.symbol(_identity(label_8=19880412)), "parse.malformed"),
        ("detached", claim_169.carry(cbor.Tagged(18, [*parts[:2], None, *parts[3:]])), "parse.malformed"),
        ("cut", code[:-3], "parse.malformed"),
    ):  # fmt: skip
        yield Vector(name=f"claim-169/{what}", data=data, expect=expect, source=_SPEC)
    young = claim_169.symbol(_identity(label_8="20150412"))
    yield Vector(name="claim-169/too-young", data=young, expect="claim.not-met", source=_SPEC, claim="age-over-18")
    for what, expect, station in (
        ("live-lane", "specimen", {"mode": "live"}),
        ("last-second", "claim.met", {"now": "2027-05-01T00:00:59Z"}),
        ("expired", "time.expired", {"now": "2027-05-01T00:01:00Z"}),
        ("not-yet", "time.not-yet-valid", {"now": "2026-04-30T23:58:59Z"}),
        ("age", "claim.met", {"claim": "age-over-18"}),
    ):
        yield Vector(name=f"claim-169/{what}", data=code, expect=expect, source=_SPEC, **station)
