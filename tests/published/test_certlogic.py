"""CertLogic: the core suites and every national rule with its tests."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from verifier.certlogic import RuleError, evaluate, validate
from verifier.wire.json import Json


@pytest.fixture(scope="session")
def certlogic(corpora: Path) -> Path:
    return corpora / "health" / "certlogic"


def _suites(folder: Path) -> Iterator[tuple[str, Json, Json, Json]]:
    for file in sorted(folder.glob("*.json")):
        for case in json.loads(file.read_text())["cases"]:
            for assertion in case["assertions"]:
                logic = assertion.get("certLogicExpression", case.get("certLogicExpression"))
                yield f"{file.name}: {case['name']}", logic, assertion["data"], assertion["expected"]


def test_the_core_suites(certlogic: Path) -> None:
    """All of them, with those that the suite itself skips because some implementations lag behind."""
    found = list(_suites(certlogic / "semantics"))
    assert len(found) >= 230
    assert [
        (name, evaluate(logic, data)) for name, logic, data, expected in found if evaluate(logic, data) != expected
    ] == []


def test_the_format_suites(certlogic: Path) -> None:
    wrong = []
    for file in sorted((certlogic / "format-validation").glob("*.json")):
        for case in json.loads(file.read_text())["cases"]:
            try:
                validate(case["certLogicExpression"])
                valid = True
            except RuleError:
                valid = False
            if valid is bool(case["issues"]):
                wrong.append((file.name, case["certLogicExpression"]))
    assert wrong == []


def test_every_national_rule(certlogic: Path) -> None:
    rules = certlogic / "rules"
    differ, count = [], 0
    for file in sorted(rules.glob("*/*/rule.json")):
        logic = json.loads(file.read_text())["Logic"]
        validate(logic)
        for test in sorted((file.parent / "tests").glob("*.json")):
            case = json.loads(test.read_text())
            external = case["external"]
            if "$ref" in external.get("valueSets", {}):
                external["valueSets"] = json.loads((rules / external["valueSets"]["$ref"]).read_text())
            count += 1
            if evaluate(logic, {"payload": case["payload"], "external": external}) != case["expected"]:
                differ.append(str(test.relative_to(rules)))
    assert count == 897
    assert differ == []
