import json as library

import pytest

from trust_registry.model import Algorithm
from verifier import limits
from verifier.sealed import unseal
from verifier.verdict import Reason, Reject
from verifier.wire import base64url, jws

_PAYLOAD = b'{"iss":"https://issuer.example"}'


def _compact(header: object, payload: bytes = _PAYLOAD, signature: bytes = b"s" * 64) -> bytes:
    head = header if isinstance(header, bytes) else library.dumps(header).encode()
    return b".".join(base64url.encode(part) for part in (head, payload, signature))


def _refusal(data: bytes, *, compressed: bool = False) -> Reason:
    with pytest.raises(Reject) as caught:
        jws.decode(data, compressed=compressed)
    return caught.value.reason


def test_the_parts_are_kept_as_received() -> None:
    data = _compact({"alg": "ES256", "kid": "k1", "typ": "JWT"})
    doc = jws.decode(data)
    assert (doc.type, doc.key_id, unseal(doc.payload)) == ("JWT", "k1", _PAYLOAD)
    assert unseal(doc.signed.message) == data.rpartition(b".")[0]
    assert (doc.signed.signature, doc.signed.algorithm) == (b"s" * 64, Algorithm.ES256)


def test_absent_is_none() -> None:
    doc = jws.decode(_compact({"alg": "EdDSA"}))
    assert (doc.type, doc.key_id, doc.signed.algorithm) == (None, None, Algorithm.ED25519)


@pytest.mark.parametrize("name", ["none", "None", "nOnE"])
def test_unsigned_is_badly_signed(name: str) -> None:
    assert _refusal(_compact({"alg": name}, signature=b"")) is Reason.SIGNATURE_BAD


@pytest.mark.parametrize("name", ["HS256", "", "es256", "RSA-OAEP"])
def test_an_algorithm_outside_the_list_is_unsupported(name: str) -> None:
    assert _refusal(_compact({"alg": name})) is Reason.UNSUPPORTED_ALGORITHM


@pytest.mark.parametrize(
    "header",
    [
        {},
        {"alg": 256},
        {"alg": ["ES256"]},
        {"alg": "ES256", "crit": ["x"], "x": 1},
        {"alg": "ES256", "crit": []},
        {"alg": "ES256", "b64": False},
        {"alg": "ES256", "b64": True},
        {"alg": "ES256", "zip": "DEF"},
        {"alg": "ES256", "zip": None},
        b'{"alg":"none","alg":"ES256"}',
        b'["ES256"]',
        b"",
        b'{"alg":"ES256","a":' + b"[" * 5_000,
    ],
    ids=lambda header: str(header)[:40],
)
def test_a_header_that_we_do_not_understand_whole_is_refused(header: object) -> None:
    assert _refusal(_compact(header)) is Reason.MALFORMED


@pytest.mark.parametrize("header", [{"alg": "ES256"}, {"alg": "ES256", "zip": "GZ"}, {"alg": "ES256", "zip": None}])
def test_a_compressed_payload_must_say_so(header: object) -> None:
    assert _refusal(_compact(header), compressed=True) is Reason.MALFORMED


def test_a_compressed_payload_is_left_as_it_is() -> None:
    assert unseal(jws.decode(_compact({"alg": "ES256", "zip": "DEF"}), compressed=True).payload) == _PAYLOAD


def test_the_structure_is_three_parts_of_base64url_within_bounds() -> None:
    good = _compact({"alg": "ES256"})
    for data in (
        b"",
        b"..",
        good + b".",
        good + b"=",
        good + b"\n",
        b" " + good,
        good.rpartition(b".")[0],
        good + good,
    ):
        assert _refusal(data) is Reason.MALFORMED
    assert _refusal(_compact({"alg": "ES256"}, b"x" * limits.INFLATED_BYTES)) is Reason.MALFORMED


def test_typ_and_kid_are_text() -> None:
    doc = jws.decode(_compact({"alg": "ES256", "kid": 1, "typ": 2}))
    with pytest.raises(Reject):
        _ = doc.key_id
    with pytest.raises(Reject):
        _ = doc.type
