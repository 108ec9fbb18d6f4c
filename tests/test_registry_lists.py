"""Each published kind of list, made anew with our own keys: what is taken, with which scope, and what is refused."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import PurePath

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7Options, PKCS7SignatureBuilder
from hypothesis import example, given
from hypothesis import strategies as st

from tests.lists import FROM, P256, RSA, TO, b64, certificate, jwk, pem, source, spki
from trust_registry.importers import ALL, ber, keys, proofs
from trust_registry.importers import certificate as certificates
from trust_registry.importers.refusal import Refusal
from trust_registry.importers.source import Import, Proof, Source, read
from trust_registry.model import Algorithm, Kind, Scope, Standing
from verifier.verdict import FormatId, Reject
from verifier.wire import cbor, der
from verifier.wire.json import Json, Object

P521 = ec.generate_private_key(ec.SECP521R1())
SIGNER = certificate(usages=["1.3.6.1.4.1.0.1847.2021.1.1"])
KEY_ID = certificates.read(SIGNER).key_id
AUTHORITY = certificate(authority=True)


def imported(name: str, given_source: Source) -> Import:
    found, result = read(given_source, ALL)
    assert found == name
    return result


def refusals(result: Import) -> list[Refusal]:
    return [refusal for _, refusal in result.refused]


def as_json(value: Json, name: str = "list.json", **beside: bytes) -> Source:
    files = {f"list{ending.replace('_', '.', 1)}".replace("_", "-"): data for ending, data in beside.items()}
    return source(name, json.dumps(value, separators=(",", ":")).encode(), files)


def pin_of(public_key: bytes) -> frozenset[bytes]:
    return frozenset({sha256(public_key).digest()})


# --- national lists of health certificate signers


def entry(data: bytes = SIGNER, **more: Json) -> Object:
    return {"kid": b64(certificates.read(data).key_id), "rawData": b64(data), **more}


def protocol_buffer(data: bytes) -> bytes:
    body = b"\x0a\x08" + KEY_ID + b"\x12" + varint(len(data)) + data
    return b"\x0a" + varint(len(body)) + body


def varint(number: int) -> bytes:
    return bytes([number & 0x7F | 0x80, number >> 7])


POLISH: Json = {"identyfikatorKlucza": b64(KEY_ID), "certyfikat": b64(SIGNER)}


@pytest.mark.parametrize("spelled", [
    as_json({"certificates": [entry(country="DE")]}),
    as_json({"certificates": [entry()]}),
    as_json([POLISH]),
    source("list.bin", protocol_buffer(SIGNER)),
])  # fmt: skip
def test_four_spellings_of_a_signer_certificate_are_one_key(spelled: Source) -> None:
    _, result = read(spelled, ALL)
    (key,) = result.keys
    assert (key.format, key.key_id, key.issuer, key.public_key) == (FormatId.HC1, KEY_ID, "DE", spki())
    assert key.scope == Scope(frozenset({Kind.TEST}), frozenset({"DE"}))


@pytest.mark.parametrize(("broken", "refusal"), [
    (None, Refusal.EMPTY),
    ({"kid": "AAAA"}, Refusal.MALFORMED),
    (entry(country="FR"), Refusal.COUNTRY),
    ({**entry(), "kid": b64(b"12345678")}, Refusal.KEY_ID),
    ({**entry(), "rawData": "MII"}, Refusal.MALFORMED),
])  # fmt: skip
def test_a_broken_entry_is_refused_and_the_others_are_taken(broken: Json, refusal: Refusal) -> None:
    result = imported("dcc-certificates", as_json({"certificates": [entry(), broken]}))
    assert refusals(result) == [refusal]
    assert len(result.keys) == 1


def german(body: bytes, signed: bytes, pins: frozenset[bytes] = frozenset()) -> Source:
    r, s = decode_dss_signature(P256.sign(signed, ec.ECDSA(hashes.SHA256())))
    line = b64(r.to_bytes(32) + s.to_bytes(32)).encode()
    return source("dsc.json", line + b"\n" + body, {"dsc-signing-key.pem": pem("PUBLIC KEY", spki())}, pins)


def test_the_german_first_line_signs_the_rest() -> None:
    body = json.dumps({"certificates": [entry()]}).encode()
    assert imported("dcc-certificates", german(body, body)).proof is Proof.UNPINNED
    assert imported("dcc-certificates", german(body, body, pin_of(spki()))).proof is Proof.SIGNED
    unsigned = replace(german(body, body), beside=lambda _name: None)
    assert imported("dcc-certificates", unsigned).proof is Proof.UNVERIFIED
    forged = imported("dcc-certificates", german(body, body + b" "))
    assert (forged.whole, forged.keys, refusals(forged)) == (False, (), [Refusal.LIST_SIGNATURE])


@pytest.mark.parametrize("cut", range(1, 30))
def test_a_torn_protocol_buffer_is_no_half_list(cut: int) -> None:
    whole = protocol_buffer(SIGNER) * 2
    result = imported("dcc-cwa", source("list.bin", whole[:-cut]))
    assert (result.whole, result.keys) == (False, ())


COORDINATES = {name: jwk()[name] for name in ("crv", "x", "y")}
BARE: dict[str, tuple[Json, str, frozenset[Kind], frozenset[str]]] = {
    "Swiss, any kind": (
        {b64(KEY_ID): [{"use": "sig", "alg": "ES256", "n": None, "e": None, **COORDINATES}]},
        "unstated", frozenset(), frozenset()),
    "Swiss, two kinds": (
        {b64(KEY_ID): [{"use": "tv", "alg": "ES256", **COORDINATES}]},
        "unstated", frozenset({Kind.TEST, Kind.VACCINATION}), frozenset()),
    "French": (
        {b64(KEY_ID): {"subject": "CN=x, C=FR", "publicKeyPem": b64(spki()),
                       "notBefore": "2021-06-01T00:00:00.000Z", "notAfter": "2023-06-01T12:30:15.000Z"}},
        "FR", frozenset(), frozenset({"FR"})),
    "Dutch": (
        {"nl_keys": {}, "eu_keys": {b64(KEY_ID): [{"subjectPk": b64(spki()), "ian": "gb", "keyUsage": ["r"]}]}},
        "GB", frozenset({Kind.RECOVERY}), frozenset({"GB", "UK"})),
    "by country": (
        {"dsc_trust_list": {"DE": {
            "eku": {b64(KEY_ID): ["1.3.6.1.4.1.0.1847.2021.1.2", "1.3.6.1.5.5.7.3.2"]},
            "keys": [{"kid": b64(KEY_ID), "n": None, "e": None, **jwk()}]}}},
        "DE", frozenset({Kind.VACCINATION}), frozenset({"DE"})),
}  # fmt: skip


@pytest.mark.parametrize("name", BARE)
def test_bare_keys_get_the_scope_that_their_list_states(name: str) -> None:
    value, issuer, kinds, countries = BARE[name]
    (key,) = imported("dcc-keys", as_json(value)).keys
    assert (key.format, key.key_id, key.public_key) == (FormatId.HC1, KEY_ID, spki())
    assert (key.issuer, key.scope.kinds, key.scope.countries) == (issuer, kinds, countries)
    if name == "French":
        assert (key.not_before, key.not_after) == (FROM.timestamp(), TO.timestamp())


def test_a_swiss_light_key_signs_light_certificates_alone() -> None:
    modulus = RSA.public_key().public_numbers().n.to_bytes(256)
    light: Json = {
        "use": "l",
        "alg": "RS256",
        "n": b64(b"\0" + modulus),
        "e": "AQAB",
        "crv": None,
        "x": None,
        "y": None,
    }
    (key,) = imported("dcc-keys", as_json({b64(KEY_ID): [light]})).keys
    assert key.scope == Scope(countries=frozenset({"CH"}), types=frozenset({"ch-light"}))
    assert key.algorithm is Algorithm.PS256


@pytest.mark.parametrize(("value", "refusal"), [
    ({"AAAA": None, "BBBB": {"publicKeyPem": ""}}, Refusal.EMPTY),  # a list once had a null instead of a key
    ({"AAAA": {"publicKeyPem": b64(spki()), "subject": "CN=EC-Me"}}, Refusal.NO_COUNTRY),
    ({"AAAA": [{"use": "x", "alg": "ES256", **COORDINATES}]}, Refusal.MALFORMED),
    ({"nl_keys": {"one": {}}, "eu_keys": {}}, Refusal.NO_FORMAT),
    ({"nl_keys": {}, "eu_keys": {"AAAA": [{"subjectPk": b64(spki()), "keyUsage": []}]}}, Refusal.NO_COUNTRY),
])  # fmt: skip
def test_a_bare_key_without_a_country_or_a_meaning_is_refused(value: Json, refusal: Refusal) -> None:
    assert refusals(imported("dcc-keys", as_json(value)))[0] is refusal


# --- SMART Health Cards


def snapshot(*issuers: tuple[str, list[Json]]) -> Json:
    infos: list[Json] = [{"issuer": {"iss": name}, "keys": held} for name, held in issuers]
    return {"time": "2026-08-22T04:43:50Z", "issuerInfo": infos}


def health_jwk(**more: Json) -> Json:
    return {**jwk(use="sig", alg="ES256", kid="one"), **more}


def test_a_key_shared_by_issuers_counts_for_each_of_them_byte_for_byte() -> None:
    issuers = ("https://a.example/Path", "https://a.example/path", "https://b.example")
    result = imported("vci", as_json(snapshot(*((name, [health_jwk()]) for name in issuers))))
    assert [key.issuer for key in result.keys] == list(issuers)
    assert {(key.format, key.key_id) for key in result.keys} == {(FormatId.SHC, b"one")}
    assert result.issued_at == datetime(2026, 8, 22, 4, 43, 50, tzinfo=UTC).timestamp()


def test_a_private_key_in_a_public_set_is_refused_and_denied() -> None:
    result = imported("vci", as_json(snapshot(("https://a.example", [health_jwk(d="AA"), health_jwk()]))))
    assert refusals(result) == [Refusal.PRIVATE_KEY]
    assert [key.standing for key in result.keys] == [Standing.DENIED, Standing.GOOD]  # the image denies every copy


@pytest.mark.parametrize(("held", "refusal"), [
    ([], Refusal.EMPTY),
    ([None], Refusal.EMPTY),
    ([health_jwk(x5c=[b64(certificate(P521))])], Refusal.CERTIFICATE),
    ([{"kty": "RSA", "n": b64(RSA.public_key().public_numbers().n.to_bytes(256)), "e": "AQAB"}], Refusal.ALGORITHM),
    ([health_jwk(kid=7)], Refusal.MALFORMED),
])  # fmt: skip
def test_a_health_card_key_that_is_none_is_refused(held: list[Json], refusal: Refusal) -> None:
    assert refusals(imported("vci", as_json(snapshot(("https://a.example", held))))) == [refusal]


def test_a_key_with_its_own_certificate_is_taken() -> None:
    assert len(imported("vci", as_json(snapshot(("https://a.example", [health_jwk(x5c=[b64(SIGNER)])])))).keys) == 1


@pytest.mark.parametrize("member", ["participating_issuers", "issuer_metadata"])
def test_the_directory_itself_holds_references(member: str) -> None:
    assert refusals(imported("vci", as_json({member: [{"iss": "https://a.example"}]}))) == [Refusal.REFERENCE]


def test_the_snapshot_is_signed_beside_it() -> None:
    given_source = as_json(snapshot(("https://a.example", [health_jwk()])))
    signature = P521.sign(given_source.data, ec.ECDSA(hashes.SHA512()))
    files = {"list.sig": signature, "list.crt": pem("CERTIFICATE", certificate(P521))}
    assert imported("vci", replace(given_source, beside=files.get)).proof is Proof.UNPINNED
    pinned = replace(given_source, beside=files.get, pins=pin_of(spki(P521)))
    assert imported("vci", pinned).proof is Proof.SIGNED
    forged = imported("vci", replace(pinned, data=given_source.data + b" "))
    assert (forged.keys, refusals(forged)) == ((), [Refusal.LIST_SIGNATURE])
    files["list.sig"] = b"no signature"
    assert refusals(imported("vci", pinned)) == [Refusal.LIST_SIGNATURE]


# --- PathCheck


def registry(framework: str, name: str, document: Json, **more: Json) -> Source:
    common: Object = {"entityType": "issuer", "status": "current", "displayName": {"en": "Gov"}, **more}
    return as_json({framework: {name: {**common, "didDocument": document}}})


def test_every_framework_of_pathcheck_has_its_format() -> None:
    cases = {
        registry("EUDCC", b64(KEY_ID), pem("CERTIFICATE", SIGNER).decode()): (FormatId.HC1, "DE", KEY_ID),
        registry("SmartHealthCards", "https://a#o", health_jwk()): (FormatId.SHC, "https://a", b"one"),
        registry("DIVOC", "did:india", pem("PUBLIC KEY", spki(RSA)).decode()): (FormatId.DIVOC, "did:india", b""),
        registry("CRED", "K1.X.ORG", pem("PUBLIC KEY", spki()).decode()): (FormatId.CRED, "K1.X.ORG", b"K1.X.ORG"),
        registry("ICAO", "DE#", pem("CERTIFICATE", AUTHORITY).decode()): (
            FormatId.VDS_NC, "DE", certificates.read(AUTHORITY).subject_key_id),
    }  # fmt: skip
    for given_source, expected in cases.items():
        (key,) = imported("pathcheck", given_source).keys
        assert (key.format, key.issuer, key.key_id) == expected
        assert key.anchor is (key.format is FormatId.VDS_NC)


@pytest.mark.parametrize(("given_source", "refusal"), [
    (registry("EUDCC", b64(KEY_ID), "", status="terminated"), Refusal.WITHDRAWN),
    (registry("CRED", "K1", "", displayName={"en": "Test Keys"}), Refusal.TEST_ISSUER),
    (registry("EUDCC", b64(KEY_ID), pem("PUBLIC KEY", spki()).decode()), Refusal.NO_COUNTRY),
    (registry("EUDCC", b64(KEY_ID), "no PEM"), Refusal.MALFORMED),
    (registry("ICAO", "DE#", pem("CERTIFICATE", SIGNER).decode()), Refusal.NOT_A_SIGNER),
    (registry("NEW", "x", ""), Refusal.NO_FORMAT),
])  # fmt: skip
def test_a_pathcheck_entry_that_is_not_current_or_not_usable_is_refused(given_source: Source, refusal: Refusal) -> None:
    assert refusals(imported("pathcheck", given_source)) == [refusal]


# --- signed data: ICAO and the WHO's onboarding


def signed_data(content: bytes, *, key: ec.EllipticCurvePrivateKey = P256, kind: bytes | None = None) -> bytes:
    """Sign with a certificate; `kind` replaces the content type, in both places, and is signed again."""
    signer = x509.load_der_x509_certificate(certificate(key, authority=True))
    builder = PKCS7SignatureBuilder().set_data(content).add_signer(signer, key, hashes.SHA256())
    data = builder.sign(Encoding.DER, [PKCS7Options.Binary])
    return data if kind is None else retyped(data, kind, key)


def retyped(data: bytes, kind: bytes, key: ec.EllipticCurvePrivateKey) -> bytes:
    plain = bytes.fromhex("06092a864886f70d010701")
    *_, old = (part for part in descendants(data) if part.tag == der.context(0) and plain in part.content)
    attributes = rewritten(old.written, plain, der.write(der.OBJECT_ID, kind))
    digest = der.write(der.SET, attributes_content(attributes))
    signature = key.sign(digest, ec.ECDSA(hashes.SHA256()))
    last = [part for part in descendants(data) if part.tag == der.OCTET_STRING][-1]
    return rewritten(
        rewritten(data, plain, der.write(der.OBJECT_ID, kind)), last.written, der.write(der.OCTET_STRING, signature)
    )


def attributes_content(attributes: bytes) -> bytes:
    (element,) = der.elements(attributes)
    return element.content


def descendants(data: bytes) -> list[der.Element]:
    found = []
    for part in der.elements(data):
        found.append(part)
        if part.tag & 0x20:
            found += descendants(part.content)
    return found


def rewritten(data: bytes, old: bytes, new: bytes) -> bytes:
    """Replace every element that is written as `old`."""
    return b"".join(
        new
        if part.written == old
        else der.write(part.tag, rewritten(part.content, old, new))
        if part.tag & 0x20
        else part.written
        for part in der.elements(data)
    )


MASTER_LIST = bytes.fromhex("678108010102")


def master_list(*certificates_in_it: bytes) -> bytes:
    held = der.write(der.SET, b"".join(certificates_in_it))
    return signed_data(der.write(der.SEQUENCE, der.write(der.INTEGER, b"\0") + held), kind=MASTER_LIST)


def indefinite(data: bytes) -> bytes:
    """Write constructed elements with indefinite lengths, as some publishers do."""
    return b"".join(
        bytes([part.tag, 0x80]) + indefinite(part.content) + b"\0\0" if part.tag & 0x20 else part.written
        for part in der.elements(data)
    )


@pytest.mark.parametrize("spelled", [lambda data: data, indefinite])
def test_a_master_list_gives_anchors(spelled: object) -> None:
    assert callable(spelled)
    data = master_list(AUTHORITY, SIGNER)
    given_source = source("de.ml", data if spelled is not indefinite else indefinite(data))
    result = imported("icao-master-list", given_source)
    (key,) = result.keys
    assert (key.format, key.anchor, key.issuer) == (FormatId.VDS_NC, True, "DE")
    assert refusals(result) == [Refusal.NOT_A_SIGNER]
    assert result.proof is Proof.UNPINNED
    assert imported("icao-master-list", replace(given_source, pins=pin_of(spki()))).proof is Proof.SIGNED


def test_a_changed_master_list_is_refused_as_a_whole() -> None:
    data = master_list(AUTHORITY)
    changed = data.replace(AUTHORITY, AUTHORITY[:-1] + bytes([AUTHORITY[-1] ^ 1]), 1)
    result = imported("icao-master-list", source("de.ml", changed))
    assert (result.keys, refusals(result)) == ((), [Refusal.LIST_SIGNATURE])


@given(st.integers(0, 3_000), st.integers(1, 255))
def test_any_changed_byte_of_a_master_list_is_read_or_refused(at: int, change: int) -> None:
    data = bytearray(MASTER)
    data[at % len(data)] ^= change
    read(source("de.ml", bytes(data)), ALL)


MASTER = master_list(AUTHORITY)


@given(st.binary(max_size=60))
@example(b"\x1f\x07" + bytes(7))
def test_any_bytes_become_der_or_are_refused(data: bytes) -> None:
    try:
        written = ber.to_der(data)
    except Reject:
        return
    assert der.elements(written)


def onboarding(usage: str, name: str, data: bytes, pins: frozenset[bytes] = frozenset()) -> Source:
    path = PurePath("prod/DEU/onboarding/DCC") / usage / name
    return replace(source(name, data, pins=pins), path=path)


def test_an_onboarded_authority_is_an_anchor_and_signed_where_the_network_signed_it() -> None:
    plain = imported("gdhcn-onboarding", onboarding("SCA", "SCA.pem", pem("CERTIFICATE", AUTHORITY)))
    assert [key.anchor for key in plain.keys] == [True]
    assert plain.proof is Proof.UNVERIFIED
    signed = signed_data(AUTHORITY, key=P256)
    for name, data in (
        ("SCA.pem_signed.der", signed),
        ("a.json", json.dumps({"trustAnchorSignature": b64(signed)}).encode()),
    ):
        result = imported("gdhcn-onboarding", onboarding("SCA/signed", name, data, pins=pin_of(spki())))
        assert (result.keys, result.proof) == (plain.keys, Proof.SIGNED)


@pytest.mark.parametrize(("usage", "data", "refusal"), [
    ("TLS", pem("CERTIFICATE", SIGNER), Refusal.NOT_A_SIGNER),
    ("SCA", b"CHANGE with SCA content", Refusal.EMPTY),
    ("SCA", b"{\n}", Refusal.EMPTY),
    ("SCA", b"", Refusal.EMPTY),
])  # fmt: skip
def test_onboarding_files_that_are_no_authority_are_refused(usage: str, data: bytes, refusal: Refusal) -> None:
    assert refusals(imported("gdhcn-onboarding", onboarding(usage, "x", data))) == [refusal]


# --- mobile documents


def vical(*infos: cbor.Value, key: ec.EllipticCurvePrivateKey = P256, chain: list[cbor.Value] | None = None) -> bytes:
    body: cbor.Map = {
        "version": "1.0", "vicalProvider": "us", "date": cbor.Tagged(0, "2025-11-18T20:51:32Z"),
        "certificateInfos": list(infos),
    }  # fmt: skip
    protected, payload = cbor.encode({1: -7}), cbor.encode(body)
    r, s = decode_dss_signature(
        key.sign(cbor.encode(["Signature1", protected, b"", payload]), ec.ECDSA(hashes.SHA256()))
    )
    carried: cbor.Value = chain if chain is not None else certificate()
    return cbor.encode([protected, {33: carried}, payload, r.to_bytes(32) + s.to_bytes(32)])


INFO: cbor.Map = {"certificate": AUTHORITY, "serialNumber": cbor.Tagged(2, b"\7"), "docType": ["org.iso.18013.5.1.mDL"]}


def test_a_vical_gives_anchors_for_their_document_types() -> None:
    result = imported("vical", source("vical.cbor", vical(INFO)))
    (key,) = result.keys
    assert (key.format, key.anchor, key.issuer) == (FormatId.MDOC, True, "DE")
    assert key.scope.types == {"org.iso.18013.5.1.mDL"}
    assert result.issued_at == datetime(2025, 11, 18, 20, 51, 32, tzinfo=UTC).timestamp()


def test_a_vical_is_signed_when_a_pinned_authority_vouches_for_its_signer() -> None:
    root, stranger = ec.generate_private_key(ec.SECP384R1()), ec.generate_private_key(ec.SECP256R1())
    chain: list[cbor.Value] = [certificate(P256, signer=root, authority=True), certificate(root, authority=True)]
    chained = source("vical.cbor", vical(INFO, chain=chain))
    assert imported("vical", chained).proof is Proof.UNPINNED
    for vouching in (P256, root):
        assert imported("vical", replace(chained, pins=pin_of(spki(vouching)))).proof is Proof.SIGNED
    forged = imported("vical", source("vical.cbor", vical(INFO, key=stranger)))
    assert (forged.keys, refusals(forged)) == ((), [Refusal.LIST_SIGNATURE])
    other = [certificate(P256, signer=stranger, authority=True), certificate(root, authority=True)]
    unvouched = source("vical.cbor", vical(INFO, chain=[*other]), pins=pin_of(spki(root)))
    assert imported("vical", unvouched).proof is Proof.UNPINNED


@pytest.mark.parametrize(("info", "refusal"), [
    (7, Refusal.MALFORMED),
    ({}, Refusal.MALFORMED),
    ({**INFO, "docType": "mDL"}, Refusal.MALFORMED),
    ({**INFO, "certificate": certificate(country=None)}, Refusal.NO_COUNTRY),
])  # fmt: skip
def test_a_vical_entry_that_is_none_is_refused(info: cbor.Value, refusal: Refusal) -> None:
    assert refusals(imported("vical", source("vical.cbor", vical(info)))) == [refusal]


# --- issuers that describe themselves


def test_metadata_of_a_jwt_issuer_gives_its_keys() -> None:
    metadata: Json = {"issuer": "https://i.example", "jwks": {"keys": [jwk(kid="k"), jwk(kid="p", d="AA")]}}
    result = imported("jwt-vc-issuer", as_json(metadata))
    assert [(key.format, key.key_id, key.issuer) for key in result.keys] == [
        (FormatId.SD_JWT_VC, b"k", "https://i.example"),
        (FormatId.SD_JWT_VC, b"p", "https://i.example"),
    ]
    assert refusals(result) == [Refusal.PRIVATE_KEY]
    elsewhere: Json = {"issuer": "https://i.example", "jwks_uri": "https://i.example/jwks"}
    assert refusals(imported("jwt-vc-issuer", as_json(elsewhere))) == [Refusal.REFERENCE]


def did(name: str, method: Object, asserts: list[Json]) -> Source:
    return as_json({"id": name, "verificationMethod": [{"id": f"{name}#key-1", **method}], "assertionMethod": asserts})


NZCP, NZCP_TEST = "did:web:nzcp.identity.health.nz", "did:web:nzcp.covid19.health.nz"


@pytest.mark.parametrize("asserts", [f"{NZCP}#key-1", "#key-1", {"id": f"{NZCP}#key-1"}])
def test_the_ministry_of_new_zealand_signs_its_own_format(asserts: Json) -> None:
    (key,) = imported("did-web", did(NZCP, {"publicKeyJwk": jwk()}, [asserts])).keys
    assert (key.format, key.key_id, key.issuer) == (FormatId.NZCP, b"key-1", NZCP)


def test_other_did_web_issuers_sign_credentials_of_the_web() -> None:
    name = "did:web:i.example"
    methods: list[Object] = [{"publicKeyJwk": jwk()}, {"publicKeyPem": pem("PUBLIC KEY", spki()).decode()}]
    for method in methods:
        result = imported("did-web", did(name, method, ["#key-1"]))
        assert {key.format for key in result.keys} == {FormatId.VC_JWT, FormatId.SD_JWT_VC, FormatId.DATA_INTEGRITY}
        assert {(key.key_id, key.issuer) for key in result.keys} == {(f"{name}#key-1".encode(), name)}


def test_a_did_key_that_may_not_assert_or_is_for_tests_is_refused() -> None:
    assert refusals(imported("did-web", did(NZCP, {"publicKeyJwk": jwk()}, []))) == [Refusal.NOT_A_SIGNER]
    assert refusals(imported("did-web", did(NZCP, {}, ["#key-1"]))) == [Refusal.KEY_TYPE]
    test = did(NZCP_TEST, {"publicKeyJwk": jwk()}, ["#key-1"])
    assert refusals(imported("did-web", test)) == [Refusal.TEST_ISSUER]
    assert len(imported("did-web", replace(test, test_issuers=True)).keys) == 1


# --- keys by themselves


@pytest.mark.parametrize(("data", "refusal"), [
    (json.dumps({"keys": [jwk()]}).encode(), Refusal.UNDESCRIBED),
    (json.dumps(jwk()).encode(), Refusal.UNDESCRIBED),
    (pem("PUBLIC KEY", spki()), Refusal.UNDESCRIBED),
    (AUTHORITY, Refusal.UNDESCRIBED),
    (json.dumps(jwk(d="AA")).encode(), Refusal.PRIVATE_KEY),
    (pem("PRIVATE KEY", b"x"), Refusal.MALFORMED),
])  # fmt: skip
def test_a_key_that_nobody_describes_is_refused(data: bytes, refusal: Refusal) -> None:
    assert refusals(imported("undescribed", source("x", data))) == [refusal]


def test_a_pin_is_the_digest_of_the_public_key() -> None:
    assert proofs.pin(keys.from_spki(spki())) == sha256(spki()).digest()


# --- qualified trust services


def trusted_list(*services: str, head: str = "", pointers: int = 0) -> bytes:
    pointer = "<OtherTSLPointer><X509Certificate>x</X509Certificate></OtherTSLPointer>"
    return (
        f"{head}<TrustServiceStatusList xmlns='http://uri.etsi.org/02231/v2#'><SchemeInformation>"
        f"<ListIssueDateTime>2026-06-01T00:00:00Z</ListIssueDateTime>{pointer * pointers}</SchemeInformation>"
        f"{''.join(services)}</TrustServiceStatusList>"
    ).encode("utf-8-sig")


def service(status: str, data: bytes | None = AUTHORITY) -> str:
    held = "" if data is None else f"<DigitalId><X509Certificate>\n {b64(data)}\n</X509Certificate></DigitalId>"
    status = f"<ServiceStatus>http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/{status}</ServiceStatus>"
    return f"<ServiceInformation>{held}{status}</ServiceInformation>"


@pytest.mark.parametrize(("entry_text", "refusal"), [
    (service("granted"), Refusal.NOT_A_SIGNER),
    (service("withdrawn"), Refusal.WITHDRAWN),
    (service("granted", None), Refusal.EMPTY),
    (service("granted", b"no certificate"), Refusal.MALFORMED),
])  # fmt: skip
def test_a_qualified_service_is_accounted_for_and_makes_nobody_an_issuer(entry_text: str, refusal: Refusal) -> None:
    result = imported("etsi-trusted-list", source("tl.xml", trusted_list(entry_text, pointers=1)))
    assert (result.keys, refusals(result)) == ((), [Refusal.REFERENCE, refusal])
    assert result.issued_at == datetime(2026, 6, 1, tzinfo=UTC).timestamp()


@pytest.mark.parametrize("data", [
    trusted_list(service("granted"))[:-9],
    trusted_list(head="<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>]>"),
    "<TrustServiceStatusList/>".encode("utf-16"),
])  # fmt: skip
def test_a_damaged_or_growing_list_is_refused_as_a_whole(data: bytes) -> None:
    given_source = source("tl.xml", data + b"<!-- TrustServiceStatusList -->")
    result = imported("etsi-trusted-list", given_source)
    assert (result.whole, refusals(result)) == (False, [Refusal.MALFORMED])
