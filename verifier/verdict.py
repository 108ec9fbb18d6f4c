"""Outcome, Reason, Verdict, Reject: everything that may leave a judge; and Action: what staff do about it.

The codes are public: once released they are never renamed, renumbered or reused. The words for people are looked up
elsewhere, by code and language.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Self


class Outcome(StrEnum):
    """What the person at the gate sees. There are exactly three."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    UNSURE = "unsure"  # the station cannot tell: a person takes over. Never entry by itself.


class Reason(StrEnum):
    """Why. Each reason has its one outcome, and a number that stands for it between processes.

    FAIL only where nothing that this station still misses (a key, a list, rules, a better clock) could make it a PASS.
    """

    number: int
    outcome: Outcome

    def __new__(cls, code: str, number: int, outcome: Outcome) -> Self:
        """Make the member whose text is its code."""
        reason = str.__new__(cls, code)
        reason._value_ = code
        reason.number = number
        reason.outcome = outcome
        return reason

    CLAIM_MET = "claim.met", 1, Outcome.PASS

    SIGNATURE_BAD = "signature.bad", 16, Outcome.FAIL
    MALFORMED = "parse.malformed", 17, Outcome.FAIL
    EXPIRED = "time.expired", 18, Outcome.FAIL
    NOT_YET_VALID = "time.not-yet-valid", 19, Outcome.FAIL
    REVOKED = "status.revoked", 20, Outcome.FAIL
    SUSPENDED = "status.suspended", 21, Outcome.FAIL
    NOT_AUTHORISED = "issuer.not-authorised", 22, Outcome.FAIL
    CLAIM_NOT_MET = "claim.not-met", 23, Outcome.FAIL
    BAD_BINDING = "holder.bad-binding", 24, Outcome.FAIL
    HOLDER_MISMATCH = "holder.mismatch", 25, Outcome.FAIL
    STALE_PRESENTATION = "presentation.stale", 26, Outcome.FAIL
    REPLAYED = "presentation.replayed", 27, Outcome.FAIL

    UNKNOWN_ISSUER = "trust.unknown-issuer", 64, Outcome.UNSURE
    DENIED = "issuer.denied", 65, Outcome.UNSURE
    STALE_REGISTRY = "trust.stale-registry", 66, Outcome.UNSURE
    STATUS_UNAVAILABLE = "status.unavailable", 67, Outcome.UNSURE
    CLOCK_UNTRUSTED = "clock.untrusted", 68, Outcome.UNSURE
    CLAIM_UNDETERMINED = "claim.undetermined", 69, Outcome.UNSURE
    POLICY_UNAVAILABLE = "policy.unavailable", 70, Outcome.UNSURE
    UNSUPPORTED_FORMAT = "format.unsupported", 71, Outcome.UNSURE
    UNSUPPORTED_ALGORITHM = "algorithm.unsupported", 72, Outcome.UNSURE
    ONLINE_ONLY = "format.online-only", 73, Outcome.UNSURE
    NEEDS_RADIO = "format.needs-radio", 74, Outcome.UNSURE
    UNBOUND = "holder.unbound", 75, Outcome.UNSURE
    HOLDER_UNSURE = "holder.unsure", 76, Outcome.UNSURE
    HOLDER_NOT_SHOWN = "holder.not-shown", 77, Outcome.UNSURE
    SPECIMEN = "specimen", 78, Outcome.UNSURE
    FAULT = "station.fault", 79, Outcome.UNSURE
    LATE = "station.late", 80, Outcome.UNSURE


_FIRST_FAMILY = 64


class FormatId(StrEnum):
    """A credential format or a family we can name, with its number between processes."""

    number: int

    def __new__(cls, code: str, number: int) -> Self:
        """Make the member whose text is its code."""
        name = str.__new__(cls, code)
        name._value_ = code
        name.number = number
        return name

    HC1 = "hc1", 1
    SHC = "shc", 2
    VDS_NC = "vds-nc", 3
    NZCP = "nzcp", 4
    DIVOC = "divoc", 5
    SD_JWT_VC = "sd-jwt-vc", 6
    CLAIM_169 = "claim-169", 7
    VC_JWT = "vc-jwt", 8
    MDOC = "mdoc", 9
    DATA_INTEGRITY = "data-integrity", 10
    OPENATTESTATION = "openattestation", 11
    VC_BARCODE = "vc-barcode", 12
    CRED = "cred", 13
    # recognised by name, judged by none of our formats
    NL2 = "nl2", 64
    AT1 = "at1", 65
    EXCELSIOR = "excelsior", 66
    VDS_SEAL = "vds-seal", 67
    HC_RESERVED = "hc-reserved", 68
    HEALTH_LINK = "health-link", 69
    MDOC_ENGAGEMENT = "mdoc-engagement", 70

    @property
    def judged(self) -> bool:
        """Tell a format from a family that is only recognised by name."""
        return self.number < _FIRST_FAMILY


class Action(StrEnum):
    """The whole vocabulary at the lane."""

    ADMIT = "admit"
    RESCAN = "rescan"
    ASK_FOR_ANOTHER = "ask-for-another"
    CALL_SUPERVISOR = "call-supervisor"
    REFUSE = "refuse"


class Prompt(IntEnum):
    """No verdict, but something to tell the person who holds the code up."""

    NOT_A_CREDENTIAL = 1
    UNREADABLE = 2
    TWO_CREDENTIALS = 3
    SAME_AGAIN = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """The whole result of one presentation; nothing else leaves the judge."""

    reason: Reason
    format: FormatId | None = None

    @property
    def outcome(self) -> Outcome:
        """The outcome follows from the reason, so the two can never disagree."""
        return self.reason.outcome


class Reject(Exception):  # noqa: N818 (it is a refusal, not an error of ours)
    """A check did not hold. Carries a reason, and never any of the input."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
