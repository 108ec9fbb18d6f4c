import pytest

from trust_registry.model import Algorithm
from verifier.verdict import Reason, Reject
from verifier.wire import cbor, cose

_ES256: cbor.Map = {1: -7}


def message(protected: cbor.Map | bytes, unprotected: cbor.Value, *rest: cbor.Value) -> list[cbor.Value]:
    header = protected if isinstance(protected, bytes) else cbor.encode(protected)
    return [header, unprotected, *(rest or (b"payload", b"signature"))]


def test_a_message_is_taken_apart_untagged_and_under_its_tags() -> None:
    plain = message({1: -7, 4: b"key"}, {})
    for value in (plain, cbor.Tagged(18, plain), cbor.Tagged(61, cbor.Tagged(18, plain))):
        decoded = cose.decode(cbor.encode(value))
        assert (decoded.algorithm, decoded.key_id) == (Algorithm.ES256, b"key")
        assert (decoded.payload, decoded.signature) == (b"payload", b"signature")


def test_the_signature_covers_the_header_as_received() -> None:
    # RFC 9052 section 4.4; the header's keys stand in an order of their own
    header = bytes.fromhex("a2") + bytes.fromhex("0441 41".replace(" ", "")) + bytes.fromhex("0126")
    decoded = cose.decode(cbor.encode(message(header, {}, b"p", b"s")))
    assert decoded.covered(b"p") == b"\x84\x6aSignature1" + cbor.encode(header) + b"\x40\x41p"


def test_the_key_id_may_stand_in_either_header_and_be_text() -> None:
    assert cose.sign1(message(_ES256, {4: b"key"})).key_id == b"key"
    assert cose.sign1(message({**_ES256, 4: "11"}, {})).key_id == b"11"
    assert cose.sign1(message(_ES256, {})).key_id == b""


def test_a_payload_may_travel_apart() -> None:
    assert cose.sign1(message(_ES256, {}, None, b"s")).payload is None


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(cbor.Tagged(61, message(_ES256, {})), id="CWT tag without the message's"),
        pytest.param(cbor.Tagged(18, cbor.Tagged(18, message(_ES256, {}))), id="tagged twice"),
        pytest.param(message(_ES256, {})[:3], id="three members"),
        pytest.param([*message(_ES256, {}), b""], id="five members"),
        pytest.param(message({4: b"key"}, {1: -7}), id="algorithm not covered"),
        pytest.param(message({1: -7, 4: b"a"}, {4: b"a"}), id="key id in both headers"),
        pytest.param(message(_ES256, {1: -7}), id="algorithm in both headers"),
        pytest.param(message({**_ES256, 2: [99], 99: 0}, {}), id="critical extension"),
        pytest.param(message({**_ES256, 2: []}, {}), id="empty list of critical extensions"),
        pytest.param(message(_ES256, {2: [99]}), id="critical extension not covered"),
        pytest.param(message(cbor.encode([1, -7]), {}), id="header is no map"),
        pytest.param(message(b"\xa1\x01\x26\x00", {}), id="trailing byte in the header"),
        pytest.param(message(b"\xbf\x01\x26\xff", {}), id="header of indefinite length"),
        pytest.param(message(b"\xa1\x01\x38\x06", {}), id="algorithm written too long"),
        pytest.param(message(b"\xa2\x01\x26\x01\x26", {}), id="algorithm twice"),
        pytest.param(message(b"", {}), id="empty header"),
        pytest.param(message(_ES256, []), id="unprotected header is no map"),
        pytest.param(message(_ES256, {}, "text", b"s"), id="payload is text"),
        pytest.param(message(_ES256, {}, b"p", None), id="no signature"),
        pytest.param(message({**_ES256, 4: 7}, {}), id="key id is a number"),
    ],
)
def test_a_message_out_of_shape_is_refused(value: cbor.Value) -> None:
    with pytest.raises(Reject, match=Reason.MALFORMED):
        cose.decode(cbor.encode(value))


@pytest.mark.parametrize("tag", [0x11, 0x60, 0x61, 0x62], ids=["MAC0", "encrypted", "MAC", "many signatures"])
def test_another_kind_of_message_is_refused(tag: int) -> None:
    head = bytes([0xC0 | tag]) if tag < 24 else bytes([0xD8, tag])
    with pytest.raises(Reject, match=Reason.MALFORMED):
        cose.decode(head + cbor.encode(message(_ES256, {})))


@pytest.mark.parametrize("algorithm", [0, -6, 5, "ES256", None, True, [-7]])
def test_an_algorithm_that_we_do_not_know_is_no_failure_of_the_holder(algorithm: cbor.Value) -> None:
    with pytest.raises(Reject, match=Reason.UNSUPPORTED_ALGORITHM):
        cose.sign1(message({1: algorithm}, {}))
