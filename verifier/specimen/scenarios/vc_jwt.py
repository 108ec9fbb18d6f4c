"""VC-JWT training passes: ages and tickets as W3C credentials."""

from collections.abc import Iterator
from datetime import date

from verifier.specimen.issuers import training_issuer
from verifier.specimen.scenarios.scenario import Scenario, ago, seconds
from verifier.specimen.vc_jwt import (
    ARENA,
    ISSUERS,
    TICKET,
    UTOPIA,
    first,
    issue,
    issue_second,
    present,
    second,
    subject,
)
from verifier.verdict import FormatId, Reason
from verifier.wire.json import Object

__all__ = ["ISSUERS", "make"]

_TICKET: Object = {"event": "Training Concert", "category": "B"}
_FORGER = training_issuer("vc-jwt forger", FormatId.VC_JWT, UTOPIA.key.issuer, key_id=UTOPIA.key.key_id)


def make(today: date) -> tuple[Scenario, ...]:
    """Make every VC-JWT for a day."""
    return (*_ages(today), *_tickets(today))


def _ages(today: date) -> Iterator[Scenario]:
    issued, expires = int(seconds(ago(today, 30))), int(seconds(ago(today, -335)))
    adult = subject(age_over_18=True)
    older = first(adult, issued, expires)
    age, met = "age-over-18", Reason.CLAIM_MET
    yield _scenario("over-18", "Data model 1.1", issue(older), age, met)
    start, end = (f"{day.isoformat()}T00:00:00Z" for day in (ago(today, 30), ago(today, -335)))
    yield _scenario("over-18-second", "Data model 2.0", issue_second(second(adult, start, end)), age, met)
    minor = issue(first(subject(age_over_18=False), issued, expires))
    yield _scenario("under-18", "The holder is not over 18", minor, age, Reason.CLAIM_NOT_MET)
    presented = present(issue(older), "somewhere else", "another nonce")
    yield _scenario("presented", "In the holder's presentation, where none asks", presented, age, met)
    yield _scenario("not-bound", "No proof of the holder", issue(older), "age-over-18-bound", Reason.UNBOUND)
    yield _scenario("forged", "Signed with somebody else's key", issue(older, _FORGER), age, Reason.SIGNATURE_BAD)
    expired = issue(first(adult, issued, int(seconds(ago(today, 1)))))
    yield _scenario("expired", "Expired yesterday", expired, age, Reason.EXPIRED)


def _tickets(today: date) -> Iterator[Scenario]:
    morning, noon = (int(seconds(today, hour)) for hour in (8, 12))
    claims = first(_TICKET, morning, noon, kind=TICKET, iss=ARENA.key.issuer)
    yield _scenario("ticket", "A ticket for this morning", issue(claims, ARENA), "holds-ticket", Reason.CLAIM_MET)
    age = first({**_TICKET, "age_over_18": True}, morning, noon, kind=TICKET, iss=ARENA.key.issuer)
    attested = issue(age, ARENA)
    yield _scenario(
        "ticket-of-age", "A ticket office that attests ages", attested, "age-over-18", Reason.NOT_AUTHORISED
    )


def _scenario(name: str, story: str, data: bytes, policy: str, expected: Reason) -> Scenario:
    return Scenario(f"vc-jwt-{name}", story, data, FormatId.VC_JWT, policy, expected)
