"""A wallet query as a policy file: DCQL with one credential, or Presentation Exchange with one input descriptor.

A query may ask for more than a policy can: then `QueryError` names the part. What a query leaves open is said as the
shipped policies say it. Source: OpenID4VP 1.0 section 6; DIF Presentation Exchange 2.1 section 5.
"""

import json
from collections.abc import Iterator, Mapping

from verifier import dcql
from verifier.dcql import QueryError
from verifier.policies.imported import descriptor, query
from verifier.policies.imported.asked import Asked, Wanted
from verifier.wire.json import Json

__all__ = ["QueryError", "policy_text"]

_ASKS = 400  # characters: a lane has one line

_Node = Mapping[str, object]


def policy_text(wallet_query: Json, name: str) -> str:
    """Write the policy file that asks what the query asks. Raises `QueryError`."""
    match wallet_query:
        case {"credentials": _} as found:
            asked = query.asked(dcql.parse(found))
        case {"dcql_query": found}:
            asked = query.asked(dcql.parse(found))
        case {"presentation_definition": dict(found)} | dict(found):
            asked = descriptor.asked(found)
        case _:
            raise QueryError("the query: must be an object")
    return "\n".join([*_head(asked, name), *_claim(_alternatives(asked), "claim")]) + "\n"


def _head(asked: Asked, name: str) -> Iterator[str]:
    yield f"name = {_toml(name)}"
    yield 'version = "1"'
    claims = ", or ".join(" and ".join(map(_said, claims)) for claims in asked.alternatives)
    yield f"asks = {_toml(claims[:_ASKS] or 'a genuine credential of the type that the query names')}"
    yield 'source = "an imported wallet query"'
    yield 'place = "venue"'
    yield f"formats = {_toml(asked.formats)}"
    if asked.types:
        yield f"types = {_toml(asked.types)}"
    yield from ("skew_seconds = 60", "registry_days = 7", 'holder = "none"', f"binding = {_toml(asked.bound)}")
    yield from ("single_use = false", "status_required = true")


def _said(wanted: Wanted) -> str:
    values = " or ".join(str(value) for value in wanted.values)
    return f"{wanted.paths[0][-1]} {values}".strip()


def _alternatives(asked: Asked) -> _Node:
    if not asked.alternatives:
        return {"kind": "authentic"}
    return _group("any-of", [_group("all-of", [_wanted(one) for one in claims]) for claims in asked.alternatives])


def _group(kind: str, parts: list[_Node]) -> _Node:
    return parts[0] if len(parts) == 1 else {"kind": kind, "parts": parts}


def _wanted(wanted: Wanted) -> _Node:
    if wanted.age is not None:
        return {"kind": "age-at-least", "years": wanted.age}
    values = {"values": wanted.values} if wanted.values else {}
    return _group("any-of", [{"kind": "has", "path": path, **values} for path in wanted.paths])


def _claim(node: _Node, header: str, *, listed: bool = False) -> Iterator[str]:
    """Write a question and its parts, each under its header."""
    yield from ("", f"[[{header}]]" if listed else f"[{header}]")
    yield from (f"{key} = {_toml(value)}" for key, value in node.items() if key != "parts")
    parts = node.get("parts", [])
    for part in parts if isinstance(parts, list) else ():
        yield from _claim(part, f"{header}.parts", listed=True)


def _toml(value: object) -> str:
    """Write a value: texts, whole numbers, truth values and lists are spelled in TOML as in JSON."""
    return json.dumps(value, ensure_ascii=False)
