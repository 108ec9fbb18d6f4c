"""ISO mdoc training passes, carried as base45 of zlib."""

import zlib
from collections.abc import Iterator
from datetime import date

from verifier.specimen import mdoc
from verifier.specimen.mdoc import ISSUERS, Validity
from verifier.specimen.scenarios.scenario import Scenario, ago
from verifier.verdict import FormatId, Reason
from verifier.wire import base45, cbor

__all__ = ["ISSUERS", "make"]


def make(today: date) -> tuple[Scenario, ...]:
    """Make every mdoc for a day."""
    return tuple(_all(today))


def _all(today: date) -> Iterator[Scenario]:
    adult = _document(today, over_18=True)
    yield _scenario("over-18", "One element of a driving licence", adult, "age-over-18", Reason.CLAIM_MET)
    minor = _document(today, over_18=False)
    yield _scenario("under-18", "The same element, false", minor, "age-over-18", Reason.CLAIM_NOT_MET)
    switched = _document(today, over_18=True, shown=False)
    yield _scenario("switched", "An element that is not the signed one", switched, "age-over-18", Reason.SIGNATURE_BAD)
    expired = _document(today, over_18=True, until=1)
    yield _scenario("expired", "Expired yesterday", expired, "authentic", Reason.EXPIRED)


def _document(today: date, *, over_18: bool, shown: bool | None = None, until: int = -180) -> bytes:
    """Make a response that shows one element, which the issuer may have signed otherwise."""
    start, end = (f"{ago(today, days).isoformat()}T00:00:00Z" for days in (30, until))
    mso, items = mdoc.security_object({"age_over_18": over_18}, Validity(start, start, end))
    if shown is not None:
        _, items = mdoc.security_object({"age_over_18": shown}, Validity(start, start, end))
    content = cbor.encode(mdoc.response(mdoc.issuer_signed(mso, items)))
    return base45.encode(zlib.compress(content, 9))


def _scenario(name: str, story: str, data: bytes, policy: str, expected: Reason) -> Scenario:
    return Scenario(f"mdoc-{name}", story, data, FormatId.MDOC, policy, expected)
