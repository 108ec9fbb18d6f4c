"""Which credentials answer a DCQL query, and with which of their claims. Source: OpenID4VP 1.0, section 6.4."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from verifier.dcql.query import ClaimQuery, CredentialQuery, Query, Step
from verifier.wire.json import Json


@dataclass(frozen=True, slots=True)
class Candidate:
    """A credential as a query sees it. `authorities`: who vouches for its issuer, by kind of identifier."""

    format: str
    types: frozenset[str]
    claims: Json
    bound: bool
    authorities: Mapping[str, frozenset[str]] = field(default_factory=dict)


def matches(query: CredentialQuery, candidate: Candidate) -> tuple[ClaimQuery, ...] | None:
    """Give the first claim set that the candidate answers, `None` where it answers none."""
    if candidate.format != query.format or (query.bound and not candidate.bound):
        return None
    if query.types and not any(types <= candidate.types for types in query.types):
        return None
    if query.authorities and not any(
        one.values & candidate.authorities.get(one.type, frozenset()) for one in query.authorities
    ):
        return None
    return next((claims for claims in query.claim_sets if all(_has(candidate, claim) for claim in claims)), None)


def satisfied(query: Query, answered: AbstractSet[str]) -> bool:
    """Say whether the credentials with these ids are all that is needed."""
    if not query.sets:
        return all(one.id in answered for one in query.credentials)
    return all(any(option <= answered for option in one.options) for one in query.sets if one.required)


def _has(candidate: Candidate, claim: ClaimQuery) -> bool:
    found = list(_select(candidate.claims, claim.path))
    if not claim.values:
        return bool(found)
    return any(type(value) is type(wanted) and value == wanted for value in found for wanted in claim.values)


def _select(value: Json, path: tuple[Step, ...]) -> Iterator[Json]:
    """Follow a path; a null in it goes to every element of a list."""
    if not path:
        yield value
        return
    step, rest = path[0], path[1:]
    match step, value:
        case None, list(items):
            for item in items:
                yield from _select(item, rest)
        case int(at), list(items) if at < len(items):
            yield from _select(items[at], rest)
        case str(name), dict(members) if name in members:
            yield from _select(members[name], rest)
