"""Rule sets of a country as the EU exchanges them, and their answer about one certificate.

A rule that is true accepts, one that is false does not, and one that cannot be evaluated leaves it open. All rules for
the certificate's kind must accept. Source: EU DCC validation rules, guidelines 1.00.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from verifier.certlogic import moments
from verifier.certlogic.evaluate import evaluate, is_truthy
from verifier.certlogic.failure import RuleError
from verifier.certlogic.validate import validate
from verifier.instant import Instant
from verifier.truth import Truth, all_of
from verifier.wire.json import Json, Object

_KINDS = {"Vaccination": "v", "Test": "t", "Recovery": "r"}  # what a rule is for -> where its entries stand
_GENERAL = "General"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule in one version, and when it is in force."""

    identifier: str
    version: tuple[int, ...]
    kind: str
    valid_from: datetime
    valid_to: datetime
    logic: Json


@lru_cache(maxsize=4)
def read(rules: bytes) -> tuple[Rule, ...]:
    """Read a rule set, a JSON list of rules. Raises `RuleError` for anything in it that is none of ours to evaluate."""
    return tuple(_rule(_object(one)) for one in _list(_json(rules)))


@lru_cache(maxsize=4)
def read_value_sets(value_sets: bytes) -> Object:
    """Read the value sets: an object with a list of codes for each name. Raises `RuleError`."""
    return {name: _list(codes) for name, codes in _object(_json(value_sets)).items()}


def answer(rules: Sequence[Rule], document: Object, external: Mapping[str, Json], now: Instant) -> Truth:
    """Ask the rules in force about a certificate; where the ends of the time interval differ, the answer is unknown."""
    early, late = (_at(rules, document, external, moment) for moment in (now.earliest, now.latest))
    return early if early is late else Truth.UNKNOWN


def _at(rules: Sequence[Rule], document: Object, external: Mapping[str, Json], seconds: float) -> Truth:
    moment = datetime.fromtimestamp(seconds, UTC)
    data = {"payload": document, "external": {**external, "validationClock": moment.isoformat(timespec="milliseconds")}}
    return all_of(_asked(rule, data) for rule in _in_force(rules, document, moment))


def _in_force(rules: Sequence[Rule], document: Object, moment: datetime) -> Sequence[Rule]:
    """Choose the rules for the certificate's kinds, each in its newest version of the day."""
    newest: dict[str, Rule] = {}
    for rule in sorted(rules, key=lambda rule: rule.version):
        if rule.valid_from <= moment <= rule.valid_to and (rule.kind == _GENERAL or document.get(_KINDS[rule.kind])):
            newest[rule.identifier] = rule
    return list(newest.values())


def _asked(rule: Rule, data: Mapping[str, Json]) -> Truth:
    try:
        return Truth.of(is_truthy(evaluate(rule.logic, data)))
    except RuleError:
        return Truth.UNKNOWN


def _rule(fields: Object) -> Rule:
    """Read an acceptance rule in CertLogic; another type or engine is not ours to guess."""
    kind, version = _text(fields, "CertificateType"), _text(fields, "Version")
    if (fields.get("Type"), fields.get("Engine")) != ("Acceptance", "CERTLOGIC") or kind not in (*_KINDS, _GENERAL):
        raise RuleError
    validate(fields.get("Logic"))
    try:
        numbers = tuple(int(part) for part in version.split("."))
    except ValueError:
        raise RuleError from None
    first, last = (moments.parse(fields.get(bound)) for bound in ("ValidFrom", "ValidTo"))
    return Rule(_text(fields, "Identifier"), numbers, kind, first, last, fields.get("Logic"))


def _json(data: bytes) -> Json:
    try:
        value: Json = json.loads(data)
    except (ValueError, RecursionError):
        raise RuleError from None
    return value


def _object(value: Json) -> Object:
    if not isinstance(value, dict):
        raise RuleError
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise RuleError
    return value


def _text(fields: Object, name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise RuleError
    return value
