"""Keys of JWK sets, alone or inside other lists; also the importer of a plain set is built on this."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from trust_registry.importers import keys
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.importers.source import present
from trust_registry.model import IssuerKey, Standing
from verifier.wire.json import Json, Object, as_array, as_object, as_text

Make = Callable[[keys.KeyMaterial, Object], IssuerKey]


def members(value: Json) -> Iterator[tuple[str, Json]]:
    """Walk the keys of a set, each labelled by its key id or its place. Raises `Reject(MALFORMED)`."""
    for place, jwk in enumerate(as_array(as_object(value).get("keys"))):
        name = jwk.get("kid") if isinstance(jwk, dict) else None
        yield name if isinstance(name, str) else f"key {place}", jwk


def issuer_keys(value: Json, make: Make) -> Iterator[IssuerKey]:
    """Make the issuer key of one JWK. Raises `Refused`.

    A key whose private half was published comes out denied before it is refused, so that every copy of it is denied.
    """
    jwk = as_object(present(value))
    if keys.is_private(jwk):
        public = keys.without_private_members(jwk)
        yield replace(make(keys.from_jwk(public), public), standing=Standing.DENIED)
        raise Refused(Refusal.PRIVATE_KEY)
    yield make(keys.from_jwk(jwk), jwk)


def key_id(jwk: Object, material: keys.KeyMaterial) -> bytes:
    """Give the key id that documents will name: the set's word, or else the thumbprint."""
    name = jwk.get("kid")
    return (keys.thumbprint(material) if name is None else as_text(name)).encode()
