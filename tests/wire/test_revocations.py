from hypothesis import given
from hypothesis import strategies as st

from verifier.wire import revocations

_DIGESTS = st.binary(min_size=16, max_size=16)


@given(st.dictionaries(_DIGESTS, st.integers(0, revocations.EVER), max_size=30), _DIGESTS)
def test_a_list_holds_what_was_packed_and_nothing_else(revoked: dict[bytes, int], other: bytes) -> None:
    packed = revocations.pack(revoked.items())
    for key in (*revoked, other):
        assert revocations.revoked_before(packed, key) == revoked.get(key)


def test_the_later_moment_counts() -> None:
    key = revocations.digest(b"one")
    assert revocations.revoked_before(revocations.pack([(key, 5), (key, 9), (key, 7)]), key) == 9
