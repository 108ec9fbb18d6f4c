"""A policy file: TOML text to `Policy`, strictly.

A file states everything but the staff actions; of those it states the ones that differ from the usual ones of its
place (`actions`). A fault is one line that names file, line and key.
"""

import re
from collections.abc import Callable, Mapping

from verifier.catalogues import products
from verifier.policies.actions import Place, objection, usual
from verifier.policies.table import Table, TableError, read
from verifier.policy import ForeignRules, HolderCheck, Policy
from verifier.questions import AgeAtLeast, AllOf, AnyOf, Authentic, Has, Question, Recovered, Series, Tested, Vaccinated
from verifier.span import Span
from verifier.truth import Truth
from verifier.verdict import Action, FormatId, Reason

_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_SPAN = re.compile(r"(0|[1-9][0-9]{0,3}) (day|month)s?")
_DEPTH = 3  # parts inside parts inside parts: nobody can say more in one sentence
_SKEW_SECONDS = 600  # a wider skew would let a credential live on for whoever sets its clock
_REGISTRY_DAYS = 366
_HOURS = 24 * 366
_YEARS = 150


class PolicyError(Exception):
    """A policy that cannot be used; the text is one line that says what is wrong and where."""


def parse(text: str, name: str) -> Policy:
    """Read a policy; `name` is what its faults call the file. Raises `PolicyError`."""
    try:
        table = read(text, name)
        policy = _policy(table)
        table.end()
    except TableError as error:
        raise PolicyError(str(error)) from None
    return policy


def _policy(table: Table) -> Policy:
    place = table.choice("place", Place)
    return Policy(
        name=_name(table),
        version=table.text("version", 40),
        asks=table.text("asks"),
        source=table.text("source"),
        question=_question(table.table("claim"), _DEPTH),
        formats=_formats(table),
        actions=_actions(table, place),
        skew_seconds=table.whole("skew_seconds", 0, _SKEW_SECONDS),
        registry_days=table.whole("registry_days", 1, _REGISTRY_DAYS),
        holder=table.choice("holder", HolderCheck),
        binding=table.flag("binding"),
        single_use=table.flag("single_use"),
        status_required=table.flag("status_required"),
        types=frozenset(table.texts("types")) if "types" in table else frozenset(),
        foreign=_foreign(table.table("rules")) if "rules" in table else None,
    )


def _foreign(table: Table) -> ForeignRules:
    rules = ForeignRules(table.text("set"), table.text("value_sets"), table.text("country"))
    if not _COUNTRY.fullmatch(rules.country):
        raise table.fault("country", "must be a country code like AT")
    table.end()
    return rules


def _name(table: Table) -> str:
    name = table.text("name")
    if not _NAME.fullmatch(name):
        raise table.fault("name", "must be lower-case letters, digits and dashes, at most 40")
    return name


def _formats(table: Table) -> frozenset[FormatId]:
    """Read the formats to judge; the families that are only told by name keep their own answer."""
    judged = {fmt.value: fmt for fmt in FormatId if fmt.judged}
    names = table.texts("formats")
    for name in names:
        if name not in judged:
            raise table.fault("formats", f"has {name}, but there are: {', '.join(judged)}")
    return frozenset(FormatId) - frozenset(fmt for name, fmt in judged.items() if name not in names)


def _actions(table: Table, place: Place) -> Mapping[Reason, Action]:
    actions = usual(place)
    if "actions" not in table:
        return actions
    stated = table.table("actions")
    for reason in Reason:
        if reason.value in stated:
            actions[reason] = stated.choice(reason.value, Action)
            if wrong := objection(reason, actions[reason], place):
                raise stated.fault(reason.value, wrong)
    stated.end()
    return actions


def _question(table: Table, depth: int) -> Question:
    kind = table.text("kind")
    if kind in _GROUPS:
        if depth == 0:
            raise table.fault("kind", f"may not be {kind} here: parts are nested too deep")
        question: Question = _GROUPS[kind](tuple(_question(part, depth - 1) for part in table.tables("parts")))
    elif kind in _KINDS:
        question = _KINDS[kind](table)
    else:
        raise table.fault("kind", "must be one of: " + ", ".join((*_KINDS, *_GROUPS)))
    table.end()
    return question


def _vaccinated(table: Table) -> Vaccinated:
    return Vaccinated(
        disease=_known(table, "disease", products.diseases()),
        products=_known(table, "products", products.lists()),
        least=_span(table, "least"),
        most=_span(table, "most") if "most" in table else None,
        fresher=Truth.UNKNOWN if "fresher_is_unsure" in table and table.flag("fresher_is_unsure") else Truth.FALSE,
        series=table.choice("series", Series) if "series" in table else Series.ANY,
    )


def _tested(table: Table) -> Tested:
    if "molecular_hours" not in table and "antigen_hours" not in table:
        raise table.fault("molecular_hours", "or antigen_hours must say which tests count")
    return Tested(
        disease=_known(table, "disease", products.diseases()),
        molecular_hours=table.whole("molecular_hours", 1, _HOURS) if "molecular_hours" in table else None,
        antigen_hours=table.whole("antigen_hours", 1, _HOURS) if "antigen_hours" in table else None,
    )


def _recovered(table: Table) -> Recovered:
    return Recovered(
        disease=_known(table, "disease", products.diseases()),
        least=_span(table, "least"),
        most=_span(table, "most"),
    )


def _has(table: Table) -> Has:
    return Has(table.texts("path"), table.scalars("values") if "values" in table else ())


_KINDS: Mapping[str, Callable[[Table], Question]] = {
    "authentic": lambda _: Authentic(),
    "vaccinated": _vaccinated,
    "tested": _tested,
    "recovered": _recovered,
    "age-at-least": lambda table: AgeAtLeast(table.whole("years", 1, _YEARS)),
    "has": _has,
}
_GROUPS: Mapping[str, Callable[[tuple[Question, ...]], Question]] = {"any-of": AnyOf, "all-of": AllOf}


def _known(table: Table, key: str, known: frozenset[str]) -> str:
    name = table.text(key)
    if name not in known:
        raise table.fault(key, "must be one of: " + ", ".join(sorted(known)))
    return name


def _span(table: Table, key: str) -> Span:
    found = _SPAN.fullmatch(table.text(key))
    if not found:
        raise table.fault(key, 'must be a length like "10 days" or "12 months"')
    count = int(found[1])
    return Span(days=count) if found[2] == "day" else Span(months=count)
