"""Diseases by the code that a credential names, SNOMED CT, ICD-11 or LOINC, whose codes cannot be confused."""

import json
from importlib import resources

_NAMES: dict[str, str] = json.loads(resources.files(__package__).joinpath("diseases.json").read_text("utf-8"))["codes"]


def names() -> frozenset[str]:
    """Name every disease that a policy may ask for."""
    return frozenset(_NAMES.values())


def named(code: object) -> str | None:
    """Give our name for the disease, or `None` where the catalogue does not hold the code."""
    return _NAMES.get(code) if isinstance(code, str) else None
