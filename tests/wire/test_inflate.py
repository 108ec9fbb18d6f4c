import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier import limits
from verifier.verdict import Reason, Reject
from verifier.wire import inflate

Inflate = Callable[[bytes], bytes]


def _raw(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def _with_dictionary(data: bytes) -> bytes:
    packer = zlib.compressobj(zdict=b"dictionary")
    return packer.compress(data) + packer.flush()


BOTH = pytest.mark.parametrize(
    ("inflated", "pack"), [(inflate.zlib_stream, zlib.compress), (inflate.raw_stream, _raw)], ids=["zlib", "raw"]
)


@BOTH
@given(data=st.binary(max_size=2000))
def test_what_is_deflated_is_inflated(inflated: Inflate, pack: Inflate, data: bytes) -> None:
    assert inflated(pack(data)) == data


@BOTH
def test_a_stream_counts_whole_and_alone(inflated: Inflate, pack: Inflate) -> None:
    stream = pack(b"a credential, a credential, a credential")
    for broken in (b"", stream + b"\x00", *(stream[:end] for end in range(1, len(stream)))):
        with pytest.raises(Reject, match=Reason.MALFORMED):
            inflated(broken)


@BOTH
def test_the_bound_is_exact(inflated: Inflate, pack: Inflate) -> None:
    assert len(inflated(pack(bytes(limits.INFLATED_BYTES)))) == limits.INFLATED_BYTES
    for size in (limits.INFLATED_BYTES + 1, 10_000_000):
        with pytest.raises(Reject, match=Reason.MALFORMED):
            inflated(pack(bytes(size)))


@pytest.mark.parametrize(
    "stream",
    [
        pytest.param(zlib.compress(b"x" * 40)[:-1] + b"\x00", id="wrong checksum"),
        pytest.param(_with_dictionary(b"dictionary"), id="preset dictionary"),
        pytest.param(_raw(b"x" * 40), id="no zlib header"),
        pytest.param(b"\x18\x19" + _raw(b"x"), id="wrong header"),
    ],
)
def test_a_zlib_stream_has_its_header_and_checksum(stream: bytes) -> None:
    with pytest.raises(Reject, match=Reason.MALFORMED):
        inflate.zlib_stream(stream)
