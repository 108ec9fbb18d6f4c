"""SMART Health Cards: the VCI directory's snapshot of all issuers' keys, and what any issuer's key must be.

The snapshot is signed (ECDSA with P-521 over the file): signature and certificate lie beside it as `STEM.sig` and
`STEM.crt`. A key counts for its own issuer alone, byte for byte: some keys stand under 161 issuers.
Source: SMART Health Cards Framework, "Protocol details"; VCI directory, README.
"""

from collections.abc import Iterator

from trust_registry.importers import certificate, jwks, keys, proofs, text
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.importers.source import Import, Proof, Source, gather, present, starts_with
from trust_registry.model import Algorithm, IssuerKey
from verifier.verdict import FormatId
from verifier.wire.json import Json, Object, as_array, as_object, as_text

NAME = "vci"

_Entry = tuple[str, Json]


def recognises(source: Source) -> bool:
    """Tell the snapshot and the directory by their members."""
    return any(
        starts_with(source, mark) for mark in (b'"issuerInfo"', b'"participating_issuers"', b'"issuer_metadata"')
    )


def read(source: Source) -> Import:
    """Take every key under its issuer; an issuer without keys is one refused entry."""
    document = as_object(text.json_value(source.data))
    found, refused = gather(_entries(document), _keys)
    issued = document.get("time")
    return Import(
        tuple(found), tuple(refused), _proof(source), None if issued is None else text.moment(as_text(issued))
    )


def issuer_key(issuer: str, value: Json) -> Iterator[IssuerKey]:
    """Make the issuer key of one JWK. Raises `Refused`. Source: SMART Health Cards, "Signing health cards"."""

    def made(material: keys.KeyMaterial, jwk: Object) -> IssuerKey:
        if material.algorithm is not Algorithm.ES256:
            raise Refused(Refusal.ALGORITHM)
        _check_certificate(material, jwk)
        key_id = jwks.key_id(jwk, material)
        return IssuerKey(FormatId.SHC, key_id, issuer, material.algorithm, material.public_key)

    return jwks.issuer_keys(value, made)


def _entries(document: Object) -> Iterator[tuple[str, _Entry | None]]:
    for group in ("participating_issuers", "issuer_metadata"):  # they name issuers and hold no keys
        yield from ((f"{group} {place}", ("", None)) for place, _ in enumerate(as_array(document.get(group, []))))
    for info in as_array(document.get("issuerInfo", [])):
        issuer = as_text(as_object(as_object(info).get("issuer")).get("iss"))
        held = as_array(as_object(info).get("keys"))
        yield from ((f"{issuer} {place}", (issuer, jwk)) for place, jwk in enumerate(held))
        if not held:
            yield issuer, None


def _keys(entry: _Entry | None) -> Iterator[IssuerKey]:
    issuer, jwk = present(entry)
    if not issuer:
        raise Refused(Refusal.REFERENCE)
    return issuer_key(issuer, jwk)


def _check_certificate(material: keys.KeyMaterial, jwk: Object) -> None:
    """Hold the key against the first certificate of its chain, where it comes with one."""
    chain = jwk.get("x5c")
    if chain and certificate.read(text.base64_any(as_text(as_array(chain)[0]))).key != material:
        raise Refused(Refusal.CERTIFICATE)


def _proof(source: Source) -> Proof:
    signature, signer = source.beside(f"{source.path.stem}.sig"), proofs.signer_beside(source, ".crt")
    if signature is None or signer is None:
        return Proof.UNVERIFIED
    return proofs.check(source.data, proofs.raw_ecdsa(signature, signer), signer, source.pins)
