"""Vectors of ISO mdocs."""

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime

from tests.vectors import Vector
from trust_registry.model import IssuerKey, Standing, StatusList
from verifier.specimen import certificates, mdoc
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.specimen.mdoc import Validity
from verifier.verdict import FormatId
from verifier.wire import base45, base64url, cbor

_SPEC = "ISO/IEC 18013-5:2021"
_VALIDITY = Validity("2026-05-01T00:00:00Z", "2026-05-01T00:00:00Z", "2027-05-01T00:00:00Z")
_ELEMENTS: dict[str, cbor.Value] = {
    "family_name": "Specimen",
    "given_name": "Nora",
    "birth_date": cbor.Tagged(1004, "1988-04-12"),
    "issuing_country": "UT",
    "age_over_18": True,
}
_TRANSCRIPT = cbor.encode([None, None, ["OpenID4VPHandover", bytes(32)]])
_CHALLENGE = f"gate.example nonce {_TRANSCRIPT.hex()}"
_OTHER_CHALLENGE = f"gate.example nonce {cbor.encode([None, None, None]).hex()}"


def _pinned(label: str, standing: Standing = Standing.SPECIMEN) -> TrainingIssuer:
    return training_issuer(label, FormatId.MDOC, "UT", key_id=label.encode(), standing=standing)


_BARE, _DENIED, _FORGER = _pinned("mdoc bare"), _pinned("mdoc denied", Standing.DENIED), _pinned("mdoc forger")
_STRANGER = certificates.authority("mdoc stranger", FormatId.MDOC, "UT")
_EARLY = datetime(2026, 4, 1, tzinfo=UTC)

KEYS: tuple[IssuerKey, ...] = (mdoc.UTOPIA.key, _BARE.key, _DENIED.key)
LISTS: tuple[StatusList, ...] = ()


def _signed(elements: dict[str, cbor.Value] = _ELEMENTS, **how: object) -> cbor.Map:
    return mdoc.issuer_signed(*mdoc.security_object(elements, _VALIDITY), **how)  # type: ignore[arg-type] # by name


def _with(**members: cbor.Value) -> cbor.Map:
    """Sign a security object with members of it otherwise."""
    mso, items = mdoc.security_object(_ELEMENTS, _VALIDITY)
    changed: dict[cbor.Key, cbor.Value] = dict(mso)
    changed.update(members)
    return mdoc.issuer_signed(changed, items)


def _items(change: list[cbor.Value]) -> cbor.Map:
    mso, _ = mdoc.security_object(_ELEMENTS, _VALIDITY)
    return mdoc.issuer_signed(mso, change)


def _certified(**how: object) -> bytes:
    by = how.pop("by", mdoc.UTOPIA)
    usage = how.pop("usage", mdoc.DOCUMENT_SIGNER)
    return certificates.certificate(mdoc.SIGNER, by, usage, **how)  # type: ignore[arg-type] # by name


def vectors() -> Iterator[Vector]:
    """Make all of them."""
    for made in (_shown, _refused, _times, _challenged):
        yield from made()


def _vector(what: str, content: cbor.Value, expect: str, **station: str) -> Vector:
    return Vector(name=f"mdoc/{what}", data=cbor.encode(content), expect=expect, source=_SPEC, **station)


def _shown() -> Iterator[Vector]:
    whole = mdoc.response(_signed())
    _, items = mdoc.security_object(_ELEMENTS, _VALIDITY)
    yield _vector("response", whole, "claim.met")
    yield _vector("issuer-signed", _signed(), "claim.met")
    yield _vector("one-element", _items(items[-1:]), "claim.met", claim="age-over-18")
    yield _vector("birth-date", _items(items[2:3]), "claim.met", claim="age-over-18")
    yield _vector("no-element-of-age", _items(items[:1]), "claim.undetermined", claim="age-over-18")
    yield _vector("too-young", _signed({"age_over_18": False}), "claim.not-met", claim="age-over-18")
    yield _vector("chain-as-list", _signed(chain=[mdoc.CERTIFICATE]), "claim.met")
    yield _vector("pinned", _signed(issuer=_BARE, chain=None), "claim.met")
    yield _vector("device-unasked", mdoc.response(_signed(), device=mdoc.device_signed(_TRANSCRIPT)), "claim.met")
    content = cbor.encode(whole)
    text = base64url.encode(content)
    yield Vector(name="mdoc/base64url", data=text, expect="claim.met", source=_SPEC)
    packed = base45.encode(zlib.compress(content, 9))
    yield Vector(name="mdoc/base45", data=packed, expect="claim.met", source=_SPEC)


def _refused() -> Iterator[Vector]:
    _, items = mdoc.security_object(_ELEMENTS, _VALIDITY)
    _, others = mdoc.security_object({**_ELEMENTS, "age_over_18": False}, _VALIDITY)
    whole = mdoc.response(_signed())
    documents = whole["documents"]
    two: cbor.Map = {**whole, "documents": [*documents, *documents] if isinstance(documents, list) else None}
    bare: cbor.Map = {"nameSpaces": {}, "issuerAuth": [b"\xa1\x01\x26", {4: b"x"}, b"\xa0", b"s"]}
    for what, content, expect in (
        ("two-documents", two, "format.unsupported"),
        ("no-document", {**whole, "documents": []}, "parse.malformed"),
        ("refused-by-device", {**whole, "status": 10}, "parse.malformed"),
        ("other-element", _items([*items[:-1], others[-1]]), "signature.bad"),
        ("element-twice", _items([*items, items[0]]), "parse.malformed"),
        ("element-bare", _items([{"digestID": 0}]), "parse.malformed"),
        ("element-of-nothing", _items([cbor.embed(b"\xa0")]), "parse.malformed"),
        ("other-type-outside", mdoc.response(_signed(), doc_type="other"), "signature.bad"),
        ("unknown-digest", _with(digestAlgorithm="MD5"), "algorithm.unsupported"),
        ("no-validity", _with(validityInfo={}), "parse.malformed"),
        (
            "not-embedded",
            bare,
            "parse.malformed",
        ),
        ("other-status", _with(status={"identifier_list": {}}), "status.unavailable"),
        (
            "status-list-missing",
            _with(status={"status_list": {"idx": 1, "uri": "https://ut.example/1"}}),
            "status.unavailable",
        ),
        ("forged", _signed(issuer=_FORGER), "signature.bad"),
        ("unknown-authority", _signed(chain=_certified(by=_STRANGER)), "trust.unknown-issuer"),
        ("unknown-key", _signed(issuer=_FORGER, chain=None), "trust.unknown-issuer"),
        ("denied-issuer", _signed(issuer=_DENIED, chain=None), "issuer.denied"),
        ("other-usage", _signed(chain=_certified(usage="1.3.6.1.5.5.7.3.1")), "issuer.not-authorised"),
        ("other-country", _signed({**_ELEMENTS, "issuing_country": "FR"}), "issuer.not-authorised"),
        ("signed-after-the-signer", _signed(chain=_certified(end=_EARLY)), "issuer.not-authorised"),
        ("chain-of-text", _signed(chain="certificate"), "parse.malformed"),
    ):
        yield _vector(what, content, expect)
    yield _vector("live-lane", whole, "specimen", mode="live")


def _times() -> Iterator[Vector]:
    whole = mdoc.response(_signed())
    for what, now, expect in (
        ("last-second", "2027-05-01T00:00:59Z", "claim.met"),
        ("expired", "2027-05-01T00:01:00Z", "time.expired"),
        ("not-yet", "2026-04-30T23:58:59Z", "time.not-yet-valid"),
    ):
        yield _vector(what, whole, expect, now=now)


def _challenged() -> Iterator[Vector]:
    answered = mdoc.response(_signed(), device=mdoc.device_signed(_TRANSCRIPT))
    stolen = mdoc.response(_signed(), device=mdoc.device_signed(_TRANSCRIPT, label="mdoc thief"))
    mac = mdoc.response(_signed(), device={"nameSpaces": cbor.embed(b"\xa0"), "deviceAuth": {"deviceMac": []}})
    neither = mdoc.response(_signed(), device={"nameSpaces": cbor.embed(b"\xa0"), "deviceAuth": {}})
    for what, content, expect, challenge in (
        ("device-answers", answered, "claim.met", _CHALLENGE),
        ("device-answered-another", answered, "holder.bad-binding", _OTHER_CHALLENGE),
        ("device-of-another", stolen, "holder.bad-binding", _CHALLENGE),
        ("device-mac", mac, "holder.unbound", _CHALLENGE),
        ("device-neither", neither, "parse.malformed", _CHALLENGE),
    ):
        yield _vector(what, content, expect, challenge=challenge)
