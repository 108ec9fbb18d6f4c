import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier import limits
from verifier.verdict import Reason, Reject
from verifier.wire import cbor

_SCALARS: st.SearchStrategy[cbor.Value] = (
    st.none()
    | st.booleans()
    | st.integers(-(2**64), 2**64 - 1)
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.binary(max_size=20)
    | st.sampled_from([cbor.Simple(16), cbor.Simple(23), cbor.Simple(255), cbor.embed(b"\x01")])
)
_KEYS: st.SearchStrategy[cbor.Key] = st.integers(-(2**64), 2**64 - 1) | st.text(max_size=6)
_VALUES: st.SearchStrategy[cbor.Value] = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(_KEYS, inner, max_size=4)
        | st.builds(cbor.Tagged, st.sampled_from([0, 1, 18, 61, 1004]), inner)
    ),
    max_leaves=12,
)


def refused(data: bytes, *, shortest: bool = False) -> bool:
    try:
        cbor.decode(data, shortest=shortest)
    except Reject:
        return True
    return False


@given(_VALUES)
def test_what_is_encoded_is_decoded(value: cbor.Value) -> None:
    assert cbor.decode(cbor.encode(value), shortest=True) == value


@given(st.binary(max_size=60))
def test_any_bytes_give_a_value_or_a_refusal(data: bytes) -> None:
    if not refused(data):
        cbor.encode(cbor.decode(data))


@pytest.mark.parametrize(
    ("encoded", "value"),
    [
        ("00", 0), ("17", 23), ("1818", 24), ("1903e8", 1000), ("1bffffffffffffffff", 2**64 - 1),
        ("20", -1), ("3bffffffffffffffff", -(2**64)), ("f90000", 0.0), ("f93c00", 1.0), ("fa47c35000", 100000.0),
        ("fb3ff199999999999a", 1.1), ("f97c00", math.inf), ("f4", False), ("f5", True), ("f6", None),
        ("f7", cbor.Simple(23)), ("f0", cbor.Simple(16)), ("f8ff", cbor.Simple(255)),
        ("40", b""), ("4401020304", b"\x01\x02\x03\x04"), ("60", ""), ("62c3bc", "ü"), ("64f0908591", "\U00010151"),
        ("80", []), ("83010203", [1, 2, 3]), ("8301820203820405", [1, [2, 3], [4, 5]]),
        ("a0", {}), ("a201020304", {1: 2, 3: 4}), ("a26161016162820203", {"a": 1, "b": [2, 3]}),
        ("c11a514b67b0", cbor.Tagged(1, 1363896240)),
        ("d818456449455446", cbor.Embedded(b"dIETF", bytes.fromhex("d818456449455446"))),
    ],
)  # fmt: skip
def test_values_of_the_specification(encoded: str, value: cbor.Value) -> None:
    decoded = cbor.decode(bytes.fromhex(encoded), shortest=True)
    assert decoded == value
    assert type(decoded) is type(value)


@pytest.mark.parametrize(
    ("encoded", "value"),
    [
        ("5f42010243030405ff", b"\x01\x02\x03\x04\x05"),
        ("7f657374726561646d696e67ff", "streaming"),
        ("9fff", []),
        ("9f018202039f0405ffff", [1, [2, 3], [4, 5]]),
        ("bf61610161629f0203ffff", {"a": 1, "b": [2, 3]}),
        ("1800", 0),
        ("1900ff", 255),
        ("5801ff", b"\xff"),
    ],
)
def test_a_second_spelling_is_read_in_a_payload_and_refused_in_a_header(encoded: str, value: cbor.Value) -> None:
    assert cbor.decode(bytes.fromhex(encoded)) == value
    assert refused(bytes.fromhex(encoded), shortest=True)


@pytest.mark.parametrize(
    "encoded",
    [
        pytest.param("", id="nothing"),
        pytest.param("0000", id="trailing byte"),
        pytest.param("a201020103", id="duplicate key"),
        pytest.param("a2616100616101", id="duplicate text key"),
        pytest.param("a101", id="key without value"),
        pytest.param("a1f501", id="key true"),
        pytest.param("a1f93c0001", id="key 1.0"),
        pytest.param("a1400100", id="key of bytes"),
        pytest.param("a1c2410101", id="key of a tag"),
        pytest.param("18", id="argument cut off"),
        pytest.param("42ff", id="string cut off"),
        pytest.param("1c", id="reserved length 28"),
        pytest.param("1f", id="indefinite number"),
        pytest.param("3f", id="indefinite negative number"),
        pytest.param("df", id="indefinite tag"),
        pytest.param("ff", id="break alone"),
        pytest.param("81ff", id="break in a definite array"),
        pytest.param("a101ff", id="break for a value"),
        pytest.param("bf01ff", id="break after a key"),
        pytest.param("9f01", id="no break"),
        pytest.param("5f4101", id="string without break"),
        pytest.param("5f6161ff", id="text in a string of bytes"),
        pytest.param("5f5f4101ffff", id="indefinite string in one"),
        pytest.param("f800", id="simple value written too long"),
        pytest.param("f818", id="reserved simple value"),
        pytest.param("fc", id="reserved simple value 28"),
        pytest.param("62c328", id="text that is not UTF-8"),
        pytest.param("63eda080", id="surrogate in text"),
        pytest.param("7f61c361bcff", id="character split over two texts"),
        pytest.param("5bffffffffffffffff00", id="string longer than everything"),
        pytest.param("9bffffffffffffffff00", id="array longer than everything"),
        pytest.param("bb4000000000000000", id="map longer than everything"),
        pytest.param("c249010000000000000000", id="big number"),
        pytest.param("c48221196ab3", id="decimal fraction"),
        pytest.param("d8236161", id="regular expression"),
        pytest.param("d81c81d81d00", id="shared reference"),
    ],
)
def test_what_is_ill_formed_or_not_ours_is_refused(encoded: str) -> None:
    assert refused(bytes.fromhex(encoded))


def test_the_bounds_are_exact() -> None:
    def nested(depth: int) -> bytes:
        return b"\x81" * depth + b"\x00"

    def wide(keys: int) -> bytes:
        return cbor.encode(dict.fromkeys(range(keys)))

    def long(items: int) -> bytes:
        return cbor.encode([0] * (items - 1))

    def chopped(items: int) -> bytes:
        return b"\x5f" + b"\x40" * (items - 1) + b"\xff"

    bounds = ((nested, limits.DEPTH), (wide, limits.MAP_KEYS), (long, limits.CBOR_ITEMS), (chopped, limits.CBOR_ITEMS))
    for make, bound in bounds:
        assert not refused(make(bound))
        assert refused(make(bound + 1))


def test_embedded_items_keep_their_bytes_as_received() -> None:
    spelled_long = bytes.fromhex("d818590001") + b"\x00"
    assert cbor.decode(b"\x81" + spelled_long) == [cbor.Embedded(b"\x00", spelled_long)]
    assert cbor.encode([cbor.Embedded(b"\x00", spelled_long)]) == b"\x81" + spelled_long


def test_only_a_map_is_a_map() -> None:
    assert cbor.decode_map(b"\xa0") == {}
    with pytest.raises(Reject, match=Reason.MALFORMED):
        cbor.decode_map(b"\x80")
