"""Keys that nobody describes: a JWK set, a PEM or a DER file by itself, which says nothing of whose they are.

They are accounted for and refused; a `scopes.toml` beside them describes them.
"""

from trust_registry.importers import certificate, jwks, keys, text
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.importers.source import Import, Source, gather, starts_with
from trust_registry.model import IssuerKey
from verifier.wire.json import Json, as_object

NAME = "undescribed"

_PEM, _DER, _JWK = b"-----BEGIN ", b"\x30\x82", b'"kty"'


def recognises(source: Source) -> bool:
    """Tell a file of keys."""
    return starts_with(source, _PEM) or source.data.startswith(_DER) or starts_with(source, _JWK)


def read(source: Source) -> Import:
    """Refuse each key: first for what is wrong with itself, else because nothing describes it."""
    found, refused = gather(_pieces(source.data), _refuse)
    return Import(tuple(found), tuple(refused))


def _pieces(data: bytes) -> list[tuple[str, Json | bytes]]:
    if data.startswith(_DER):
        return [("the file", data)]
    if data.lstrip()[:1] == b"{":
        value = text.json_value(data)
        return list(jwks.members(value)) if "keys" in as_object(value) else [("the file", value)]
    return [(label, block) for label, block in text.pem_blocks(data)]


def _refuse(piece: Json | bytes) -> list[IssuerKey]:
    if not isinstance(piece, bytes):
        keys.from_jwk(as_object(piece))
    elif certificate.is_one(piece):
        certificate.read(piece)
    else:
        keys.from_spki(piece)
    raise Refused(Refusal.UNDESCRIBED)
