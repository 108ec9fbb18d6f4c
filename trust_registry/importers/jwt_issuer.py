"""What an issuer of SD-JWT credentials publishes about itself: its name and its JWK set.

Source: draft-ietf-oauth-sd-jwt-vc section 5, "JWT VC Issuer Metadata".
"""

from trust_registry.importers import jwks, keys, text
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.importers.source import Import, Source, gather, starts_with
from trust_registry.model import IssuerKey
from verifier.verdict import FormatId
from verifier.wire.json import Object, as_object, as_text

NAME = "jwt-vc-issuer"


def recognises(source: Source) -> bool:
    """Tell the metadata by its two members."""
    return source.data[:1] == b"{" and starts_with(source, b'"issuer"', b'"jwks')


def read(source: Source) -> Import:
    """Take every key under the issuer that the metadata names; a set elsewhere is a reference."""
    document = as_object(text.json_value(source.data))
    issuer = as_text(document.get("issuer"))
    if "jwks" not in document:
        raise Refused(Refusal.REFERENCE)

    def made(material: keys.KeyMaterial, jwk: Object) -> IssuerKey:
        key_id = jwks.key_id(jwk, material)
        return IssuerKey(FormatId.SD_JWT_VC, key_id, issuer, material.algorithm, material.public_key)

    found, refused = gather(jwks.members(document["jwks"]), lambda jwk: jwks.issuer_keys(jwk, made))
    return Import(tuple(found), tuple(refused))
