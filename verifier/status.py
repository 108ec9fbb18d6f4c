"""Status: has the issuer taken the credential back? Asked of the registry only, never of a network."""

from trust_registry.model import StatusList, TrustView
from verifier.credential import Credential, StatusReference
from verifier.instant import Instant
from verifier.policy import Policy
from verifier.truth import Truth
from verifier.verdict import Reason, Reject
from verifier.wire import revocations

_MEANING = {0: None, 1: Reason.REVOKED, 2: Reason.SUSPENDED}


def check(credential: Credential, trust: TrustView, policy: Policy, now: Instant) -> None:
    """Look up every status reference, and the credential itself in every list of revoked ones that is held.

    Raises `Reject`: REVOKED, SUSPENDED, MALFORMED for an index outside its list, STATUS_UNAVAILABLE for a list that is
    missing or too old where the policy insists on it.
    """
    for reference in credential.status:
        held = trust.status_list(reference.list_id)
        if held is not None:
            _look_up(held, reference)
        if policy.status_required and (held is None or not _current(held, now)):
            raise Reject(Reason.STATUS_UNAVAILABLE)
    for named in credential.revocable:
        packed = trust.resource(named.list_name)
        before = None if packed is None else revocations.revoked_before(packed, named.digest)
        if before is not None and (credential.issued_at or 0) < before:
            raise Reject(Reason.REVOKED)


def _current(held: StatusList, now: Instant) -> bool:
    return held.valid_until is None or now.is_after(held.valid_until) is Truth.FALSE


def _look_up(held: StatusList, reference: StatusReference) -> None:
    position = reference.index * held.bits
    byte, offset = divmod(position, 8)
    if not 0 <= byte < len(held.entries):
        raise Reject(Reason.MALFORMED)
    shift = 8 - held.bits - offset if held.most_significant_first else offset
    value = held.entries[byte] >> shift & ((1 << held.bits) - 1)
    reason = _MEANING.get(value, Reason.REVOKED)
    if reason is not None:
        raise Reject(reason)
