"""Vectors of Data Integrity proofs, by value and by statements."""

from collections.abc import Iterator

from tests.vectors import Vector
from trust_registry.model import IssuerKey, Kind, Scope, Standing, StatusList
from verifier.specimen import data_integrity as make
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.specimen.jose import carry, compact
from verifier.verdict import FormatId
from verifier.wire import cbor
from verifier.wire.json import Json, Object

_DI, _JCS, _RDFC = "VC Data Integrity 1.0 section 4", "RFC 8785", "RDFC-1.0"
_START, _END = "2026-05-01T00:00:00Z", "2027-05-01T00:00:00Z"
_AGE = {"claim": "age-over-18"}


def _issuer(label: str, *, scope: Scope = Scope(), standing: Standing = Standing.SPECIMEN) -> TrainingIssuer:  # noqa: B008
    name = f"data-integrity {label}"
    return training_issuer(
        name, FormatId.DATA_INTEGRITY, make.EDWARDS.key.issuer, algorithm=make.EDWARDS.key.algorithm,
        key_id=label.encode(), scope=scope, standing=standing,
    )  # fmt: skip


_DENIED, _UNKNOWN = _issuer("denied", standing=Standing.DENIED), _issuer("unknown")
_TICKETS = _issuer("tickets", scope=Scope(frozenset({Kind.TICKET})))

KEYS: tuple[IssuerKey, ...] = tuple(issuer.key for issuer in (*make.ISSUERS, _DENIED, _TICKETS))
LISTS: tuple[StatusList, ...] = ()

_ABOUT: Object = {"familyName": "Specimen", "givenName": "Nora", "birthDate": "1998-02-26"}
_CREDENTIAL = make.credential(_START, _END, _ABOUT)


def _vector(what: str, document: object, expect: str, source: str = _DI, **station: str) -> Vector:
    data = document if isinstance(document, bytes) else compact(document)
    return Vector(name=f"data-integrity/{what}", data=data, expect=expect, source=source, **station)


def _secured(
    document: Object = _CREDENTIAL, suite: str = "eddsa-jcs-2022", by: TrainingIssuer = make.EDWARDS, **more: Json
) -> Object:
    return make.secure(document, make.proof(suite, by) | more, by)


_GOOD = _secured()
_STATED = _secured(suite="eddsa-rdfc-2022")


def vectors() -> Iterator[Vector]:
    """Make all of them."""
    for made in (_suites, _contents, _issuers, _refused, _derived):
        yield from made()


def _suites() -> Iterator[Vector]:
    yield _vector("carried", carry(compact(_GOOD)), "claim.met", "MOSIP PixelPass", **_AGE)
    for what, suite, by in (
        ("eddsa-jcs-2022", "eddsa-jcs-2022", make.EDWARDS),
        ("ecdsa-jcs-2019-p-256", "ecdsa-jcs-2019", make.SMALL),
        ("ecdsa-jcs-2019-p-384", "ecdsa-jcs-2019", make.LARGE),
        ("eddsa-rdfc-2022", "eddsa-rdfc-2022", make.EDWARDS),
        ("ecdsa-rdfc-2019-p-256", "ecdsa-rdfc-2019", make.SMALL),
        ("ecdsa-rdfc-2019-p-384", "ecdsa-rdfc-2019", make.LARGE),
    ):
        yield _vector(what, _secured(suite=suite, by=by), "claim.met", _JCS if "jcs" in suite else _RDFC, **_AGE)
    contexts: list[Json] = [make.V2, make.CITIZENSHIP, make.SUITE_2020]
    old = _secured(_CREDENTIAL | {"@context": contexts}, "Ed25519Signature2020")
    yield _vector("ed25519-signature-2020", old, "claim.met", _RDFC, **_AGE)
    yield _vector("members-in-another-order", dict(reversed(_GOOD.items())), "claim.met", _JCS)


def _contents() -> Iterator[Vector]:
    minor = _secured(make.credential(_START, _END, _ABOUT | {"birthDate": "2010-02-26"}))
    yield _vector("minor", minor, "claim.not-met", **_AGE)
    nameless = _secured(make.credential(_START, _END, {"familyName": "Specimen"}))
    yield _vector("says-nothing-of-age", nameless, "claim.undetermined", **_AGE)
    yield _vector("before-its-start", _GOOD, "time.not-yet-valid", now="2026-04-30T23:00:00Z")
    yield _vector("after-its-end", _GOOD, "time.expired", now="2027-05-01T00:02:00Z")
    yield _vector("after-the-end-of-its-proof", _secured(expires="2026-05-20T00:00:00Z"), "time.expired")
    yield _vector("specimen-at-a-live-lane", _GOOD, "specimen", mode="live")
    entry: Object = {
        "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "0",
        "statusListCredential": "https://elsewhere.example/status",
    }  # fmt: skip
    yield _vector("status-not-held", _secured(_CREDENTIAL | {"credentialStatus": entry}), "status.unavailable")


def _issuers() -> Iterator[Vector]:
    yield _vector("unknown-issuer", _secured(by=_UNKNOWN), "trust.unknown-issuer")
    yield _vector("denied-issuer", _secured(by=_DENIED), "issuer.denied")
    yield _vector("ticket-key-on-an-identity", _secured(by=_TICKETS), "issuer.not-authorised")
    forged = make.secure(_CREDENTIAL, make.proof("eddsa-jcs-2022", make.EDWARDS), _UNKNOWN)
    yield _vector("forged", forged, "signature.bad")


def _derived() -> Iterator[Vector]:
    source = "ECDSA Cryptosuites 1.0 section 3.6"

    def derived(document: Object) -> tuple[Object, list[cbor.Value]]:
        options = make.proof("ecdsa-sd-2023", make.SMALL)
        return make.derive(document, options, make.SMALL, kept_for_all=lambda line: "schema.org" not in line)

    def again(*value: cbor.Value, header: bytes = b"\xd9\x5d\x01") -> Object:
        return make.with_derived(_CREDENTIAL, make.proof("ecdsa-sd-2023", make.SMALL), [*value], header)

    good, (signature, key, signatures, labels, places) = derived(_CREDENTIAL)
    other, (_, _, foreign, _, _) = derived(make.credential(_START, _END, _ABOUT | {"birthDate": "1978-02-26"}))
    assert isinstance(signatures, list)
    assert isinstance(labels, dict)
    yield _vector("derived", good, "claim.met", source, **_AGE)
    shown = {member: value for member, value in _ABOUT.items() if member == "birthDate"}
    yield _vector("derived-changed", other | {"proof": good["proof"]}, "signature.bad", source, **_AGE)
    yield _vector("derived-of-two", again(signature, key, foreign, labels, places), "signature.bad", source)
    hidden = make.credential(_START, _END, shown) | {"proof": good["proof"]}
    yield _vector("derived-statement-dropped", hidden, "parse.malformed", source)
    for what, document in (
        ("derived-signature-dropped", again(signature, key, signatures[1:], labels, places)),
        ("derived-label-dropped", again(signature, key, signatures, {}, places)),
        ("derived-place-beyond", again(signature, key, signatures, labels, [*range(99)])),
        ("derived-not-at-all", again(signature, key, signatures, labels, places, header=b"\xd9\x5d\x00")),
        ("derived-part-too-many", again(signature, key, signatures, labels, places, 0)),
    ):
        yield _vector(what, document, "parse.malformed", source)


def _refused() -> Iterator[Vector]:
    yield _vector("changed", _GOOD | {"validUntil": "2037-05-01T00:00:00Z"}, "signature.bad", _JCS)
    yield _vector("statement-changed", _STATED | {"validUntil": "2037-05-01T00:00:00Z"}, "signature.bad", _RDFC)
    yield _vector("member-added", _GOOD | {"isAdmin": True}, "signature.bad", _JCS)
    yield _vector("member-that-nobody-defines", _STATED | {"isAdmin": True}, "parse.malformed", _RDFC)
    inline: list[Json] = [make.V2, make.CITIZENSHIP, {"@vocab": "urn:x:"}]
    yield _vector("context-of-its-own", _STATED | {"@context": inline}, "parse.malformed", _RDFC)
    unknown: list[Json] = [make.V2, "https://unknown.example/v1"]
    yield _vector("context-that-we-do-not-know", _STATED | {"@context": unknown}, "format.unsupported", _RDFC)
    yield _vector("two-proofs", _GOOD | {"proof": [_GOOD["proof"], _GOOD["proof"]]}, "format.unsupported")
    other = _CREDENTIAL | {"proof": make.proof("bbs-2023", make.EDWARDS) | {"proofValue": "uAAA"}}
    yield _vector("other-suite", other, "algorithm.unsupported")
    yield _vector("other-purpose", _secured(proofPurpose="authentication"), "parse.malformed")
    yield _vector("no-issuer", _secured(make.credential(_START, _END, _ABOUT, issuer=None)), "parse.malformed")
    yield _vector("cut", compact(_GOOD)[:-1], "parse.malformed")
