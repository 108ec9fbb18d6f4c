"""The onboarding folders of WHO's network: one certificate a file, and the same signed by the network's trust anchor.

Source: WHO SMART Trust, "Onboarding"; layout `PARTICIPANT/onboarding/DOMAIN/USAGE/[signed/]FILE`.
"""

from collections.abc import Iterator

from trust_registry.importers import certificate, cms, health, text
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.importers.source import Import, Proof, Source, gather, present
from trust_registry.model import IssuerKey
from verifier.wire.json import as_object, as_text

NAME = "gdhcn-onboarding"

_SIGNED_DER = "_signed.der"
_DER = b"\x30\x82"
_AUTHORITY = "SCA"


def recognises(source: Source) -> bool:
    """Tell a file of the repository by its path."""
    return "onboarding" in source.path.parts[:-1]


def read(source: Source) -> Import:
    """Take the certificate of a signing authority as an anchor; refuse servers', uploaders' and empty files."""
    certificates, proof = _certificates(source)
    found, refused = gather(((source.path.name, one) for one in certificates), lambda data: _anchor(data, source))
    return Import(tuple(found), tuple(refused), proof)


def _certificates(source: Source) -> tuple[list[bytes | None], Proof]:
    """Give what the file holds, or one `None` for a template or a marker."""
    if source.path.name.endswith(_SIGNED_DER):
        return _signed(source.data, source)
    if source.data.lstrip()[:1] == b"{":
        signed = as_object(text.json_value(source.data)).get("trustAnchorSignature")
        return ([None], Proof.UNVERIFIED) if signed is None else _signed(text.base64_any(as_text(signed)), source)
    if source.data.startswith(_DER):
        return [source.data], Proof.UNVERIFIED
    return [block for _, block in text.pem_blocks(source.data)] or [None], Proof.UNVERIFIED


def _signed(data: bytes, source: Source) -> tuple[list[bytes | None], Proof]:
    held = cms.read(data, source.pins)
    return [held.content], held.proof


def _anchor(data: bytes | None, source: Source) -> Iterator[IssuerKey]:
    held = present(data)
    participant, usage = _place(source)
    if usage != _AUTHORITY:
        raise Refused(Refusal.NOT_A_SIGNER)
    if health.is_test(participant) and not source.test_issuers:
        raise Refused(Refusal.TEST_ISSUER)
    yield health.authority(certificate.read(held))


def _place(source: Source) -> tuple[str, str]:
    """Read participant and usage from the path."""
    folders = [part for part in source.path.parts[:-1] if part != "signed"]
    at = folders.index("onboarding")
    return folders[at - 1] if at else "", folders[-1]
