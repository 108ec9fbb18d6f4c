"""Vectors of VDS-NC: seals of vaccination and testing, chains that end at an anchor, and those that do not."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from tests.vectors import Vector
from trust_registry.model import IssuerKey, Kind, Scope, Standing, StatusList
from verifier.specimen import certificates
from verifier.specimen import vds_nc as seal
from verifier.specimen.hc1 import Person
from verifier.specimen.issuers import TrainingIssuer
from verifier.verdict import FormatId

_TR = "ICAO TR VDS-NC 1.1"
_PERSON = Person("CITIZEN", "JANE SUE", "1961-05-15", "M1234567")
_DOSES = [("XM68M6", "RA01.0", date(2026, 2, 1)), ("XM68M6", "RA01.0", date(2026, 3, 1))]
_CONTENT = seal.vaccination(_PERSON, _DOSES)


def _authority(label: str, country: str = "UT", **changed: object) -> TrainingIssuer:
    made = certificates.authority(f"vds-nc {label}", FormatId.VDS_NC, country)
    return replace(made, key=replace(made.key, **changed))  # type: ignore[arg-type] # members of a key


_DENIED = _authority("denied", standing=Standing.DENIED)
_TESTS = _authority("tests", scope=Scope(frozenset({Kind.TEST}), frozenset({"UT"})))
_UNKNOWN = _authority("unknown")

KEYS: tuple[IssuerKey, ...] = tuple(issuer.key for issuer in (*seal.ISSUERS, _DENIED, _TESTS))
LISTS: tuple[StatusList, ...] = ()


def vectors() -> Iterator[Vector]:
    """Make all of them."""
    yield from _genuine()
    yield from _signers()
    yield from _wrong()


def _vector(what: str, data: bytes, expect: str, **station: str) -> Vector:
    return Vector(name=f"vds-nc/{what}", data=data, expect=expect, source=_TR, **station)


def _sealed_by(authority: TrainingIssuer, usage: str | None = seal.BARCODE_SIGNER, **certified: object) -> bytes:
    signer = certificates.signer("vds-nc signer of another", authority)
    certificate = certificates.certificate(signer, authority, usage, **certified)  # type: ignore[arg-type] # by name
    return seal.symbol(_CONTENT, signer, certificate)


def _genuine() -> Iterator[Vector]:
    one = seal.symbol(_CONTENT)
    yield _vector("vaccination", one, "claim.met")
    yield _vector("vaccination-of-no-listed-product", one, "claim.undetermined", claim="covid-19-vaccinated")
    yield _vector("vaccination-where-yellow-fever-is-asked", one, "claim.not-met", claim="yellow-fever")
    test = seal.symbol(seal.laboratory_test(_PERSON, "2026-05-31T18:00:00Z"))
    yield _vector("test", test, "claim.met")
    yield _vector("test-that-names-no-disease", test, "claim.undetermined", claim="covid-19-3g")
    written = json.dumps(json.loads(one), indent=2, ensure_ascii=False).encode()
    yield _vector("written-with-blanks", written, "claim.met")
    yield _vector("specimen-at-a-live-lane", one, "specimen", mode="live")


def _signers() -> Iterator[Vector]:
    ended = datetime(2026, 5, 1, tzinfo=UTC)
    yield _vector("unknown-issuer", _sealed_by(_UNKNOWN), "trust.unknown-issuer")
    yield _vector("denied-issuer", _sealed_by(_DENIED), "issuer.denied")
    yield _vector("test-anchor-on-a-vaccination", _sealed_by(_TESTS), "issuer.not-authorised")
    yield _vector(
        "certificate-for-something-else", _sealed_by(seal.UTOPIA, "1.3.6.1.5.5.7.3.1"), "issuer.not-authorised"
    )
    yield _vector("certificate-of-another-country", _sealed_by(seal.UTOPIA, country="XR"), "issuer.not-authorised")
    yield _vector("certificate-at-its-end", _sealed_by(seal.UTOPIA, end=ended), "time.expired")
    forged = replace(seal.UTOPIA, private_key=_UNKNOWN.private_key)
    yield _vector("certificate-forged", _sealed_by(forged), "signature.bad")
    yield _vector("certificate-missing", seal.symbol(_CONTENT, certificate=None), "trust.unknown-issuer")


def _wrong() -> Iterator[Vector]:
    one = seal.symbol(_CONTENT)
    yield _vector("changed", one.replace(b"2026-03-01", b"2026-03-02"), "signature.bad")
    yield _vector("alg-none", seal.symbol(_CONTENT, algorithm="none"), "signature.bad")
    yield _vector("alg-unknown", seal.symbol(_CONTENT, algorithm="ES1"), "algorithm.unsupported")
    yield _vector("cut", one[:-1], "parse.malformed")
    yield _vector("member-twice", one.replace(b'{"data":', b'{"data":{"hdr":{}},"data":', 1), "parse.malformed")
