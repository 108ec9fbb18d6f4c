"""CertLogic: what has a value, what has none, and what is no expression. The EU's own suites run over CORPORA."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.certlogic import RuleError, evaluate, validate
from verifier.wire.json import Json

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.sampled_from(["", "v", "2021-06-01", "day", "URN:UVCI:01:UT:A#B"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["v", "x", "current"]), inner, max_size=2)
    ),
    max_leaves=8,
)
OPERATIONS = (
    "if",
    "===",
    "in",
    "+",
    "!",
    "and",
    "<",
    "after",
    "plusTime",
    "dccDateOfBirth",
    "extractFromUVCI",
    "reduce",
)
EXPRESSIONS = st.recursive(
    st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "2021", "day"]) | st.just({"var": "v.0"}),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(st.sampled_from(OPERATIONS), st.lists(inner, min_size=1, max_size=3)).map(
            lambda pair: {pair[0]: pair[1]}
        )
    ),
    max_leaves=12,
)


def date(text: Json, amount: Json = 0, unit: Json = "day") -> Json:
    return {"plusTime": [text, amount, unit]}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ({"===": [1, True]}, False),
        ({"in": [{"var": "none"}, {"var": "none"}]}, False),
        ({"not-after": [date("2024-02-29", 12, "month"), date("2025-02-28")]}, True),
        ({"not-before": [date("2024-02-29", 1, "year"), date("2025-02-28")]}, True),
        ({"before": [date("2021-06-01T12:00:00+02:00"), date("2021-06-01T10:00:00.001Z")]}, True),
        ({"after": [date("2021-06-01T10:00:00.0019Z"), date("2021-06-01T10:00:00.001Z")]}, False),  # milliseconds
        ({"<": [1, 2, 2]}, False),
    ],
)
def test_an_expression_has_its_value(expression: Json, value: Json) -> None:
    validate(expression)
    assert evaluate(expression, {}) == value


@pytest.mark.parametrize(
    "expression",
    [
        {"<": [1, "2"]},
        {"<": [{"var": "none"}, 1]},
        {"after": ["2021-06-01", date("2021-06-01")]},
        {"!": [date("2021-06-01")]},
        {"in": ["a", "abc"]},
        {"+": ["a", "b"]},
        {"reduce": ["abc", 1, 0]},
        {"extractFromUVCI": [7, 0]},
        date("2021-13-01"),
        date("2021-02-30T00:00:00Z"),
        date("yesterday"),
        date("2021-06-01", 1, "week"),
        date("2021-06-01", "1"),
        date("2021-06-01", 10_001),
        date("0001-01-01", -1, "year"),
        date({"var": "none"}),
    ],
)
def test_an_expression_without_a_value_says_so(expression: Json) -> None:
    validate(expression)
    with pytest.raises(RuleError):
        evaluate(expression, {})


@pytest.mark.parametrize("expression", [None, 1.5, {}, {"or": [1, 2]}, {"if": [1, 2]}, {"var": ["a"]}, {"var": "a..b"}])
def test_what_is_no_expression_is_refused(expression: Json) -> None:
    with pytest.raises(RuleError):
        validate(expression)


def test_a_rule_as_deep_as_a_well_is_refused() -> None:
    deep: Json = True
    for _ in range(100):
        deep = {"!": [deep]}
    with pytest.raises(RuleError):
        validate(deep)


@given(EXPRESSIONS, JSON)
def test_any_expression_that_validates_has_a_value_or_says_so(expression: Json, data: Json) -> None:
    try:
        validate(expression)
        evaluate(expression, {"v": data})
    except RuleError as error:
        assert error.args == ()  # noqa: PT017 - and nothing of the data
