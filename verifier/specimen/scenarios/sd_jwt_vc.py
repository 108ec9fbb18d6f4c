"""SD-JWT VC training passes: ages from a wallet, and tickets."""

from collections.abc import Iterator
from datetime import date

from verifier.specimen import certificates
from verifier.specimen.issuers import training_issuer
from verifier.specimen.jose import carry
from verifier.specimen.scenarios.scenario import Scenario, ago, seconds
from verifier.specimen.sd_jwt_vc import (
    ARENA,
    AUTHORITY,
    ISSUERS,
    SIGNER,
    UTOPIA,
    Disclosure,
    bind,
    credential,
    hidden,
    issue,
    issue_with_certificate,
    present,
    ticket,
)
from verifier.verdict import FormatId, Reason

__all__ = ["ISSUERS", "make"]

_ADULT, _MINOR = (Disclosure(value=holds, name="age_over_18") for holds in (True, False))
_BIRTH = Disclosure("1988-04-12", "birthdate")
_FORGER = training_issuer("sd-jwt-vc forger", FormatId.SD_JWT_VC, UTOPIA.key.issuer, key_id=UTOPIA.key.key_id)


def make(today: date) -> tuple[Scenario, ...]:
    """Make every SD-JWT VC for a day."""
    return (*_ages(today), *_tickets(today))


def _ages(today: date) -> Iterator[Scenario]:
    issued, expires = int(seconds(ago(today, 30))), int(seconds(ago(today, -335)))
    claims = credential(issued, expires, hidden(_ADULT, _BIRTH))
    jwt = issue(claims)
    shown = present(jwt, [_ADULT])
    age, met = "age-over-18", Reason.CLAIM_MET
    yield _scenario("over-18", "Shows that the holder is over 18, and nothing else", shown, age, met)
    yield _scenario("birth-date", "Shows the birth date", present(jwt, [_BIRTH]), age, met)
    yield _scenario("carried", "The same in base45", carry(shown), age, met)
    yield _scenario("nothing-shown", "Shows nothing", present(jwt), age, Reason.CLAIM_UNDETERMINED)
    minor = present(issue(credential(issued, expires, hidden(_MINOR))), [_MINOR])
    yield _scenario("under-18", "Shows that the holder is not over 18", minor, age, Reason.CLAIM_NOT_MET)
    made = int(seconds(today, 9))
    bound = bind(shown, "somewhere else", "another nonce", made)
    yield _scenario("bound-elsewhere", "Bound to another verifier, where none asks", bound, age, met)
    yield _scenario("not-bound", "No proof of the holder", shown, "age-over-18-bound", Reason.UNBOUND)
    certified = issue_with_certificate(claims, certificates.certificate(SIGNER, AUTHORITY, None))
    yield _scenario("certified", "Signed under a certificate", present(certified, [_ADULT]), age, met)
    forged = present(issue(claims, _FORGER), [_ADULT])
    yield _scenario("forged", "Signed with somebody else's key", forged, age, Reason.SIGNATURE_BAD)
    extra = present(jwt, [Disclosure("never issued", "name")])
    yield _scenario("extra", "A disclosure that nobody issued", extra, age, Reason.MALFORMED)


def _tickets(today: date) -> Iterator[Scenario]:
    issued = int(seconds(ago(today, 30)))
    morning, noon, evening = (int(seconds(today, hour)) for hour in (8, 12, 18))
    shown = present(issue(ticket(issued, morning, noon), ARENA))
    yield _scenario("ticket", "A ticket for this morning", shown, "holds-ticket", Reason.CLAIM_MET)
    later = present(issue(ticket(issued, noon, evening), ARENA))
    yield _scenario("ticket-later", "A ticket for the afternoon", later, "holds-ticket", Reason.NOT_YET_VALID)
    other = present(issue(ticket(issued, morning, noon, event="Training Match"), ARENA))
    yield _scenario("ticket-elsewhere", "A ticket for another event", other, "holds-ticket", Reason.CLAIM_NOT_MET)


def _scenario(name: str, story: str, data: bytes, policy: str, expected: Reason) -> Scenario:
    return Scenario(f"sd-jwt-vc-{name}", story, data, FormatId.SD_JWT_VC, policy, expected)
