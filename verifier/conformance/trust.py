"""Turns the trust that a published case brings into a registry view.

A source publishes keys as it likes: certificates, bare keys, key sets, DID documents. A key that comes without a name
is trusted under whatever name the document gives it, since that is what its source means; a key with a name only
under that name.
"""

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from trust_registry.importers import certificate, health, keys, text
from trust_registry.importers.refusal import Refused
from trust_registry.model import Algorithm, IssuerKey, KeyRef, Scope, StatusList
from verifier.conformance import records
from verifier.conformance.cases import Case
from verifier.conformance.records import Record, load, member, objects, optional_text, texts
from verifier.verdict import FormatId, Reject
from verifier.wire import did

_ANY = b""  # the name of a key that its source published without one


class Inexpressible(Exception):  # noqa: N818 (the case's trust, not an error of ours)
    """The case's trust cannot be said in the terms of a registry."""


@dataclass(frozen=True, slots=True)
class CaseTrust:
    """A registry that holds the keys of one case, as current as the case's own clock."""

    as_of: float
    issuer_keys: tuple[IssuerKey, ...]

    def keys(self, ref: KeyRef, /) -> Sequence[IssuerKey]:
        """Give the keys of that name, and the nameless ones under the name that was asked for."""
        return [
            replace(key, format=ref.format, key_id=ref.key_id, issuer=key.issuer or ref.issuer or "")
            for key in self.issuer_keys
            if key.key_id in (_ANY, ref.key_id) and (not key.issuer or ref.issuer in (None, key.issuer))
        ]

    def status_list(self, _list_id: str, /) -> StatusList | None:
        """Give none: published cases bring no status lists."""
        return None

    def resource(self, _name: str, /) -> bytes | None:
        """Give none: published cases bring no value sets."""
        return None


# The names that published collections give to formats of ours.
FORMATS: Mapping[str, FormatId] = {
    "hc1": FormatId.HC1,
    "icvp": FormatId.HC1,
    "hc1-revocation": FormatId.HC1,
    "cose_sign1_strict": FormatId.HC1,
    "transport_strict": FormatId.HC1,
    "shc": FormatId.SHC,
    "vdsnc": FormatId.VDS_NC,
    "nzcp": FormatId.NZCP,
    "divoc": FormatId.DIVOC,
    "cred": FormatId.CRED,
    "nl2": FormatId.NL2,
    "openattestation": FormatId.OPENATTESTATION,
    "sd-jwt": FormatId.SD_JWT_VC,
    "sd_jwt_strict": FormatId.SD_JWT_VC,
    "vc-jwt": FormatId.VC_JWT,
    "jws_strict": FormatId.VC_JWT,
    "mdoc": FormatId.MDOC,
    "claim169": FormatId.CLAIM_169,
    "pixelpass": FormatId.CLAIM_169,
    "vc-barcodes": FormatId.VC_BARCODE,
    "di-eddsa-jcs-2022": FormatId.DATA_INTEGRITY,
    "di-eddsa-rdfc-2022": FormatId.DATA_INTEGRITY,
    "di-ecdsa-rdfc-2019": FormatId.DATA_INTEGRITY,
    "di-ecdsa-sd-2023": FormatId.DATA_INTEGRITY,
    "di-Ed25519Signature2020": FormatId.DATA_INTEGRITY,
}


def trust_of(case: Case) -> CaseTrust:
    """Collect what the case's source trusts. Raises `Inexpressible`."""
    try:
        return CaseTrust(case.now.latest, tuple(_issuer_keys(case)))
    except (Refused, Reject, ValueError):
        raise Inexpressible from None


def _issuer_keys(case: Case) -> Iterator[IssuerKey]:
    """Read every place where one or the other layout keeps keys."""
    record, trust = case.trust, member(case.trust, "trust")
    if "issuer_pem" in record:
        yield from _of_pem(records.text(record, "issuer_pem").encode(), case, _name(record))
    if "issuer_jwk" in record:
        yield from _of_jwk(member(record, "issuer_jwk"), case)
    for name in texts(record, "trust"):
        yield from _of_file(case.folder / name, case)
    for jwk in objects(member(trust, "jwks"), "keys"):
        yield from _of_jwk(jwk, case)
    if "did" in trust:
        yield _of_did(records.text(trust, "did"), case)
    for document in member(trust, "did_documents").values():
        yield from _of_document(document if isinstance(document, dict) else {}, case)
    for encoded in texts(trust, "certs_der_b64"):
        yield from _of_certificate(base64.b64decode(encoded), case)


def _name(record: Record) -> bytes:
    return bytes.fromhex(optional_text(record, "kid") or "") or _ANY


def _of_file(path: Path, case: Case) -> Iterator[IssuerKey]:
    if path.suffix == ".pem":
        yield from _of_pem(path.read_bytes(), case, _ANY)
    elif path.suffix == ".json":
        record = load(path) or {}
        issuer = _issuer_of(path.name, case) or optional_text(record, "id") or ""
        for jwk in objects(record, "keys"):
            yield from (replace(key, issuer=issuer) for key in _of_jwk(jwk, case))
        yield from _of_document(record, case)


def _issuer_of(name: str, case: Case) -> str | None:
    """Find whose key set a file is, where the collection carries a table of issuers."""
    listed = case.folder / "trust" / "issuers.json"
    table = (load(listed) if listed.exists() else None) or {}
    return next((issuer for issuer, file in table.items() if file == name), None)


def _of_pem(pem: bytes, case: Case, name: bytes) -> Iterator[IssuerKey]:
    for label, der in text.pem_blocks(pem):
        if label == "CERTIFICATE":
            yield from _of_certificate(der, case)
        else:
            yield _key(keys.from_spki(der), case, name)


def _of_jwk(jwk: Record, case: Case) -> Iterator[IssuerKey]:
    """Take a JWK; an RSA key whose source states no algorithm serves for both paddings."""
    key = _key(keys.from_jwk(jwk), case, (optional_text(jwk, "kid") or "").encode() or _ANY)
    yield key
    if key.algorithm is Algorithm.PS256 and "alg" not in jwk:
        yield replace(key, algorithm=Algorithm.RS256)


def _of_did(name: str, case: Case) -> IssuerKey:
    """Take a DID that is its own key, trusted for what that DID issues.

    A case of Data Integrity trusts it as the verification method of whatever issuer the document names.
    """
    found = did.public_key(name)
    if found is None:
        raise Inexpressible
    key = _key(keys.KeyMaterial(*found), case, _ANY)
    return key if key.format is FormatId.DATA_INTEGRITY else replace(key, issuer=name)


def _of_document(document: Record, case: Case) -> Iterator[IssuerKey]:
    """Take the keys that a DID document lists and we have a use for."""
    for method in objects(document, "verificationMethod"):
        with suppress(Refused, Reject):
            yield from _of_method(method, case)


def _of_method(method: Record, case: Case) -> Iterator[IssuerKey]:
    """Take a verification method of a DID document, known by its fragment within its controller."""
    issuer, _, fragment = records.text(method, "id").partition("#")
    if "publicKeyMultibase" in method:
        material = keys.KeyMaterial(*did.multikey(records.text(method, "publicKeyMultibase")))
        found: Iterable[IssuerKey] = [_key(material, case, _ANY)]
    else:
        found = _of_jwk(member(method, "publicKeyJwk"), case)
    controller = issuer or optional_text(method, "controller") or ""
    yield from (replace(key, issuer=controller, key_id=fragment.encode()) for key in found)


def _of_certificate(der: bytes, case: Case) -> Iterator[IssuerKey]:
    """Take a certificate as the format means it: a signer's own, or the anchor that signers' certificates end at."""
    facts = certificate.read(der)
    if FORMATS[case.format] is FormatId.HC1:
        yield _signer(facts, case)
        return
    key = _key(facts.key, case, facts.subject_key_id)
    key = replace(key, not_before=facts.not_before, not_after=facts.not_after)
    yield replace(key, anchor=True) if facts.authority else replace(key, key_id=_ANY)


def _signer(facts: certificate.Certificate, case: Case) -> IssuerKey:
    """Let it sign what its usages allow, for any country: a case names the key, not whose word it counts for."""
    key = _key(facts.key, case, facts.key_id)
    scope = Scope(kinds=facts.kinds)
    return replace(key, algorithm=health.algorithm(facts.key), scope=scope, not_after=facts.not_after)


def _key(material: keys.KeyMaterial, case: Case, name: bytes) -> IssuerKey:
    return IssuerKey(FORMATS[case.format], name, "", material.algorithm, material.public_key)
