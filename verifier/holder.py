"""Whether the credential is about the person in front of the station."""

from verifier.context import Context
from verifier.credential import Credential
from verifier.policy import HolderCheck, Policy
from verifier.sealed import Sealed
from verifier.verdict import Reason, Reject


def check(_credential: Credential, policy: Policy, context: Context) -> None:
    """Compare the holder with the document lines, where the policy asks for it.

    Raises `Reject`: HOLDER_NOT_SHOWN, HOLDER_UNSURE.
    """
    if policy.holder is HolderCheck.NONE:
        return
    if not isinstance(context.document_lines, Sealed):
        raise Reject(Reason.HOLDER_NOT_SHOWN)
    raise Reject(Reason.HOLDER_UNSURE)
