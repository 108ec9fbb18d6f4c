import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.verdict import Reason, Reject
from verifier.wire import base45


@given(st.binary(max_size=300))
def test_what_is_encoded_is_decoded(data: bytes) -> None:
    assert base45.decode(base45.encode(data)) == data


@pytest.mark.parametrize(("data", "text"), [(b"AB", b"BB8"), (b"Hello!!", b"%69 VD92EX0"), (b"ietf!", b"QED8WEX0")])
def test_examples_of_the_specification(data: bytes, text: bytes) -> None:
    assert base45.encode(data) == text
    assert base45.decode(text) == data


@given(st.binary(max_size=30))
def test_no_two_texts_mean_the_same(text: bytes) -> None:
    try:
        data = base45.decode(text)
    except Reject:
        return
    assert base45.encode(data) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"BB8B", id="a length that no bytes have"),
        pytest.param(b"bb8", id="lower case"),
        pytest.param(b"B\n8", id="foreign character"),
        pytest.param(b":::", id="three characters over two bytes"),
        pytest.param(b"::", id="two characters over one byte"),
        pytest.param(b"BB8 \x00", id="trailing NUL"),
    ],
)
def test_a_text_that_is_not_base45_is_refused(text: bytes) -> None:
    with pytest.raises(Reject, match=Reason.MALFORMED):
        base45.decode(text)
