import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.verdict import Reason, Reject
from verifier.wire import base64url


@given(st.binary(max_size=200))
def test_bytes_survive_the_round_trip(data: bytes) -> None:
    assert base64url.decode(base64url.encode(data)) == data


@given(st.binary(max_size=12))
def test_a_value_has_one_spelling(text: bytes) -> None:
    try:
        data = base64url.decode(text)
    except Reject:
        return
    assert base64url.encode(data) == text


@pytest.mark.parametrize(
    "text",
    [
        b"QQ==",
        b"QR",
        b"Q",
        b"QUI=",
        b"QU\nI",
        b" QUI",
        b"QUI ",
        b"Q+I",
        b"Q/I",
        b"QU!I",
        b"QQ==QQ",
        b"\xff\xfe",
        b"QUI\x00",
    ],
    ids=repr,
)
def test_a_second_spelling_is_refused(text: bytes) -> None:
    with pytest.raises(Reject) as caught:
        base64url.decode(text)
    assert caught.value.reason is Reason.MALFORMED
