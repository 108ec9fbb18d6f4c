"""The importers: every entry of a list becomes a key with its scope, or a named refusal; nothing in between."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.lists import FROM, P256, TO, b64, certificate, jwk, pem, source, spki
from trust_registry.importers import ALL, health, keys
from trust_registry.importers import certificate as certificates
from trust_registry.importers.refusal import Refusal
from trust_registry.importers.source import Import, read
from trust_registry.model import Algorithm, IssuerKey, Kind, Scope, Standing
from verifier import limits
from verifier.verdict import FormatId
from verifier.wire.json import Json, Object

VACCINATION = "1.3.6.1.4.1.1847.2021.1.2"
SIGNER = certificate(usages=[VACCINATION])
AUTHORITY = certificate(ec.generate_private_key(ec.SECP384R1()), authority=True)
KEY_ID = certificates.read(SIGNER).key_id


def refusals(result: Import) -> list[Refusal]:
    return [refusal for _, refusal in result.refused]


# --- WHO GDHCN


def version_1(data: bytes = SIGNER, *, nation: str = "deu", key_id: bytes = KEY_ID, **more: Json) -> Object:
    controller = f"did:web:tng-cdn.who.int:trustlist:{nation}"
    return {
        "id": f"{controller}#{b64(key_id)}",
        "controller": controller,
        "publicKeyJwk": {"kty": "EC", "x5c": [b64(data)], "crv": "UNKNOWN CURVE", "x": "AA", "y": "AA"},
        **more,
    }


def version_2(data: bytes, usage: str, nation: str = "DEU") -> Object:
    return version_1(
        data,
        key_id=certificates.read(data).key_id,
        participant={"code": f"#{nation}"},
        keyusage={"code": f"#{usage}"},
        domain={"code": "#DCC"},
    )


def did_document(methods: Sequence[Json]) -> bytes:
    return json.dumps({
        "id": "did:web:tng-cdn.who.int:trustlist",
        "verificationMethod": list(methods),
        "proof": {"created": "2026-08-22T17:00:14Z"},
    }).encode()  # fmt: skip


def import_gdhcn(*methods: Json, test_issuers: bool = False) -> Import:
    name, result = read(source("did.json", did_document(methods), test_issuers=test_issuers), ALL)
    assert name == "gdhcn"
    return result


def test_a_gdhcn_signer_is_taken_from_its_certificate_never_from_the_numbers_beside_it() -> None:
    for method in (version_1(), version_2(SIGNER, "DSC")):
        result = import_gdhcn(method)
        assert refusals(result) == []
        assert result.keys == (
            IssuerKey(
                FormatId.HC1,
                KEY_ID,
                "DE",
                Algorithm.ES256,
                spki(),
                Scope(frozenset({Kind.VACCINATION}), frozenset({"DE"})),
                None,
                TO.timestamp(),
            ),
        )
        assert result.issued_at == 1_787_418_014.0


def test_a_percent_encoded_key_id_is_the_same() -> None:
    method = version_1()
    method["id"] = str(method["id"]).replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")
    assert import_gdhcn(method).keys[0].key_id == KEY_ID


def test_authorities_are_anchors_and_other_usages_sign_no_credentials() -> None:
    result = import_gdhcn(version_2(AUTHORITY, "CSCA"), version_2(AUTHORITY, "SCA"), version_2(SIGNER, "DECA"))
    assert [key.anchor for key in result.keys] == [True, True]
    assert result.keys[0].key_id == certificates.read(AUTHORITY).subject_key_id
    assert refusals(result) == [Refusal.NOT_A_SIGNER]


def test_two_spellings_of_a_country_are_one_scope() -> None:
    greek = certificate(country="GR")
    result = import_gdhcn(version_1(greek, key_id=certificates.read(greek).key_id))
    assert result.keys[0].scope.countries == {"GR", "EL"}


def test_test_nations_are_refused_but_in_training_registries() -> None:
    assert refusals(import_gdhcn(version_1(nation="xxh"))) == [Refusal.TEST_ISSUER]
    assert refusals(import_gdhcn(version_2(SIGNER, "DSC", "XXH"))) == [Refusal.TEST_ISSUER]
    assert len(import_gdhcn(version_1(nation="xxh"), test_issuers=True).keys) == 1


@pytest.mark.parametrize(("entry", "refusal"), [
    (None, Refusal.EMPTY),
    ("did:web:tng-cdn.who.int:v2:trustlist-ref:DCC:-:SCA", Refusal.REFERENCE),
    ([], Refusal.MALFORMED),
    (version_1(key_id=b"12345678"), Refusal.KEY_ID),
    (version_1(b"no certificate"), Refusal.MALFORMED),
    (version_2(certificate(country=None), "DSC"), Refusal.NO_COUNTRY),
    ({**version_1(), "publicKeyJwk": {}}, Refusal.EMPTY),
    ({**version_1(), "keyusage": {"code": 7}}, Refusal.MALFORMED),
    ({**version_1(), "id": 7}, Refusal.MALFORMED),
])  # fmt: skip
def test_a_gdhcn_entry_that_is_no_signer_is_refused_by_name(entry: Json, refusal: Refusal) -> None:
    result = import_gdhcn(entry, version_1())
    assert refusals(result) == [refusal]
    assert len(result.keys) == 1  # the others are taken


# --- a folder of one's own


def import_folder(scopes: str, **files: bytes) -> Import:
    beside = {name.replace("_", "."): data for name, data in files.items()}
    name, result = read(source("scopes.toml", scopes.encode(), beside), ALL)
    assert name == "folder"
    return result


DE = '["issuer.pem"]\nformat = "hc1"\nissuer = "DE"\n'


def test_a_folder_says_what_each_key_may_attest() -> None:
    result = import_folder(
        DE
        + 'kinds = ["test"]\ncountries = ["DE", "AT"]\ntypes = ["a"]\n'
        + "not_before = 2021-01-01T00:00:00Z\nspecimen = true",
        issuer_pem=b"text before\r\n" + pem("CERTIFICATE", SIGNER).replace(b"\n", b"\r\n"),
    )
    (key,) = result.keys
    assert key == IssuerKey(
        FormatId.HC1,
        KEY_ID,
        "DE",
        Algorithm.ES256,
        spki(),
        Scope(frozenset({Kind.TEST}), frozenset({"DE", "AT"}), frozenset({"a"})),
        1_609_459_200.0,
        TO.timestamp(),
        Standing.SPECIMEN,
    )


@pytest.mark.parametrize("content", [SIGNER, pem("CERTIFICATE", SIGNER)])
def test_a_certificate_says_what_the_description_leaves_open(content: bytes) -> None:
    (key,) = import_folder(DE, issuer_pem=content).keys
    assert key.scope.kinds == {Kind.VACCINATION}
    assert (key.not_before, key.not_after) == (FROM.timestamp(), TO.timestamp())
    (anchor,) = import_folder(DE + "anchor = true", issuer_pem=content).keys
    assert anchor.key_id == certificates.read(SIGNER).subject_key_id


@pytest.mark.parametrize(("content", "key_id"), [
    (pem("PUBLIC KEY", spki()), keys.thumbprint(keys.from_jwk(jwk())).encode()),
    (json.dumps(jwk(kid="one")).encode(), b"one"),
    (json.dumps({"keys": [jwk(kid="one")]}).encode(), b"one"),
    (json.dumps({"keys": [jwk()]}).encode(), keys.thumbprint(keys.from_jwk(jwk())).encode()),
])  # fmt: skip
def test_a_bare_key_is_named_by_its_set_or_its_thumbprint(content: bytes, key_id: bytes) -> None:
    assert [key.key_id for key in import_folder(DE, issuer_pem=content).keys] == [key_id]
    for written, meant in (("hex:0102", b"\1\2"), ("key-1", b"key-1")):
        (key,) = import_folder(DE + f'key_id = "{written}"', issuer_pem=content).keys
        assert key.key_id == meant


@pytest.mark.parametrize(("scopes", "where"), [
    ("[", "is not TOML"),
    ("a = 1", "a: is no table"),
    ("[a]\n", "a: format: is missing"),
    ('[a]\nformat = "hc2"\n', "a: format: known are"),
    ('[a]\nformat = "hc1"\n', "a: issuer: is missing"),
    (DE + 'kinds = ["cake"]', "issuer.pem: kinds: known are"),
    (DE + 'kinds = "test"', "issuer.pem: kinds: is no list"),
    (DE + 'algorithm = "none"', "issuer.pem: algorithm: known are"),
    (DE + 'key_id = "hex:0"', "issuer.pem: key_id: is not hexadecimal"),
    (DE + "not_after = 2021-01-01T00:00:00", "issuer.pem: not_after: needs a zone"),
    (DE + "not_after = 7", "issuer.pem: not_after: is no datetime"),
    (DE + "trusted = true", "issuer.pem: trusted: no such key"),
])  # fmt: skip
def test_a_description_that_cannot_be_used_names_its_file_and_key(scopes: str, where: str) -> None:
    result = import_folder(scopes, issuer_pem=SIGNER)
    assert not result.whole
    assert result.keys == ()
    ((label, refusal),) = result.refused
    assert label.startswith(f"scopes.toml: {where}")
    assert refusal is Refusal.SCOPES


@pytest.mark.parametrize(("files", "refusal"), [
    ({}, Refusal.EMPTY),
    ({"issuer_pem": b"CHANGE with the content"}, Refusal.EMPTY),
    ({"issuer_pem": pem("CERTIFICATE", b"no")}, Refusal.MALFORMED),
    ({"issuer_pem": json.dumps(jwk(d="AA")).encode()}, Refusal.PRIVATE_KEY),
])  # fmt: skip
def test_a_file_without_a_key_is_refused_by_name(files: dict[str, bytes], refusal: Refusal) -> None:
    assert refusals(import_folder(DE, **files)) == [refusal]


def test_a_key_whose_private_half_was_published_is_denied_everywhere() -> None:
    (key,) = import_folder(DE, issuer_pem=json.dumps(jwk(d="AA", kid="x")).encode()).keys
    assert (key.public_key, key.standing) == (spki(P256), Standing.DENIED)


# --- all of them


def test_a_file_that_no_importer_knows_is_refused_as_a_whole() -> None:
    name, result = read(source("README.md", b"# hello"), ALL)
    assert (name, refusals(result), result.whole) == ("unknown", [Refusal.UNKNOWN_LIST], False)


def test_a_list_too_large_is_refused_before_it_is_read() -> None:
    huge = replace(source("did.json", b""), data=bytes(limits.LIST_BYTES + 1))
    assert refusals(read(huge, ALL)[1]) == [Refusal.TOO_LARGE]


def test_a_list_of_a_million_keys_is_refused_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LIST_ENTRIES", 3)
    assert refusals(import_gdhcn(*[None] * 4)) == [Refusal.TOO_MANY]
    assert import_gdhcn(*[None] * 3).whole


@pytest.mark.parametrize("document", [b"{}", b"[", b'{"verificationMethod": {}}', b'{"a": 1, "a": 2}'])
def test_a_list_that_is_malformed_as_a_whole_yields_nothing(document: bytes) -> None:
    name, result = read(source("did.json", document + b' "did:web:tng-cdn'), ALL)
    assert (name, result.whole, result.keys) == ("gdhcn", False, ())


def test_every_list_and_refusal_is_described() -> None:
    described = (Path(__file__).parents[1] / "docs/reference/trusted-lists.md").read_text()
    for name in [*Refusal, *(importer.NAME for importer in ALL)]:
        assert f"\n| `{name}` |" in described


def test_an_rsa_signer_signs_health_certificates_with_pss_whatever_signed_its_own_certificate() -> None:
    rsa_key = rsa.generate_private_key(65_537, 2_048)
    material = keys.from_spki(rsa_key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    assert health.algorithm(replace(material, algorithm=Algorithm.RS256)) is Algorithm.PS256


def test_a_health_key_in_a_folder_signs_with_pss_too() -> None:
    signed_with_pkcs1 = certificate(rsa.generate_private_key(65_537, 2_048))
    (key,) = import_folder(DE, issuer_pem=signed_with_pkcs1).keys
    assert key.algorithm is Algorithm.PS256
    (stated,) = import_folder(DE + 'algorithm = "RS256"', issuer_pem=signed_with_pkcs1).keys
    assert stated.algorithm is Algorithm.RS256
