"""PathCheck's universal registry: health issuers of five frameworks, as PEM or JWK with a status and a window.

Not updated since 2023. An entry's own certificate or key decides what it may attest; the registry adds whose it is.
"""

from collections.abc import Callable, Iterator
from functools import partial

from trust_registry.importers import certificate, health, icao, keys, shc, text
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.importers.source import Import, Source, gather, starts_with
from trust_registry.model import Algorithm, IssuerKey
from verifier.verdict import FormatId
from verifier.wire.json import Json, Object, as_object, as_text

NAME = "pathcheck"

_CURRENT = "current"


def recognises(source: Source) -> bool:
    """Tell the registry by the members of its entries."""
    return starts_with(source, b'"entityType"', b'"didDocument"')


def read(source: Source) -> Import:
    """Take every current issuer in its framework's format."""
    document = as_object(text.json_value(source.data))
    entries = (
        (f"{framework} {name}", partial(_entry, framework, name, entry, test_issuers=source.test_issuers))
        for framework, group in document.items()
        for name, entry in as_object(group).items()
    )
    found, refused = gather(entries, lambda entry: entry())
    return Import(tuple(found), tuple(refused))


def _entry(framework: str, name: str, value: Json, *, test_issuers: bool) -> Iterator[IssuerKey]:
    entry = as_object(value)
    if framework not in _FRAMEWORKS:
        raise Refused(Refusal.NO_FORMAT)
    if entry.get("status") != _CURRENT:
        raise Refused(Refusal.WITHDRAWN)
    if "Test" in _display_name(entry) and not test_issuers:
        raise Refused(Refusal.TEST_ISSUER)
    return _FRAMEWORKS[framework](name, entry)


def _display_name(entry: Object) -> str:
    return as_text(as_object(entry.get("displayName")).get("en"))


def _block(entry: Object) -> bytes:
    """Give the DER inside an entry's PEM."""
    blocks = text.pem_blocks(as_text(entry.get("didDocument")).encode())
    if len(blocks) != 1:
        raise Refused(Refusal.MALFORMED)
    return blocks[0][1]


def _health_certificate(name: str, entry: Object) -> Iterator[IssuerKey]:
    """Read a signer certificate; a bare key says nothing of its country."""
    data = _block(entry)
    if not certificate.is_one(data):
        raise Refused(Refusal.NO_COUNTRY)
    yield health.signer(certificate.read(data), text.base64_any(name))


def _smart_health_card(name: str, entry: Object) -> Iterator[IssuerKey]:
    """Read a key of the issuer before the mark; the name after it is the key's, cut short."""
    return shc.issuer_key(name.rpartition("#")[0], entry.get("didDocument"))


def _passport_authority(_name: str, entry: Object) -> Iterator[IssuerKey]:
    return icao.anchors(_block(entry))


def _divoc(name: str, entry: Object) -> Iterator[IssuerKey]:
    material = keys.from_spki(_block(entry), Algorithm.PS256)
    yield IssuerKey(FormatId.DIVOC, b"", name, material.algorithm, material.public_key)


def _cred(name: str, entry: Object) -> Iterator[IssuerKey]:
    """Read a key that passes name by a DNS name, in upper case."""
    material = keys.from_spki(_block(entry))
    yield IssuerKey(FormatId.CRED, name.encode(), name, material.algorithm, material.public_key)


_FRAMEWORKS: dict[str, Callable[[str, Object], Iterator[IssuerKey]]] = {
    "CRED": _cred,
    "DIVOC": _divoc,
    "EUDCC": _health_certificate,
    "ICAO": _passport_authority,
    "SmartHealthCards": _smart_health_card,
}
