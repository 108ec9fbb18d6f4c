"""Whether an expression is CertLogic, before it is ever evaluated."""

import re
from collections.abc import Mapping

from verifier.certlogic.failure import RuleError
from verifier.wire.json import Json

# How many operands each operation takes. Source: CertLogic 1.3.2, "Operations".
OPERANDS: Mapping[str, range] = {
    "if": range(3, 4),
    "===": range(2, 3),
    "in": range(2, 3),
    "+": range(2, 3),
    "!": range(1, 2),
    "and": range(2, 100),
    **dict.fromkeys((">", "<", ">=", "<=", "after", "before", "not-after", "not-before"), range(2, 4)),
    "plusTime": range(3, 4),
    "dccDateOfBirth": range(1, 2),
    "extractFromUVCI": range(2, 3),
    "reduce": range(3, 4),
}
_PATH = re.compile(r"[^.]+(\.[^.]+)*|")
_DEPTH = 64  # the deepest national rule nests 13 operations


def validate(expression: Json, depth: int = _DEPTH) -> None:
    """Check the form of an expression and everything in it. Raises `RuleError`."""
    if depth == 0:
        raise RuleError
    match expression:
        case bool() | int() | str():
            return
        case list():
            for item in expression:
                validate(item, depth - 1)
        case {"var": str(path), **rest} if not rest and _PATH.fullmatch(path):
            return
        case dict():
            _operation(expression, depth)
        case _:
            raise RuleError


def _operation(expression: dict[str, Json], depth: int) -> None:
    [(name, operands), *others] = expression.items() or [("", None)]
    if others or not isinstance(operands, list) or len(operands) not in OPERANDS.get(name, ()):
        raise RuleError
    for operand in operands:
        validate(operand, depth - 1)
