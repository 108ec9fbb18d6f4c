import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.verdict import Reject
from verifier.wire import base45, carrier


@given(st.binary(max_size=2_000))
def test_what_is_carried_is_seen_and_comes_out(content: bytes) -> None:
    carried = base45.encode(zlib.compress(content, 9))
    assert carrier.opened(carried) == content
    assert content.startswith(carrier.beginning(carried, 3))


def test_a_text_that_compresses_badly_is_seen_too() -> None:
    content = b"eyJ" + bytes(range(33, 127)) * 12
    assert carrier.beginning(base45.encode(zlib.compress(content, 9)), 3) == b"eyJ"


@given(st.binary(max_size=300))
def test_a_look_at_anything_raises_nothing(data: bytes) -> None:
    assert len(carrier.beginning(data, 3)) <= 3


@pytest.mark.parametrize(
    "data", [b"", b"HC1:", base45.encode(b"\x78\x9cnothing"), base45.encode(zlib.compress(b"x") + b"y")]
)
def test_a_damaged_carrier_is_refused(data: bytes) -> None:
    with pytest.raises(Reject):
        carrier.opened(data)
