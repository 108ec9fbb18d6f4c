import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.verdict import Reason, Reject
from verifier.wire import base32


@given(st.binary(max_size=100))
def test_what_is_encoded_is_decoded(data: bytes) -> None:
    assert base32.decode(base32.encode(data)) == data


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567=", max_size=20))
def test_no_two_texts_mean_the_same(text: str) -> None:
    try:
        data = base32.decode(text.encode())
    except Reject:
        return
    assert base32.encode(data) == text.encode()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"MZXW6===", id="padding"),
        pytest.param(b"mzxw6", id="lower case"),
        pytest.param(b"MZXW7", id="spare bits"),
        pytest.param(b"MZXW6A", id="a length that no bytes have"),
        pytest.param(b"MZ1W6", id="foreign character"),
        pytest.param(b"MZXW6\xff", id="beyond ASCII"),
    ],
)
def test_a_text_that_is_not_base32_is_refused(text: bytes) -> None:
    with pytest.raises(Reject, match=Reason.MALFORMED):
        base32.decode(text)
