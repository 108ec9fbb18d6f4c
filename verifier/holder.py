"""Whether the credential is about the person in front of the station: its holder against a document's lines."""

from verifier import names
from verifier.context import Context
from verifier.credential import Credential, Holder
from verifier.instant import Days
from verifier.policy import HolderCheck, Policy
from verifier.sealed import Sealed, unseal
from verifier.truth import Truth, any_of
from verifier.verdict import Reason, Reject
from verifier.wire import mrz

_NUMBER_CHARACTERS = 6  # a shorter number is one that a form was filled with
_WITNESSES = 2  # of name, birth date and document number


def check(credential: Credential, policy: Policy, context: Context) -> None:
    """Compare the holder with the document lines, where the policy asks for it.

    Raises `Reject`: HOLDER_NOT_SHOWN for lines that are absent or were read wrong, HOLDER_MISMATCH, HOLDER_UNSURE.
    """
    if policy.holder is HolderCheck.NONE:
        return
    answer = same_person(unseal(credential.holder), _document(context))
    if answer is not Truth.TRUE:
        raise Reject(Reason.HOLDER_MISMATCH if answer is Truth.FALSE else Reason.HOLDER_UNSURE)


def _document(context: Context) -> mrz.Document:
    if not isinstance(context.document_lines, Sealed):
        raise Reject(Reason.HOLDER_NOT_SHOWN)
    try:
        return mrz.read(unseal(context.document_lines))
    except Reject:
        raise Reject(Reason.HOLDER_NOT_SHOWN) from None


def same_person(holder: Holder, document: mrz.Document) -> Truth:
    """Weigh name, birth date and document number.

    Two that agree suffice. Another birth date is another person, and so is another name unless the number agrees: a
    passport may be renewed and a name may change, but not both at once.
    """
    named, born = _named(holder, document), _born(holder.born, document.born)
    numbered = _numbered(holder.document_number, document.number)
    if born is Truth.FALSE or (named is Truth.FALSE and not numbered):
        return Truth.FALSE
    witnesses = (named is Truth.TRUE) + (born is Truth.TRUE) + numbered
    return Truth.TRUE if witnesses >= _WITNESSES else Truth.UNKNOWN


def _named(holder: Holder, document: mrz.Document) -> Truth:
    parts = (*holder.family_names, *holder.given_names)
    variants = [*((name,) for name in holder.full_names), *([parts] if parts else [])]
    return any_of(names.same(variant, document) for variant in variants) if variants else Truth.UNKNOWN


def _born(ours: Days | None, theirs: tuple[Days, ...]) -> Truth:
    if ours is None:
        return Truth.UNKNOWN
    return Truth.of(any(ours.first <= days.last and days.first <= ours.last for days in theirs))


def _numbered(ours: str | None, theirs: str) -> bool:
    """Say whether the document number agrees; another one says nothing, because documents are renewed."""
    number = "" if ours is None else "".join(character for character in ours.upper() if character.isalnum())
    return len(number) >= _NUMBER_CHARACTERS and number == theirs
