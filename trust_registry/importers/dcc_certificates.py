"""National lists of EU DCC signer certificates: the German, Austrian, Swedish and Polish spelling.

The German list has a first line, the base64 of an ECDSA signature (r||s) over the lines after it; its key is looked for
beside the list as `STEM-signing-key.pem`. Source: EU DCC gateway, trust list format; the lists themselves.
"""

from collections.abc import Iterator

from trust_registry.importers import certificate, health, proofs, text
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.importers.source import Import, Proof, Source, gather, present, starts_with
from trust_registry.model import IssuerKey
from verifier.wire.json import Json, Object, as_array, as_object, as_text

NAME = "dcc-certificates"

_POLISH = {"kid": "identyfikatorKlucza", "rawData": "certyfikat"}


def recognises(source: Source) -> bool:
    """Tell the lists by the names of their members."""
    return starts_with(source, b'"certificates"', b'"kid"', b'"rawData"') or starts_with(source, *_POLISH_MARKS)


_POLISH_MARKS = tuple(f'"{name}"'.encode() for name in _POLISH.values())


def read(source: Source) -> Import:
    """Take every certificate as an `hc1` key of its country."""
    proof, body = _unwrapped(source)
    value = text.json_value(body)
    entries = as_array(value if isinstance(value, list) else as_object(value).get("certificates"))
    keys, refused = gather(((_label(entry), entry) for entry in entries), _entry)
    return Import(tuple(keys), tuple(refused), proof)


def _unwrapped(source: Source) -> tuple[Proof, bytes]:
    """Take off the signature line, where there is one."""
    line, newline, body = source.data.partition(b"\n")
    if not newline or line.lstrip()[:1] in (b"{", b"["):
        return Proof.UNVERIFIED, source.data
    signer = proofs.signer_beside(source, "-signing-key.pem")
    if signer is None:
        return Proof.UNVERIFIED, body
    return proofs.check(body, text.base64_any(line.decode("latin-1")), signer, source.pins), body


def _label(entry: Json) -> str:
    return str(_member(entry, "kid")) if isinstance(entry, dict) else "an entry without a name"


def _member(entry: Object, name: str) -> Json:
    return entry.get(name, entry.get(_POLISH[name]))


def _entry(entry: Json) -> Iterator[IssuerKey]:
    given = as_object(present(entry))
    facts = certificate.read(text.base64_any(as_text(_member(given, "rawData"))))
    if given.get("country", facts.country) != facts.country:
        raise Refused(Refusal.COUNTRY)
    yield health.signer(facts, text.base64_any(as_text(_member(given, "kid"))))
