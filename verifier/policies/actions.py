"""What staff do for each reason: the usual actions of a place, and the limits that no policy may cross."""

from collections.abc import Mapping
from enum import StrEnum

from verifier.verdict import Action, Outcome, Reason


class Place(StrEnum):
    """Where the lane stands. At a border nobody is refused by a machine's word: an officer decides."""

    BORDER = "border"
    VENUE = "venue"


_ADMIT, _RESCAN, _ANOTHER, _SUPERVISOR, _REFUSE = Action

_USUAL: Mapping[Reason, tuple[Action, Action]] = {  # at a border, at a venue; whatever passes is admitted
    Reason.SIGNATURE_BAD: (_SUPERVISOR, _REFUSE),
    Reason.MALFORMED: (_ANOTHER, _ANOTHER),
    Reason.EXPIRED: (_ANOTHER, _ANOTHER),
    Reason.NOT_YET_VALID: (_ANOTHER, _ANOTHER),
    Reason.REVOKED: (_SUPERVISOR, _REFUSE),
    Reason.SUSPENDED: (_SUPERVISOR, _REFUSE),
    Reason.NOT_AUTHORISED: (_SUPERVISOR, _REFUSE),
    Reason.CLAIM_NOT_MET: (_SUPERVISOR, _REFUSE),
    Reason.BAD_BINDING: (_SUPERVISOR, _REFUSE),
    Reason.HOLDER_MISMATCH: (_SUPERVISOR, _SUPERVISOR),
    Reason.STALE_PRESENTATION: (_RESCAN, _RESCAN),
    Reason.REPLAYED: (_SUPERVISOR, _SUPERVISOR),
    Reason.UNKNOWN_ISSUER: (_SUPERVISOR, _ANOTHER),
    Reason.DENIED: (_SUPERVISOR, _SUPERVISOR),
    Reason.STALE_REGISTRY: (_SUPERVISOR, _SUPERVISOR),
    Reason.STATUS_UNAVAILABLE: (_SUPERVISOR, _SUPERVISOR),
    Reason.CLOCK_UNTRUSTED: (_SUPERVISOR, _SUPERVISOR),
    Reason.CLAIM_UNDETERMINED: (_SUPERVISOR, _SUPERVISOR),
    Reason.POLICY_UNAVAILABLE: (_SUPERVISOR, _SUPERVISOR),
    Reason.UNSUPPORTED_FORMAT: (_ANOTHER, _ANOTHER),
    Reason.UNSUPPORTED_ALGORITHM: (_ANOTHER, _ANOTHER),
    Reason.ONLINE_ONLY: (_ANOTHER, _ANOTHER),
    Reason.NEEDS_RADIO: (_ANOTHER, _ANOTHER),
    Reason.UNBOUND: (_ANOTHER, _ANOTHER),
    Reason.HOLDER_UNSURE: (_SUPERVISOR, _SUPERVISOR),
    Reason.HOLDER_NOT_SHOWN: (_RESCAN, _RESCAN),
    Reason.SPECIMEN: (_ANOTHER, _ANOTHER),
    Reason.FAULT: (_RESCAN, _RESCAN),
    Reason.LATE: (_RESCAN, _RESCAN),
}


def usual(place: Place) -> dict[Reason, Action]:
    """Give the usual action for every reason."""
    column = list(Place).index(place)
    return {reason: _ADMIT if reason.outcome is Outcome.PASS else _USUAL[reason][column] for reason in Reason}


def objection(reason: Reason, action: Action, place: Place) -> str | None:
    """Say why an action may not be taken for a reason, `None` when it may."""
    if action is Action.ADMIT and reason.outcome is not Outcome.PASS:
        return "may not be admit: only claim.met admits"
    if action is Action.REFUSE and reason.outcome is not Outcome.FAIL:
        return "may not be refuse: the station is not sure, so a person decides"
    if action is Action.REFUSE and reason is Reason.CLAIM_NOT_MET and place is Place.BORDER:
        return "may not be refuse at a border: waiver, infant and waiting period go to an officer"
    return None
