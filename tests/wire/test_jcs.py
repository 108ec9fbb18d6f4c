import json as library

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.wire import jcs, json


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        (b'{ "b" : 1 , "a" : [ true , null ] }', '{"a":[true,null],"b":1}'),
        (b'{"\\u20ac":1,"\\r":2,"1":3,"\\ud83d\\ude00":4,"\\ufb33":5}', '{"\\r":2,"1":3,"€":1,"😀":4,"\ufb33":5}'),
        (b'"\\u0001\\u000a\\"\\\\\\/\\u007f"', '"\\u0001\\n\\"\\\\/\x7f"'),
        (b"1.0", "1"),
        (b"-0.0", "0"),
        (b"-0", "0"),
        (b"333333333.33333329", "333333333.3333333"),
        (b"1E30", "1e+30"),
        (b"4.50", "4.5"),
        (b"2e-3", "0.002"),
        (b"0.000000000000000000000000001", "1e-27"),
        (b"1e-6", "0.000001"),
        (b"1.5e-7", "1.5e-7"),
        (b"1e20", "100000000000000000000"),
        (b"123456789012345680000.0", "123456789012345680000"),
        (b"1e21", "1e+21"),
        (b"-1.25e22", "-1.25e+22"),
        (b"9007199254740993", "9007199254740992"),
        (b"5e-324", "5e-324"),
        (b"1.7976931348623157e308", "1.7976931348623157e+308"),
    ],
)
def test_a_value_has_one_form(text: bytes, canonical: str) -> None:
    assert jcs.encode(json.decode(text)) == canonical.encode()


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_written_so_that_it_reads_back(value: float) -> None:
    assert float(jcs.encode(value)) == value


@given(st.dictionaries(st.text(max_size=5), st.integers(0, 9) | st.text(max_size=5), max_size=5))
def test_neither_order_nor_spelling_matters(value: dict[str, json.Json]) -> None:
    backwards = dict(reversed(value.items()))
    assert jcs.encode(json.decode(library.dumps(backwards, indent=2).encode())) == jcs.encode(value)
