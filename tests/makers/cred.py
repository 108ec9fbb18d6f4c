"""Vectors of PathCheck's paper credentials."""

from collections.abc import Iterator

from tests.vectors import Vector
from trust_registry.model import Algorithm, IssuerKey, Scope, Standing, StatusList
from verifier.specimen import cred
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.verdict import FormatId
from verifier.wire import base32

_SPEC = "Path-Check, paper credentials"
_FIELDS = ["D'ARSØNS - VAN HALEN", "FRANÇOIS-JOAN", "1", "EU/1/20/1528", "ORG-100030215", "MINISTRY OF VWS"]
_NAME = "PCF.UT.EXAMPLE"


def _other(label: str, key_id: bytes, scope: Scope = Scope(), standing: Standing = Standing.SPECIMEN) -> TrainingIssuer:  # noqa: B008 - frozen
    return training_issuer(
        label, FormatId.CRED, _NAME, algorithm=Algorithm.ES256K, key_id=key_id, scope=scope, standing=standing
    )


_TYPED = _other("cred typed", b"2.PCF.UT.EXAMPLE", Scope(types=frozenset({"other"})))
_DENIED = _other("cred denied", b"3.PCF.UT.EXAMPLE", standing=Standing.DENIED)
_FORGER = _other("cred forger", cred.UTOPIA.key.key_id)
_UNKNOWN = _other("cred unknown", b"4.PCF.UT.EXAMPLE")

KEYS: tuple[IssuerKey, ...] = tuple(issuer.key for issuer in (cred.UTOPIA, _TYPED, _DENIED))
LISTS: tuple[StatusList, ...] = ()


def vectors() -> Iterator[Vector]:
    """Make all of them."""
    card = cred.symbol(_FIELDS)
    head, signature, tail = card[: len(b"CRED:DGC:1")], card.split(b":")[3], card.split(b":", 4)[4]
    written = base32.decode(signature)
    longer = base32.encode(bytes((written[0], written[1] + 1, 2, written[3] + 1, 0)) + written[4:])
    for what, data, expect in (
        ("card", card, "claim.met"),
        ("badge", cred.symbol(_FIELDS, kind=b"BADGE:2"), "claim.met"),
        ("unknown-key", cred.symbol(_FIELDS, _UNKNOWN), "trust.unknown-issuer"),
        ("forged", cred.symbol(_FIELDS, _FORGER), "signature.bad"),
        ("denied-issuer", cred.symbol(_FIELDS, _DENIED), "issuer.denied"),
        ("wrong-type", cred.symbol(_FIELDS, _TYPED), "issuer.not-authorised"),
        ("field-changed", card[:-1] + b"X", "signature.bad"),
        ("unknown-type", cred.symbol(_FIELDS, kind=b"MENU:1"), "format.unsupported"),
        ("four-parts", b"CRED:DGC:1:AB", "parse.malformed"),
        ("not-ascii", card + b"\xc3\x98", "parse.malformed"),
        ("number-written-longer", b":".join((head, longer, tail)), "parse.malformed"),
        ("one-number", b":".join((head, base32.encode(b"\x30\x03\x02\x01\x01"), tail)), "parse.malformed"),
        ("not-base32", b":".join((head, signature.lower(), tail)), "parse.malformed"),
    ):
        yield Vector(name=f"cred/{what}", data=data, expect=expect, source=_SPEC)
    yield Vector(name="cred/live-lane", data=card, expect="specimen", source=_SPEC, mode="live")
    yield Vector(name="cred/open", data=card, expect="claim.undetermined", source=_SPEC, claim="covid-19-3g")
