"""The value of a CertLogic expression on the data of one certificate."""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import TypeVar

from verifier.certlogic import moments
from verifier.certlogic.failure import RuleError
from verifier.wire.json import Json

Value = Mapping[str, "Value"] | Sequence["Value"] | str | int | float | bool | datetime | None

T = TypeVar("T")

_SEPARATORS = re.compile(r"[/#:]")
_COMPARISONS: Mapping[str, Callable[[int, int], bool]] = {
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}
_ORDERS: Mapping[str, Callable[[datetime, datetime], bool]] = {
    "after": operator.gt,
    "before": operator.lt,
    "not-after": operator.le,
    "not-before": operator.ge,
}


def evaluate(expression: Json, data: Value) -> Value:  # noqa: PLR0911 - one for each operation
    """Evaluate an expression that `validate` found well formed. Raises `RuleError` where it has no value.

    Every operation looks at each of its operands once and `reduce` at each item, so the work is bounded by the size of
    the rule times that of the certificate's lists.
    """
    match expression:
        case list():
            return [evaluate(item, data) for item in expression]
        case {"var": str(path)}:
            return _at(data, path)
        case {"if": [guard, then, otherwise]}:
            return evaluate(then if is_truthy(evaluate(guard, data)) else otherwise, data)
        case {"and": [*operands]}:
            return _and(operands, data)
        case {"reduce": [operand, step, first]}:
            return _reduce(evaluate(operand, data), step, evaluate(first, data), data)
        case dict():
            [(name, values)] = expression.items()
            if not isinstance(values, list):
                raise RuleError
            return _apply(name, [evaluate(item, data) for item in values])
        case _:
            return expression


def is_truthy(value: Value) -> bool:
    """Tell truthy from falsy. Raises `RuleError` for what is neither, a date or a fraction."""
    if isinstance(value, datetime | float):
        raise RuleError
    return bool(value)


def _at(data: Value, path: str) -> Value:
    """Follow a path; whatever is not there is null."""
    for fragment in path.split(".") if path else ():
        match data:
            case dict():
                data = data.get(fragment)
            case list() if fragment.isdecimal() and int(fragment) < len(data):
                data = data[int(fragment)]
            case _:
                return None
    return data


def _and(operands: Sequence[Json], data: Value) -> Value:
    value: Value = True
    for operand in operands:
        value = evaluate(operand, data)
        if not is_truthy(value):
            return value
    return value


def _reduce(items: Value, step: Json, accumulator: Value, data: Value) -> Value:
    if items is None:
        return accumulator
    if not isinstance(items, list):
        raise RuleError
    for current in items:
        accumulator = evaluate(step, {"current": current, "accumulator": accumulator, "data": data})
    return accumulator


def _apply(name: str, values: Sequence[Value]) -> Value:
    """Apply an operation that takes the values of all its operands."""
    if name in _COMPARISONS:
        return _chain(_COMPARISONS[name], [value for value in values if isinstance(value, int)], len(values))
    if name in _ORDERS:
        return _chain(_ORDERS[name], [value for value in values if isinstance(value, datetime)], len(values))
    if name in _OPERATIONS:
        return _OPERATIONS[name](values)
    raise RuleError


def _same(left: Value, right: Value) -> bool:
    """Compare without coercion: 1 is not true."""
    return type(left) is type(right) and left == right


def _chain(holds: Callable[[T, T], bool], operands: Sequence[T], expected: int) -> bool:
    """Compare each operand with the next one; all of them must have the operation's type."""
    if len(operands) != expected:
        raise RuleError
    return all(holds(left, right) for left, right in pairwise(operands))


def _uvci(text: Value, index: Value) -> str | None:
    """Take one fragment out of a certificate identifier; null where there is none."""
    if text is None:
        return None
    if not isinstance(text, str) or not isinstance(index, int):
        raise RuleError
    fragments = _SEPARATORS.split(text.removeprefix("URN:UVCI:"))
    return fragments[index] if 0 <= index < len(fragments) else None


def _in(item: Value, items: Value) -> bool:
    """Look for a value in a list; nothing is in null."""
    if not isinstance(items, list | None):
        raise RuleError
    return any(_same(item, one) for one in items or ())


def _plus(left: Value, right: Value) -> int:
    if not isinstance(left, int) or not isinstance(right, int):
        raise RuleError
    return left + right


_OPERATIONS: Mapping[str, Callable[[Sequence[Value]], Value]] = {
    "===": lambda of: _same(*of),
    "in": lambda of: _in(*of),
    "+": lambda of: _plus(*of),
    "!": lambda of: not is_truthy(*of),
    "plusTime": lambda of: moments.plus(moments.parse(of[0]), *of[1:]),
    "dccDateOfBirth": lambda of: moments.parse(*of),
    "extractFromUVCI": lambda of: _uvci(*of),
}
