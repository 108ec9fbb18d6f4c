"""One input descriptor of Presentation Exchange in the terms of a policy."""

import re
from collections.abc import Iterator

from verifier.dcql import QueryError
from verifier.policies.imported.asked import FORMATS, Asked, Wanted
from verifier.wire.json import Json, Object

_JSON_PATH = re.compile(r"\$(?:\.[A-Za-z_][\w-]*|\['[^']+'\])+")
_STEP = re.compile(r"\.([A-Za-z_][\w-]*)|\['([^']+)'\]")
_TYPES = (("vct",), ("type",))

# Members around the subject, which a policy does not look at: whoever issued it, and when, is checked by other means.
_AROUND = frozenset(
    {"@context", "credentialSchema", "credentialStatus", "evidence", "exp", "expirationDate", "iat", "id", "iss"}
    | {"issuanceDate", "issuer", "nbf", "proof", "refreshService", "termsOfUse", "validFrom", "validUntil"}
)
_CONSTRAINTS = frozenset({"fields", "limit_disclosure"})
_FIELD = frozenset({"path", "filter", "id", "purpose", "name", "optional", "intent_to_retain"})
_FILTER = frozenset({"type", "const", "enum"})


def asked(definition: Object) -> Asked:
    """Say what a definition asks; a descriptor alone is one too. Raises `QueryError` for what a policy cannot."""
    if "submission_requirements" in definition:
        raise QueryError("submission_requirements: a policy asks for one credential")
    descriptor = _descriptor(definition)
    constraints = _object(descriptor.get("constraints", {}), "constraints")
    _known(constraints, _CONSTRAINTS, "constraints")
    fields = [_field(one) for one in _list(constraints.get("fields", []), "constraints.fields")]
    wanted = [one for one in fields if one is not None]
    formats = list(_object(descriptor.get("format", definition.get("format", {})), "format"))
    return Asked(
        _formats(formats),
        [str(value) for one in wanted if _about_type(one) for value in one.values],
        [claims] if (claims := [one for one in wanted if not _about_type(one)]) else [],
        bound=any(name.endswith("vp") for name in formats),
    )


def _descriptor(definition: Object) -> Object:
    if "input_descriptors" not in definition and "constraints" in definition:
        return definition
    descriptors = _list(definition.get("input_descriptors"), "input_descriptors")
    if len(descriptors) != 1:
        raise QueryError("input_descriptors: a policy asks for one credential")
    return _object(descriptors[0], "input_descriptors[0]")


def _formats(names: list[str]) -> list[str]:
    for name in names:
        if name not in FORMATS:
            raise QueryError(f"format.{name}: must be one of: {', '.join(FORMATS)}")
    return sorted({FORMATS[name] for name in names or FORMATS})


def _field(value: Json) -> Wanted | None:
    """Read one field; an optional one asks for nothing."""
    field = _object(value, "constraints.fields")
    _known(field, _FIELD, "constraints.fields")
    if field.get("optional") is True:
        return None
    paths = [_path(one) for one in _list(field.get("path"), "constraints.fields.path")]
    wanted = Wanted(tuple(dict.fromkeys(paths)), tuple(_values(_object(field.get("filter", {}), "filter"))))
    if _about_type(wanted) and not wanted.values:
        raise QueryError("constraints.fields: a type needs a const or an enum")
    return wanted


def _about_type(wanted: Wanted) -> bool:
    return wanted.paths[0] in _TYPES


def _path(value: Json) -> tuple[str, ...]:
    """Follow a JSONPath of names from the subject, which has a wrapper or two in some formats."""
    if not isinstance(value, str) or not _JSON_PATH.fullmatch(value):
        raise QueryError(f"constraints.fields.path: {str(value)[:60]} is more than a path of names")
    steps = tuple(dotted or quoted for dotted, quoted in _STEP.findall(value))
    for wrapper in ("vc", "credentialSubject"):
        steps = steps[1:] if steps[:1] == (wrapper,) and len(steps) > 1 else steps
    if steps[0] in _AROUND:
        raise QueryError(f"constraints.fields.path: a policy looks at the subject alone, not at {steps[0]}")
    return steps


def _values(constraint: Object) -> Iterator[str | int | bool]:
    _known(constraint, _FILTER, "constraints.fields.filter")
    const = [constraint["const"]] if "const" in constraint else []
    for value in [*const, *_list(constraint.get("enum", []), "filter.enum")]:
        if not isinstance(value, str | int):
            raise QueryError("constraints.fields.filter: must be texts, whole numbers, true or false")
        yield value


def _known(members: Object, known: frozenset[str], where: str) -> None:
    for name in members:
        if name not in known:
            raise QueryError(f"{where}.{name}: a policy cannot express it")


def _object(value: Json, where: str) -> Object:
    if not isinstance(value, dict):
        raise QueryError(f"{where}: must be an object")
    return value


def _list(value: Json, where: str) -> list[Json]:
    if not isinstance(value, list):
        raise QueryError(f"{where}: must be a list")
    return value
