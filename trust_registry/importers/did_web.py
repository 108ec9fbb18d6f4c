"""DID documents of `did:web` issuers: the keys that may assert, for NZCP and for W3C credentials.

Source: W3C DID Core section 5.3.2; did:web method; NZ COVID Pass specification section 5 and 6.
"""

from collections.abc import Iterator

from trust_registry.importers import keys, text
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.importers.source import Import, Source, gather, starts_with
from trust_registry.model import IssuerKey
from verifier.verdict import FormatId
from verifier.wire.json import Json, Object, as_array, as_object, as_text

NAME = "did-web"

_NZCP = "did:web:nzcp.identity.health.nz"
_NZCP_TEST = "did:web:nzcp.covid19.health.nz"
_FORMATS = (FormatId.VC_JWT, FormatId.SD_JWT_VC, FormatId.DATA_INTEGRITY)


def recognises(source: Source) -> bool:
    """Tell a DID document of the method."""
    return starts_with(source, b'"verificationMethod"', b'"did:web:')


def read(source: Source) -> Import:
    """Take each key that the document lets assert; a key for anything else signs no credentials."""
    document = as_object(text.json_value(source.data))
    issuer = as_text(document.get("id"))
    if issuer == _NZCP_TEST and not source.test_issuers:
        raise Refused(Refusal.TEST_ISSUER)
    asserting = {_absolute(issuer, one) for one in as_array(document.get("assertionMethod", []))}
    methods = as_array(document.get("verificationMethod"))
    entries = ((f"method {place}", method) for place, method in enumerate(methods))
    found, refused = gather(entries, lambda method: _keys(issuer, method, asserting))
    return Import(tuple(found), tuple(refused))


def _absolute(issuer: str, method: Json) -> str:
    """Give a method's full name: lists may hold it, a part that starts with `#`, or the method itself."""
    name = as_text(as_object(method).get("id") if isinstance(method, dict) else method)
    return issuer + name if name.startswith("#") else name


def _keys(issuer: str, value: Json, asserting: set[str]) -> Iterator[IssuerKey]:
    method = as_object(value)
    name = _absolute(issuer, method)
    if name not in asserting:
        raise Refused(Refusal.NOT_A_SIGNER)
    material = _material(method)
    if issuer in (_NZCP, _NZCP_TEST):
        key_id = name.rpartition("#")[2].encode()
        yield IssuerKey(FormatId.NZCP, key_id, issuer, material.algorithm, material.public_key)
        return
    for format_id in _FORMATS:
        yield IssuerKey(format_id, name.encode(), issuer, material.algorithm, material.public_key)


def _material(method: Object) -> keys.KeyMaterial:
    if "publicKeyJwk" in method:
        return keys.from_jwk(as_object(method["publicKeyJwk"]))
    if "publicKeyPem" in method:
        (block,) = text.pem_blocks(as_text(method["publicKeyPem"]).encode()) or [("", b"")]
        return keys.from_spki(block[1])
    raise Refused(Refusal.KEY_TYPE)
