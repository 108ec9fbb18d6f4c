import json as library
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier import limits
from verifier.verdict import Reason, Reject
from verifier.wire import json

_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@given(_VALUES, st.booleans())
def test_what_the_library_writes_is_read_back(value: json.Json, ascii_only: bool) -> None:  # noqa: FBT001
    text = library.dumps(value, ensure_ascii=ascii_only).encode()
    assert json.decode(text) == value


@given(st.binary(max_size=60))
def test_any_bytes_give_a_value_or_a_refusal(data: bytes) -> None:
    with suppress(Reject):
        json.decode(data)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b" ",
        b"{} {}",
        b"{}x",
        b"nul",
        b"[1,]",
        b"{'a':1}",
        b'{"a":1,"a":2}',
        b'{"a":{"b":1,"b":1}}',
        b'{"a":1,"\\u0061":2}',
        b"NaN",
        b"[Infinity]",
        b"[-Infinity]",
        b"1e999",
        b"-1e999",
        b"12345678901234567",
        b"-12345678901234567",
        b"0." + b"1" * limits.JSON_FLOAT_CHARACTERS,
        b"01",
        b"+1",
        b".5",
        b"1.",
        b'"\\ud800"',
        b'{"\\udfff":1}',
        b'"\\ude00\\ud83d"',
        b'"\xed\xa0\x80"',
        b'"\xff"',
        b'"\n"',
        b'"\\x41"',
        b"\xef\xbb\xbf{}",
        '{"a":1}'.encode("utf-16"),
        '{"a":1}'.encode("utf-16-le"),
        '{"a":1}'.encode("utf-32"),
        b"[" * 5_000,
        b"[" * (limits.DEPTH + 1) + b"]" * (limits.DEPTH + 1),
        b'{"a":' * (limits.DEPTH + 1) + b"1" + b"}" * (limits.DEPTH + 1),
        b'"' + b"a" * limits.INFLATED_BYTES + b'"',
        library.dumps({str(n): n for n in range(limits.MAP_KEYS + 1)}).encode(),
    ],
    ids=lambda text: repr(text[:24]),
)
def test_what_is_not_strict_json_within_bounds_is_refused(text: bytes) -> None:
    with pytest.raises(Reject) as caught:
        json.decode(text)
    assert caught.value.reason is Reason.MALFORMED


def test_nesting_at_the_bound_and_brackets_in_strings_are_read() -> None:
    deep = b"[" * limits.DEPTH + b"]" * limits.DEPTH
    assert json.decode(deep) is not None
    assert json.decode(b'["' + b"[{" * 50 + b'\\"[", "\\\\"]') == ["[{" * 50 + '"[', "\\"]
    assert json.decode(b"[" + b"[]," * 50 + b"0]") == [[]] * 50 + [0]


def test_a_surrogate_pair_and_an_escaped_zero_are_characters() -> None:
    assert json.decode(b'"\\ud83d\\ude00\\u0000"') == "\U0001f600\x00"


@pytest.mark.parametrize("value", [True, "1700000000", None, [], 10**10, -1, 4_102_444_801])
def test_what_is_no_time_in_this_century_is_no_numeric_date(value: json.Json) -> None:
    with pytest.raises(Reject):
        json.as_numeric_date(value)


def test_a_numeric_date_may_have_a_fraction() -> None:
    assert json.as_numeric_date(1_620_992_383.218) == 1_620_992_383.218


def test_a_value_is_taken_as_its_own_type_alone() -> None:
    assert json.as_object({"a": 1}) == {"a": 1}
    assert json.as_array([1]) == [1]
    assert json.as_text("x") == "x"
    for take, wrong in ((json.as_object, []), (json.as_array, {}), (json.as_text, 1), (json.as_number, True)):
        with pytest.raises(Reject):
            take(wrong)
