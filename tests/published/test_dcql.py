"""DCQL: every published query is read, and answered as its source says."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from verifier import policies
from verifier.dcql import Candidate, Query, QueryError, matches, parse, satisfied
from verifier.policies.imported import policy_text


def _cases(corpora: Path) -> Iterator[dict[str, object]]:
    for file in sorted((corpora / "vc" / "dcql" / "cases").glob("*.json")):
        yield json.loads(file.read_text())


def _candidate(shown: dict[str, object]) -> Candidate:
    names = shown.get("type", shown.get("vct", shown.get("doctype")))
    authority = shown.get("authority")
    vouched = {authority["type"]: frozenset(authority["values"])} if isinstance(authority, dict) else {}
    types = frozenset(names) if isinstance(names, list) else frozenset([str(names)])
    claims = shown.get("claims", shown.get("namespaces"))
    bound = bool(shown["cryptographic_holder_binding"])
    return Candidate(str(shown["credential_format"]), types, claims, bound, vouched)  # type: ignore[arg-type] # published JSON


def _answered(query: Query, shown: Sequence[Candidate]) -> set[str]:
    return {one.id for one in query.credentials if any(matches(one, candidate) is not None for candidate in shown)}


def _presented(query: Query, shown: dict[str, object]) -> set[str]:
    """An answer counts where everything that is shown for it matches."""
    answered = set()
    for one in query.credentials:
        given = shown.get(one.id, [])
        found: list[dict[str, object]] = given if isinstance(given, list) else [given]  # type: ignore[list-item] # JSON
        if found and all(matches(one, _candidate(candidate)) is not None for candidate in found):
            answered.add(one.id)
    return answered


def test_every_query_is_read_and_answered(corpora: Path) -> None:
    differ, count = [], 0
    for case in _cases(corpora):
        expected = case["expected"]
        assert isinstance(expected, dict)
        query = parse(case["payload"])  # type: ignore[arg-type] # published JSON
        if expected.get("can_be_satisfied") is None:
            continue
        count += 1
        shown = case.get("credentials")
        if isinstance(shown, list):
            answered = _answered(query, [_candidate(one) for one in shown])
        else:
            assert isinstance(case["presentation"], dict)
            answered = _presented(query, case["presentation"])
        if satisfied(query, answered) is not expected["can_be_satisfied"]:
            differ.append(case["id"])
    assert count == 33
    assert differ == []


def test_every_wallet_query_becomes_a_policy_or_names_what_it_cannot(corpora: Path) -> None:
    became, named = 0, []
    for folder in ("dcql", "presentation-exchange"):
        for file in sorted((corpora / "vc" / folder / "cases").glob("*.json")):
            case = json.loads(file.read_text())
            if case["kind"] != "query":
                continue
            try:
                policies.parse(policy_text(case["payload"], "imported"), file.name)
                became += 1
            except QueryError as error:
                named.append(str(error))
    assert (became, len(named)) == (11, 40)
    assert all(": " in fault for fault in named)
