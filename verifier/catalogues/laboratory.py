"""Laboratory tests by the codes of their kind and of their result, LOINC and SNOMED CT."""

import json
from importlib import resources

from verifier.truth import Truth

_CODES: dict[str, list[str]] = json.loads(resources.files(__package__).joinpath("laboratory.json").read_text("utf-8"))


def molecular(code: object) -> Truth:
    """Say whether a test looks for nucleic acid, as against antigen; unknown for a code that is not listed."""
    return _either(code, "molecular", "antigen")


def detected(code: object) -> Truth:
    """Say whether a result says that the disease was found; unknown for a code that is not listed."""
    return _either(code, "detected", "not-detected")


def _either(code: object, true: str, false: str) -> Truth:
    if code in _CODES[true]:
        return Truth.TRUE
    return Truth.FALSE if code in _CODES[false] else Truth.UNKNOWN
