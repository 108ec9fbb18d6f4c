"""WHO's Global Digital Health Certification Network: trust lists as DID documents, version 1 and 2.

The key comes from the certificate, never from the JWK's numbers beside it: a third of those are misspelled. The
document's proof signs canonical RDF and is not checked; a second person vouches for where the file came from.
Source: WHO SMART Trust, "GDHCN trust lists" (smart.who.int/trust), concepts and DID specification.
"""

from collections.abc import Iterator
from functools import partial
from urllib.parse import unquote

from trust_registry.importers import certificate, health, text
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.importers.source import Import, Source, gather, present, starts_with
from trust_registry.model import IssuerKey
from verifier.wire.json import Json, Object, as_array, as_object, as_text

NAME = "gdhcn"

_SIGNER, _AUTHORITIES = "DSC", ("SCA", "CSCA")


def recognises(source: Source) -> bool:
    """Tell a trust list by the DID it is published under."""
    return starts_with(source, b'"did:web:tng-cdn')


def read(source: Source) -> Import:
    """Take signers as keys and their authorities as anchors; refuse what signs no credentials."""
    document = as_object(text.json_value(source.data))
    entries = ((_label(entry), entry) for entry in as_array(document.get("verificationMethod")))
    keys, refused = gather(entries, partial(_entry, test_issuers=source.test_issuers))
    return Import(tuple(keys), tuple(refused), issued_at=_created(document))


def _label(entry: Json) -> str:
    name = entry.get("id") if isinstance(entry, dict) else entry
    return name if isinstance(name, str) else "an entry without a name"


def _entry(entry: Json, *, test_issuers: bool) -> Iterator[IssuerKey]:
    if isinstance(entry, str):
        raise Refused(Refusal.REFERENCE)
    method = as_object(present(entry))
    if health.is_test(_participant(method)) and not test_issuers:
        raise Refused(Refusal.TEST_ISSUER)
    facts = certificate.read(_first_certificate(method))
    usage = _code(method, "keyusage") or _SIGNER
    if usage == _SIGNER:
        yield health.signer(facts, _key_id(method))
    elif usage in _AUTHORITIES:
        yield health.authority(facts)
    else:
        raise Refused(Refusal.NOT_A_SIGNER)


def _participant(method: Object) -> str:
    """Give the participant's code: of its own in version 2, the end of the controller's DID in version 1."""
    return _code(method, "participant") or as_text(method.get("controller")).rpartition(":")[2]


def _code(method: Object, name: str) -> str | None:
    """Give a version 2 classification, such as `#DSC`, without its mark."""
    if name not in method:
        return None
    return as_text(as_object(method[name]).get("code")).removeprefix("#")


def _first_certificate(method: Object) -> bytes:
    chain = as_object(method.get("publicKeyJwk")).get("x5c")
    if not chain:
        raise Refused(Refusal.EMPTY)
    return text.base64_any(as_text(as_array(chain)[0]))


def _key_id(method: Object) -> bytes:
    """Read the key id out of the DID's fragment, which is base64 in either alphabet, perhaps percent-encoded."""
    return text.base64_any(unquote(as_text(method.get("id")).rpartition("#")[2]))


def _created(document: Object) -> float | None:
    proof = document.get("proof")
    created = proof.get("created") if isinstance(proof, dict) else None
    return text.moment(as_text(created)) if created is not None else None
