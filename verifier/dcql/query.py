"""A DCQL query as frozen values. A fault names the member that is wrong."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from verifier.wire.json import Json, Object

Step = str | int | None  # a member, an element, every element
T = TypeVar("T")

_ID = re.compile(r"[A-Za-z0-9_-]+")
_MOST = 64  # of anything in a list: a person has to agree to it


class QueryError(Exception):
    """A query that cannot be read or used; the text names the member and says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class ClaimQuery:
    """A claim by its path, with one of the values where there are any."""

    id: str | None
    path: tuple[Step, ...]
    values: tuple[str | int | bool, ...]


@dataclass(frozen=True, slots=True)
class Authority:
    """Identifiers of authorities, of one kind (`aki`, `etsi_tl`, `openid_federation`), of which one must vouch."""

    type: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class CredentialQuery:
    """One credential: any of `types`, each a set of names that it must have; no types: any.

    `claim_sets` are alternatives in the order of preference; a query without has its claims as the only one.
    """

    id: str
    format: str
    types: tuple[frozenset[str], ...]
    claim_sets: tuple[tuple[ClaimQuery, ...], ...]
    authorities: tuple[Authority, ...]
    multiple: bool
    bound: bool


@dataclass(frozen=True, slots=True)
class CredentialSet:
    """Alternatives, each the ids of credentials that answer it together."""

    options: tuple[frozenset[str], ...]
    required: bool


@dataclass(frozen=True, slots=True)
class Query:
    """Credentials, and which of them are needed together; without sets all are."""

    credentials: tuple[CredentialQuery, ...]
    sets: tuple[CredentialSet, ...]


def parse(value: Json) -> Query:
    """Read a query. Raises `QueryError`."""
    query = _object(value, "the query")
    credentials = _list(query, "credentials", "credentials", _credential)
    ids = {one.id for one in credentials}
    if not credentials or len(ids) != len(credentials):
        raise QueryError("credentials: must be a list of credentials with different ids")
    sets = _list(query, "credential_sets", "credential_sets", _set)
    for one in sets:
        if not frozenset().union(*one.options) <= ids:
            raise QueryError("credential_sets: names a credential that is not asked for")
    return Query(credentials, sets)


def _credential(value: Json, where: str) -> CredentialQuery:
    fields = _object(value, where)
    claims = _list(fields, "claims", f"{where}.claims", _claim)
    return CredentialQuery(
        _id(fields.get("id"), f"{where}.id"),
        _text(fields.get("format"), f"{where}.format"),
        _types(_object(fields.get("meta", {}), f"{where}.meta"), f"{where}.meta"),
        _claim_sets(fields, claims, where),
        _list(fields, "trusted_authorities", f"{where}.trusted_authorities", _authority),
        _flag(fields, "multiple", where, otherwise=False),
        _flag(fields, "require_cryptographic_holder_binding", where, otherwise=True),
    )


def _claim_sets(fields: Object, claims: tuple[ClaimQuery, ...], where: str) -> tuple[tuple[ClaimQuery, ...], ...]:
    by_id = {claim.id: claim for claim in claims if claim.id is not None}
    sets = _list(fields, "claim_sets", f"{where}.claim_sets", _texts)
    try:
        return tuple(tuple(by_id[one] for one in ids) for ids in sets) or (claims,)
    except KeyError:
        raise QueryError(f"{where}.claim_sets: names a claim that is not asked for") from None


def _types(meta: Object, where: str) -> tuple[frozenset[str], ...]:
    names = _list(meta, "vct_values", f"{where}.vct_values", _text)
    together = _list(meta, "type_values", f"{where}.type_values", _texts)
    document = (_text(meta["doctype_value"], f"{where}.doctype_value"),) if "doctype_value" in meta else ()
    return (*(frozenset({name}) for name in (*names, *document)), *map(frozenset, together))


def _claim(value: Json, where: str) -> ClaimQuery:
    fields = _object(value, where)
    if "namespace" in fields:  # drafts before OpenID4VP 1.0 asked for an element of an mdoc so
        path: tuple[Step, ...] = tuple(_text(fields.get(name), where) for name in ("namespace", "claim_name"))
    else:
        path = _list(fields, "path", f"{where}.path", _step)
    if not path:
        raise QueryError(f"{where}.path: must lead somewhere")
    identifier = _id(fields["id"], f"{where}.id") if "id" in fields else None
    return ClaimQuery(identifier, path, _list(fields, "values", f"{where}.values", _value))


def _step(value: Json, where: str) -> Step:
    if value is None or isinstance(value, str) or (type(value) is int and value >= 0):
        return value
    raise QueryError(f"{where}: must hold names, positions and nulls")


def _value(value: Json, where: str) -> str | int | bool:
    if isinstance(value, str | int):
        return value
    raise QueryError(f"{where}: must hold texts, whole numbers, true or false")


def _authority(value: Json, where: str) -> Authority:
    fields = _object(value, where)
    return Authority(
        _text(fields.get("type"), f"{where}.type"), frozenset(_texts(fields.get("values"), f"{where}.values"))
    )


def _set(value: Json, where: str) -> CredentialSet:
    fields = _object(value, where)
    options = _list(fields, "options", f"{where}.options", _texts)
    if not options:
        raise QueryError(f"{where}.options: must not be empty")
    return CredentialSet(tuple(map(frozenset, options)), _flag(fields, "required", where, otherwise=True))


def _list(fields: Object, name: str, where: str, take: Callable[[Json, str], T]) -> tuple[T, ...]:
    """Read a list that may be absent, and each of its items."""
    items = fields.get(name, [])
    if not isinstance(items, list) or len(items) > _MOST:
        raise QueryError(f"{where}: must be a list of at most {_MOST}")
    return tuple(take(item, f"{where}[{at}]") for at, item in enumerate(items))


def _object(value: Json, where: str) -> Object:
    if not isinstance(value, dict):
        raise QueryError(f"{where}: must be an object")
    return value


def _text(value: Json, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise QueryError(f"{where}: must be a text")
    return value


def _texts(value: Json, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise QueryError(f"{where}: must be a list of texts")
    return tuple(_text(item, where) for item in value)


def _id(value: Json, where: str) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise QueryError(f"{where}: must be letters, digits, _ and -")
    return value


def _flag(fields: Object, name: str, where: str, *, otherwise: bool) -> bool:
    value = fields.get(name, otherwise)
    if not isinstance(value, bool):
        raise QueryError(f"{where}.{name}: must be true or false")
    return value
