"""DCQL: the query that a verifier sends to a wallet, and what answers it. Source: OpenID4VP 1.0, section 6."""

from verifier.dcql.match import Candidate, matches, satisfied
from verifier.dcql.query import Authority, ClaimQuery, CredentialQuery, CredentialSet, Query, QueryError, parse

__all__ = [
    "Authority",
    "Candidate",
    "ClaimQuery",
    "CredentialQuery",
    "CredentialSet",
    "Query",
    "QueryError",
    "matches",
    "parse",
    "satisfied",
]
