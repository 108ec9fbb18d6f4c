"""A DCQL query in the terms of a policy."""

from verifier.dcql import ClaimQuery, CredentialQuery, Query, QueryError
from verifier.policies.imported.asked import FORMATS, Asked, Wanted

_EVERY_TYPE = frozenset({"VerifiableCredential", "https://www.w3.org/2018/credentials#VerifiableCredential"})


def asked(query: Query) -> Asked:
    """Say what a query asks. Raises `QueryError` for what a policy cannot."""
    if len(query.credentials) > 1 or query.sets:
        raise QueryError("credentials: a policy asks for one credential, without sets")
    (wanted,) = query.credentials
    if wanted.multiple:
        raise QueryError("credentials[0].multiple: a policy judges one credential")
    if wanted.authorities:
        raise QueryError("credentials[0].trusted_authorities: the registry decides whose word counts, not a policy")
    if wanted.format not in FORMATS:
        raise QueryError(f"credentials[0].format: must be one of: {', '.join(FORMATS)}")
    alternatives = [[_wanted(claim) for claim in claims] for claims in wanted.claim_sets]
    return Asked([FORMATS[wanted.format]], _types(wanted), [claims for claims in alternatives if claims], wanted.bound)


def _types(wanted: CredentialQuery) -> list[str]:
    """Give the one name of each type; a policy compares one."""
    names = [sorted(names - _EVERY_TYPE) for names in wanted.types]
    if any(len(one) != 1 for one in names):
        raise QueryError("credentials[0].meta: a policy compares one name of a type")
    return [one for (one,) in names]


def _wanted(claim: ClaimQuery) -> Wanted:
    if any(isinstance(step, int) for step in claim.path):
        raise QueryError("credentials[0].claims: a policy does not count the elements of a list")
    return Wanted((tuple(step for step in claim.path if isinstance(step, str)),), claim.values)
