"""JCS: the one way to write a JSON value that signatures over values, not over bytes, agree on.

Source: RFC 8785.
"""

import json
from decimal import Decimal

from verifier.wire.json import Json

_TEXT = json.JSONEncoder(ensure_ascii=False)
_SAFE = 2**53  # up to here an integer is its own double
_PLAIN = 21  # digits before the point up to which ECMAScript writes a number without an exponent
_SMALL = -6  # and zeros after the point


def encode(value: Json) -> bytes:
    """Write a value in its canonical form."""
    return _text(value).encode()


def _text(value: Json) -> str:
    match value:
        case dict():
            members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
            return "{" + ",".join(f"{_TEXT.encode(name)}:{_text(inner)}" for name, inner in members) + "}"
        case list():
            return "[" + ",".join(map(_text, value)) + "]"
        case float():
            return _number(value)
        case int() if not isinstance(value, bool) and abs(value) > _SAFE:
            return _number(float(value))
        case _:
            return _TEXT.encode(value)


def _number(value: float) -> str:
    """Write a number as ECMAScript does. Source: RFC 8785 section 3.2.2.3, ECMA-262 section 6.1.6.1.20."""
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    if digits == (0,) or not isinstance(exponent, int):
        return "0"
    text, point = "".join(map(str, digits)), len(digits) + exponent
    if len(text) <= point <= _PLAIN:
        text += "0" * (point - len(text))
    elif 0 < point <= _PLAIN:
        text = f"{text[:point]}.{text[point:]}"
    elif _SMALL < point <= 0:
        text = f"0.{'0' * -point}{text}"
    else:
        text = f"{text[0]}{'.' + text[1:] if len(text) > 1 else ''}e{point - 1:+d}"
    return f"-{text}" if sign else text
