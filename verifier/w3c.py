"""The W3C data model of verifiable credentials, 1.1 and 2.0: what its JWT form and its Data Integrity form share.

Source: Verifiable Credentials Data Model 1.1 and 2.0, section 4 of each.
"""

from verifier.credential import StatusReference, Window
from verifier.verdict import Reason, Reject
from verifier.wire import iso8601, json
from verifier.wire.json import Object

V1, V2 = "https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2"
_CREDENTIAL = "VerifiableCredential"

# Lists of bits by position. Source: Bitstring Status List 1.0; StatusList2021, its draft.
_STATUS_LISTS = frozenset({"BitstringStatusListEntry", "StatusList2021Entry"})
_INDEX_DIGITS = 10


def check(credential: Object, *models: str) -> None:
    """Hold a credential to its data model, named by its first context, or raise `Reject(MALFORMED)`."""
    contexts = json.as_array(credential.get("@context"))
    if not contexts or contexts[0] not in models or _CREDENTIAL not in _types(credential):
        raise Reject(Reason.MALFORMED)


def issuer(credential: Object) -> str | None:
    """Give the issuer's identifier, `None` where the credential states none."""
    stated = credential.get("issuer")
    if isinstance(stated, dict):
        return json.member(stated, "id", json.as_text)
    return json.member(credential, "issuer", json.as_text)


def subject(credential: Object) -> Object:
    """Give the one subject. Raises `Reject(MALFORMED)` when there is another number of them."""
    stated = credential.get("credentialSubject")
    if isinstance(stated, list):
        if len(stated) != 1:
            raise Reject(Reason.MALFORMED)
        stated = stated[0]
    return json.as_object(stated)


def type_of(credential: Object) -> str | None:
    """Give the most special type, which is the last, beside the one that every credential has."""
    special = [one for one in _types(credential) if one != _CREDENTIAL]
    return special[-1] if special else None


def validity(credential: Object) -> Window:
    """Read the dates of either data model; the credential ends on its last moment."""
    starts, ends = (
        [iso8601.moment(json.as_text(credential[member])) for member in members if member in credential]
        for members in (("issuanceDate", "validFrom"), ("expirationDate", "validUntil"))
    )
    return Window(max(starts, default=None), min(ends, default=None), end_included=False)


def within(one: Window, other: Window) -> Window:
    """Give the window that lies in both."""
    starts = [start for start in (one.not_before, other.not_before) if start is not None]
    ends = [end for end in (one.not_after, other.not_after) if end is not None]
    return Window(max(starts, default=None), min(ends, default=None), end_included=False)


def status(credential: Object) -> tuple[StatusReference, ...]:
    """Read every status reference; one of a kind that we do not know points to a list that nobody holds."""
    stated = credential.get("credentialStatus", [])
    entries = stated if isinstance(stated, list) else [stated]
    return tuple(_reference(json.as_object(entry)) for entry in entries)


def _reference(entry: Object) -> StatusReference:
    if entry.get("type") not in _STATUS_LISTS:
        return StatusReference("", 0)
    index = json.as_text(entry.get("statusListIndex"))
    if not index.isascii() or not index.isdecimal() or len(index) > _INDEX_DIGITS:
        raise Reject(Reason.MALFORMED)
    return StatusReference(json.as_text(entry.get("statusListCredential")), int(index))


def _types(credential: Object) -> list[str]:
    stated = credential.get("type")
    return [json.as_text(one) for one in (stated if isinstance(stated, list) else [stated])]
