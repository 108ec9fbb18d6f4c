"""The message from a reader to its judge: what is packed comes back, and a forged one is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier import limits
from verifier.station import handover
from verifier.station.handover import HandoverError

symbols = st.lists(st.binary(min_size=1, max_size=3_000), min_size=1, max_size=limits.SYMBOLS_PER_FRAME)


@given(symbols)
def test_symbols_come_back(sent: list[bytes]) -> None:
    assert handover.unpack(handover.pack(sent)) == sent


@given(st.binary(max_size=64))
def test_any_other_message_is_refused_or_is_what_pack_writes(message: bytes) -> None:
    try:
        found = handover.unpack(message)
    except HandoverError:
        return
    assert handover.pack(found) == message


@given(symbols, st.data())
def test_a_message_cut_short_is_refused_or_has_fewer_symbols(sent: list[bytes], data: st.DataObject) -> None:
    message = handover.pack(sent)
    cut = data.draw(st.integers(0, len(message) - 1))
    try:
        found = handover.unpack(message[:cut])
    except HandoverError:
        return
    assert found == sent[: len(found)]
    assert len(found) < len(sent)


def test_no_message_is_longer_than_the_bound() -> None:
    long = bytes(handover.SYMBOL_BYTES)
    assert len(handover.pack([long] * limits.SYMBOLS_PER_FRAME)) <= handover.MOST_BYTES
    assert handover.pack([long + b"\0", b"kept"]) == handover.pack([b"kept"])


def test_too_many_symbols_are_refused() -> None:
    one = handover.pack([b"x"])
    with pytest.raises(HandoverError):
        handover.unpack(one * (limits.SYMBOLS_PER_FRAME + 1))
    with pytest.raises(HandoverError):
        handover.unpack(b"")
