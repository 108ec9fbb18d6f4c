import json as library
from hashlib import sha256, sha384, sha512

import pytest

from verifier import limits
from verifier.verdict import Reason, Reject
from verifier.wire import base64url, sd_jwt
from verifier.wire.json import Json, Object

_ISSUED = b".".join((base64url.encode(b'{"alg":"ES256"}'), base64url.encode(b"{}"), base64url.encode(bytes(64))))


def _disclosure(*parts: Json) -> bytes:
    return base64url.encode(library.dumps(["salt", *parts]).encode())


def _digest(text: bytes) -> Json:
    return base64url.encode(sha256(text).digest()).decode()


def _refuses(payload: Object, *disclosures: bytes) -> None:
    with pytest.raises(Reject) as caught:
        sd_jwt.reveal(payload, disclosures)
    assert caught.value.reason is Reason.MALFORMED


_AGE = _disclosure("age_over_18", *[True])
_LAND = _disclosure("UT")


def test_the_parts_are_told_apart_and_the_holders_jwt_covers_all_before_it() -> None:
    plain = sd_jwt.decode(_ISSUED + b"~" + _AGE + b"~")
    assert (plain.disclosures, plain.key_binding, plain.presented) == ((_AGE,), None, _ISSUED + b"~" + _AGE + b"~")
    bound = sd_jwt.decode(_ISSUED + b"~" + _ISSUED)
    assert (bound.disclosures, bound.presented) == ((), _ISSUED + b"~")
    assert bound.key_binding is not None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"~",
        _ISSUED,
        _ISSUED + b"~" + _AGE,
        _ISSUED + b"~" * (limits.DISCLOSURES + 2),
        _ISSUED + b"~" + b"A" * limits.INFLATED_BYTES + b"~",
    ],
    ids=lambda data: data[-8:].decode(),
)
def test_what_is_no_sd_jwt_within_bounds_is_refused(data: bytes) -> None:
    with pytest.raises(Reject):
        sd_jwt.decode(data)


def test_members_and_elements_are_revealed_in_their_places_and_the_rest_is_not_there() -> None:
    payload: Object = {
        "_sd_alg": "sha-256",
        "_sd": [_digest(_AGE), "decoy"],
        "nationalities": [{"...": _digest(_LAND)}, {"...": "not shown"}, "XR"],
        "address": {"_sd": ["not shown either"], "country": "UT"},
    }
    assert sd_jwt.reveal(payload, [_AGE, _LAND]) == {
        "age_over_18": True,
        "nationalities": ["UT", "XR"],
        "address": {"country": "UT"},
    }


def test_a_disclosure_may_open_into_more() -> None:
    outer = _disclosure("address", {"_sd": [_digest(_AGE)]})
    assert sd_jwt.reveal({"_sd": [_digest(outer)]}, [_AGE, outer]) == {"address": {"age_over_18": True}}


@pytest.mark.parametrize(("name", "function"), [("sha-256", sha256), ("sha-384", sha384), ("sha-512", sha512)])
def test_the_issuer_names_the_hash(name: str, function: type) -> None:
    made = base64url.encode(function(_AGE).digest()).decode()
    assert sd_jwt.reveal({"_sd_alg": name, "_sd": [made]}, [_AGE]) == {"age_over_18": True}


@pytest.mark.parametrize("name", ["md5", "sha-1", "SHA-256", "", ["sha-256"], None, 256])
def test_any_other_hash_is_refused(name: Json) -> None:
    _refuses({"_sd_alg": name, "_sd": [_digest(_AGE)]}, _AGE)


def test_what_is_shown_must_be_used_exactly_once() -> None:
    _refuses({}, _AGE)
    _refuses({"_sd": [_digest(_AGE)]}, _AGE, _AGE)
    _refuses({"_sd": [_digest(_AGE), _digest(_AGE)]}, _AGE)
    _refuses({"_sd": [_digest(_AGE)], "inner": {"_sd": [_digest(_AGE)]}}, _AGE)
    _refuses({"_sd": ["decoy", "decoy"]})


def test_no_name_is_there_twice_and_none_is_reserved() -> None:
    other = base64url.encode(b'["other salt","age_over_18",false]')
    _refuses({"_sd": [_digest(_AGE)], "age_over_18": False}, _AGE)
    _refuses({"_sd": [_digest(_AGE), _digest(other)]}, _AGE, other)
    for name in ("_sd", "..."):
        reserved = _disclosure(name, [])
        _refuses({"_sd": [_digest(reserved)]}, reserved)
    _refuses({"...": "anywhere but alone in an array"})
    _refuses({"list": [{"...": _digest(_LAND), "more": 1}]}, _LAND)


@pytest.mark.parametrize(
    "text", [b"", b"AA", b"W10", base64url.encode(b"{}"), _LAND + b"=", base64url.encode(b'[1,"a",2]')]
)
def test_a_disclosure_is_a_salted_array(text: bytes) -> None:
    _refuses({"_sd": [_digest(text)]}, text)


def test_members_have_three_parts_and_elements_two() -> None:
    _refuses({"_sd": [_digest(_LAND)]}, _LAND)
    _refuses({"list": [{"...": _digest(_AGE)}]}, _AGE)
    long = _disclosure("name", "value", "more")
    _refuses({"_sd": [_digest(long)]}, long)


def test_what_holds_digests_is_an_array_of_text() -> None:
    wrong: list[Json] = ["text", {}, 1, None]
    for one in wrong:
        _refuses({"_sd": one})
    _refuses({"_sd": [1]})
    _refuses({"list": [{"...": 1}]})


def test_nesting_is_bounded_through_disclosures_too() -> None:
    inner, disclosures = _disclosure("n", 0), []
    for _ in range(limits.DEPTH):
        disclosures.append(inner)
        inner = _disclosure("n", {"_sd": [_digest(inner)]})
    _refuses({"_sd": [_digest(inner)]}, *disclosures, inner)
