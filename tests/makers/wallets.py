"""Vectors of what wallets make of a credential: what is shown of it, how it is carried, and whose hand it is in."""

from collections.abc import Iterator
from datetime import UTC, datetime

from tests.vectors import Vector
from trust_registry.model import IssuerKey, StatusList
from verifier.specimen import certificates
from verifier.specimen import sd_jwt_vc as sd
from verifier.specimen import vc_jwt as vc
from verifier.specimen.issuers import training_issuer
from verifier.specimen.jose import Holder, carry
from verifier.verdict import FormatId
from verifier.wire.json import Object

_NAMELESS = training_issuer("sd-jwt-vc nameless", FormatId.SD_JWT_VC, sd.UTOPIA.key.issuer, key_id=b"")
_STRANGER = certificates.authority("sd-jwt-vc stranger", FormatId.SD_JWT_VC, "UT")

KEYS: tuple[IssuerKey, ...] = (_NAMELESS.key,)
LISTS: tuple[StatusList, ...] = ()

_ISSUED, _EXPIRES = (int(datetime(year, 5, 1, tzinfo=UTC).timestamp()) for year in (2026, 2027))
_NOW = int(datetime(2026, 6, 1, 12, tzinfo=UTC).timestamp())  # as vectors have it
_HERE, _NONCE = "x509_san_dns:gate.example", "kT6qXz9wQhVw3b1n"
_AGE = {"claim": "age-over-18"}
_BOUND = {"claim": "age-over-18-bound", "challenge": f"{_HERE} {_NONCE}"}
_SD, _KB, _VC = "RFC 9901 section 7.1", "RFC 9901 section 7.3", "draft-ietf-oauth-sd-jwt-vc-19"
_PIXELPASS = "MOSIP PixelPass: base45 of zlib"

_ADULT = sd.Disclosure(value=True, name="age_over_18")
_NAME = sd.Disclosure(value="Specimen", name="family_name")
_CLAIMS = sd.credential(_ISSUED, _EXPIRES, sd.hidden(_ADULT, _NAME))
_JWT = sd.issue(_CLAIMS)
_SHOWN = sd.present(_JWT, [_ADULT])
_THIEF = Holder("thief")


def vectors() -> Iterator[Vector]:
    """Make all of them."""
    for made in (_shown, _held, _certified, _clocks, _presentations):
        yield from made()


def _vector(what: str, data: bytes, expect: str, source: str, **station: str) -> Vector:
    return Vector(name=f"sd-jwt-vc/{what}", data=data, expect=expect, source=source, **station)


def _shown() -> Iterator[Vector]:
    for algorithm in ("sha-384", "sha-512"):
        issued = sd.issue(sd.credential(_ISSUED, _EXPIRES, sd.hidden(_ADULT, algorithm=algorithm)))
        yield _vector(f"digests-by-{algorithm}", sd.present(issued, [_ADULT]), "claim.met", _SD, **_AGE)
    element = sd.Disclosure("UT")
    inner = sd.Disclosure({"_sd": [_ADULT.digest()], "nationalities": [{"...": element.digest()}]}, "more")
    outer = sd.Disclosure({"_sd": [inner.digest()]}, "age_equal_or_over")
    nested = sd.issue(sd.credential(_ISSUED, _EXPIRES, sd.hidden(outer, _ADULT)))
    yield _vector("nested-and-twice", sd.present(nested, [outer, inner, element, _ADULT]), "parse.malformed", _SD)
    once = sd.issue(sd.credential(_ISSUED, _EXPIRES, sd.hidden(outer)))
    yield _vector("nested", sd.present(once, [outer, inner, element, _ADULT]), "claim.met", _SD)
    plain: Object = {"age_equal_or_over": {"18": True}}
    open_to_all = sd.present(sd.issue(sd.credential(_ISSUED, _EXPIRES, plain)))
    yield _vector("nothing-selective", open_to_all, "claim.met", _SD, **_AGE)
    yield _vector("carried", carry(_SHOWN), "claim.met", _PIXELPASS, **_AGE)
    old = sd.present(sd.issue(_CLAIMS, header={"typ": "vc+sd-jwt"}), [_ADULT])
    yield _vector("old-media-type", old, "claim.met", f"{_VC} section 2.2.1", **_AGE)
    nameless = sd.present(sd.issue(_CLAIMS, _NAMELESS), [_ADULT])
    yield _vector("key-without-a-name", nameless, "claim.met", f"{_VC} section 2.5", **_AGE)
    numbered = sd.present(sd.issue(_CLAIMS, header={"kid": 42}), [_ADULT])
    yield _vector("key-id-a-number", numbered, "parse.malformed", "RFC 7515 section 4.1.4")
    critical = sd.present(sd.issue(_CLAIMS, header={"crit": ["x"], "x": 1}), [_ADULT])
    yield _vector("critical-header", critical, "parse.malformed", "RFC 7515 section 4.1.11")
    symmetric = sd.present(sd.issue(_CLAIMS, header={"alg": "HS256"}), [_ADULT])
    yield _vector("symmetric", symmetric, "algorithm.unsupported", "RFC 8725 section 3.1")


def _held() -> Iterator[Vector]:
    yield _vector("bound-where-none-asks", sd.bind(_SHOWN, "else", "other", 0), "claim.met", _KB, **_AGE)
    stolen = sd.bind(_SHOWN, _HERE, _NONCE, _NOW, holder=_THIEF)
    yield _vector("stolen-where-none-asks", stolen, "holder.bad-binding", _KB, **_AGE)
    both = sd.bind(sd.present(_JWT, [_ADULT, _NAME]), _HERE, _NONCE, _NOW)
    yield _vector("bound-to-more", both.replace(_NAME.encoded + b"~", b""), "holder.bad-binding", _KB, **_BOUND)
    untyped = sd.bind(_SHOWN, _HERE, _NONCE, _NOW, kind="JWT")
    yield _vector("bound-by-no-kb-jwt", untyped, "holder.bad-binding", _KB, **_BOUND)
    later = sd.bind(_SHOWN, _HERE, _NONCE, _NOW + 600)
    yield _vector("bound-in-the-future", later, "presentation.stale", _KB, **_BOUND)


def _certified() -> Iterator[Vector]:
    def certified(*chain: bytes) -> bytes:
        return sd.present(sd.issue_with_certificate(_CLAIMS, *chain), [_ADULT])

    source = f"{_VC} section 2.5, x5c"
    own = certificates.certificate(sd.SIGNER, sd.AUTHORITY, None)
    stranger = certificates.certificate(sd.SIGNER, _STRANGER, None)
    yield _vector("certified-by-a-stranger", certified(stranger), "trust.unknown-issuer", source)
    other = certificates.certificate(sd.UTOPIA, sd.AUTHORITY, None)
    yield _vector("certificate-of-another-key", certified(other), "signature.bad", source)
    abroad = certificates.certificate(sd.SIGNER, sd.AUTHORITY, None, country="NZ")
    yield _vector("certified-abroad", certified(abroad), "issuer.not-authorised", source)
    old = certificates.certificate(sd.SIGNER, sd.AUTHORITY, None, end=datetime(2026, 5, 20, tzinfo=UTC))
    yield _vector("certificate-expired", certified(old), "time.expired", source)
    yield _vector("chain-too-long", certified(*[own] * 4), "parse.malformed", source)


def _clocks() -> Iterator[Vector]:
    unsure = "2027-04-30T00:00:00Z/2027-05-02T00:00:00Z"
    yield _vector("unsure-clock", _SHOWN, "clock.untrusted", "RFC 7519 section 4.1.4", now=unsure)
    yield _vector("stale-registry", _SHOWN, "trust.stale-registry", "the policy", registry_age_days="400")


def _presentations() -> Iterator[Vector]:
    def vector(what: str, data: bytes, expect: str, **station: str) -> Vector:
        return Vector(name=f"vc-jwt/{what}", data=data, expect=expect, source="VC-JOSE-COSE, VCDM 1.1", **station)

    about = vc.subject(age_over_18=True)
    first = vc.issue(vc.first(about, _ISSUED, _EXPIRES))
    second = vc.issue_second(vc.second(about, "2026-05-01T00:00:00Z", None))
    yield vector("carried", carry(first), "claim.met", **_AGE)
    bound = vc.present_second(second, _HERE, _NONCE, _NOW)
    yield vector("second-bound", bound, "claim.met", **_BOUND)
    old = vc.present_second(second, _HERE, _NONCE, _NOW - 600)
    yield vector("second-bound-long-ago", old, "presentation.stale", **_BOUND)
    confirmed = vc.second({"age_over_18": True}, "2026-05-01T00:00:00Z", None, cnf={"jwk": _THIEF.jwk})
    by_cnf = vc.present_second(vc.issue_second(confirmed), _HERE, _NONCE, _NOW, holder=_THIEF)
    yield vector("bound-by-its-confirmation", by_cnf, "claim.met", **_BOUND)
    yield vector("bound-where-none-asks", vc.present(first, "else", "other"), "claim.met", **_AGE)
    stolen = vc.present(first, _HERE, _NONCE, holder=_THIEF)
    yield vector("stolen-where-none-asks", stolen, "holder.bad-binding", **_AGE)
    nobody = vc.issue(vc.first({"id": "urn:uuid:0", "age_over_18": True}, _ISSUED, None))
    yield vector("wrapped-by-anybody", vc.present(nobody, _HERE, _NONCE), "holder.unbound", **_AGE)
    for what, change in (
        ("issuers-contradict", {"iss": "did:web:else.example"}),
        ("subjects-contradict", {"sub": "did:web:else.example"}),
    ):
        claims = vc.first(about, _ISSUED, _EXPIRES)
        inside = claims["vc"]
        issuer: Object = {"issuer": vc.UTOPIA.key.issuer}
        document = claims | {"vc": inside | issuer if isinstance(inside, dict) else inside} | change
        yield vector(what, vc.issue(document), "parse.malformed")
    header = {"kid": "did:web:else.example#key-1"}
    yield vector("key-of-another-did", vc.issue(vc.first(about, _ISSUED, None), header=header), "parse.malformed")
