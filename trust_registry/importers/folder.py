"""A folder of an administrator's own: public keys in files, and `scopes.toml`, which says what each may attest.

A file may be PEM or DER (certificate or public key), a JWK or a JWK set. The folder's file `scopes.toml` is the list;
files that it does not name are not read.
"""

from collections.abc import Iterator
from dataclasses import replace

from trust_registry.importers import certificate, health, jwks, keys, scopes, text
from trust_registry.importers.certificate import Certificate
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.importers.scopes import Described
from trust_registry.importers.source import Import, Source, gather
from trust_registry.model import IssuerKey
from verifier.verdict import FormatId, Reject
from verifier.wire.json import Json, as_object

NAME = "folder"

_DER_SEQUENCE = b"\x30"


def recognises(source: Source) -> bool:
    """Tell a folder by its description."""
    return source.path.name == scopes.FILE


def read(source: Source) -> Import:
    """Read every file that the description names."""
    try:
        described = scopes.read(source.data)
    except scopes.ScopesError as error:
        return Import(refused=((str(error), Refusal.SCOPES),), whole=False)
    entries = (
        (f"{name}: {label}", (piece, about))
        for name, about in described.items()
        for label, piece in _pieces(source.beside(name))
    )
    found, refused = gather(entries, lambda entry: _issuer_keys(*entry))
    return Import(tuple(found), tuple(refused))


def _pieces(data: bytes | None) -> list[tuple[str, Json | bytes]]:
    """Take a file apart into JWKs and DER; what cannot be taken apart is one piece that will be refused."""
    if data is None:
        return [("there is no such file", None)]
    if data[:1] == _DER_SEQUENCE:
        return [("DER", data)]
    try:
        value = as_object(text.json_value(data))
        return list(jwks.members(value)) if "keys" in value else [("JWK", value)]
    except (Refused, Reject):
        return [(label, block) for label, block in text.pem_blocks(data)] or [("holds no key", None)]


def _issuer_keys(piece: Json | bytes, about: Described) -> Iterator[IssuerKey]:
    if isinstance(piece, bytes):
        yield _of_der(piece, about)
    else:
        yield from jwks.issuer_keys(piece, lambda material, jwk: _key(about, material, jwks.key_id(jwk, material)))


def _of_der(data: bytes, about: Described) -> IssuerKey:
    """Read a certificate, which has its own window and usages, or a bare public key."""
    if not certificate.is_one(data):
        material = keys.from_spki(data)
        return _key(about, material, keys.thumbprint(material).encode())
    facts = certificate.read(data)
    window = replace(
        about, not_before=about.not_before or facts.not_before, not_after=about.not_after or facts.not_after
    )
    return _key(_narrowed(window, facts), facts.key, _key_id(about, facts))


def _narrowed(about: Described, facts: Certificate) -> Described:
    """Let the certificate's usages say what the description leaves open."""
    return replace(about, scope=replace(about.scope, kinds=about.scope.kinds or facts.kinds))


def _key_id(about: Described, facts: Certificate) -> bytes:
    if about.anchor:
        return facts.subject_key_id
    return facts.key_id if about.format is FormatId.HC1 else keys.thumbprint(facts.key).encode()


def _key(about: Described, material: keys.KeyMaterial, key_id: bytes) -> IssuerKey:
    material = keys.used_with(material, about.algorithm)
    settled = about.format is FormatId.HC1 and about.algorithm is None and not about.anchor  # by the format
    return IssuerKey(
        about.format,
        about.key_id or key_id,
        about.issuer,
        health.algorithm(material) if settled else material.algorithm,
        material.public_key,
        about.scope,
        about.not_before,
        about.not_after,
        about.standing,
        about.anchor,
    )
