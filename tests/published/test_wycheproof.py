"""Wycheproof, through our own key loading and our own check of signatures: nothing wrong is accepted."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from trust_registry.importers import keys
from trust_registry.importers.refusal import Refused
from trust_registry.model import Algorithm
from verifier import signature
from verifier.presentation import Signed
from verifier.sealed import Sealed
from verifier.verdict import Reject
from verifier.wire import jws

RAW = {
    "ecdsa_secp256r1_sha256_p1363": Algorithm.ES256,
    "ecdsa_secp384r1_sha384_p1363": Algorithm.ES384,
    "ecdsa_secp256k1_sha256_p1363": Algorithm.ES256K,
    "ed25519": Algorithm.ED25519,
    "rsa_pss_2048_sha256_mgf1_32": Algorithm.PS256,
    "rsa_pss_4096_sha512_mgf1_64": Algorithm.PS512,
    "rsa_signature_2048_sha256": Algorithm.RS256,
}
# DER where a signature is r||s on the wire, and parameters that are none of ours: all of it must be refused.
FOREIGN = {
    "ecdsa_secp256r1_sha256": Algorithm.ES256,
    "ecdsa_secp384r1_sha384": Algorithm.ES384,
    "ecdsa_secp521r1_sha512": Algorithm.ES512,
    "ed448": Algorithm.ED25519,
}

WIDTH = {"ecdsa_secp256r1_sha256": 32, "ecdsa_secp384r1_sha384": 48, "ecdsa_secp521r1_sha512": 66}

Group = Mapping[str, object]
Case = Mapping[str, str]


def groups(corpora: Path, name: str) -> Iterator[tuple[Group, list[Case]]]:
    file = corpora / "security" / "wycheproof" / "testvectors_v1" / f"{name}_test.json"
    for group in json.loads(file.read_text())["testGroups"]:
        yield group, group["tests"]


def holds(public_key: bytes, case: Case, algorithm: Algorithm) -> bool:
    signed = Signed(Sealed(bytes.fromhex(case["msg"])), bytes.fromhex(case["sig"]), algorithm)
    with suppress(Reject):
        signature.check_under(signed, public_key, algorithm)
        return True
    return False


def spki(group: Group) -> bytes:
    return bytes.fromhex(str(group["publicKeyDer"]))


@pytest.mark.parametrize(("name", "algorithm"), RAW.items())
def test_what_is_valid_holds_and_nothing_else_does(corpora: Path, name: str, algorithm: Algorithm) -> None:
    judged = 0
    for group, cases in groups(corpora, name):
        try:
            material = keys.used_with(keys.from_spki(spki(group)), algorithm)
        except Refused:  # an exponent out of our bounds never reaches a gate
            continue
        for case in cases:
            judged += 1
            assert holds(material.public_key, case, algorithm) is (case["result"] == "valid"), case["comment"]
    assert judged > 100


@pytest.mark.parametrize(("name", "algorithm"), FOREIGN.items())
def test_another_encoding_or_another_algorithm_never_holds(corpora: Path, name: str, algorithm: Algorithm) -> None:
    for group, cases in groups(corpora, name):
        raw = [case for case in cases if len(case["sig"]) == 4 * WIDTH.get(name, 0)]  # r||s after all
        assert not any(holds(spki(group), case, algorithm) for case in cases if case not in raw)


def test_pss_with_other_parameters_never_holds(corpora: Path) -> None:
    for group, cases in groups(corpora, "rsa_pss_misc"):
        ours = (group["sha"], group["mgfSha"], group["sLen"]) == ("SHA-256", "SHA-256", 32)
        for case in cases:
            assert not holds(spki(group), case, Algorithm.PS256) or (ours and case["result"] == "valid")


def test_a_token_holds_under_its_own_key_alone(corpora: Path) -> None:
    outcomes = []
    for name in ("json_web_signature", "json_web_crypto"):
        for group, cases in groups(corpora, name):
            jwk = group.get("public", group["private"])
            assert isinstance(jwk, dict)
            for case in cases:
                token = case.get("jws")
                if not isinstance(token, str):
                    continue  # JSON serialisation, which we do not read
                accepted = _accepts(token, jwk)
                outcomes.append((accepted, case["result"]))
                assert not accepted or case["result"] == "valid", (name, case["tcId"], case["comment"])
    assert (True, "valid") in outcomes


def _accepts(token: str, jwk: dict[str, object]) -> bool:
    try:
        material = keys.from_jwk(keys.without_private_members(jwk))  # type: ignore[arg-type]
        signature.check_under(jws.decode(token.encode()).signed, material.public_key, material.algorithm)
    except (Refused, Reject):
        return False
    return True
