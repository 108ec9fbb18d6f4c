"""JOSE specimens: compact signatures, and holders whose keys follow from a label as those of issuers do."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from trust_registry.model import Algorithm
from verifier.specimen.issuers import PrivateKey, TrainingIssuer, derive, public_bytes, sign
from verifier.wire import base45, base64url
from verifier.wire.json import Object

_NAMES = {Algorithm.ED25519: "EdDSA"}
_CURVES = {Algorithm.ES256: ("P-256", 32), Algorithm.ES384: ("P-384", 48)}


def compact(value: object) -> bytes:
    """Write JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def text(data: bytes) -> str:
    """Write bytes as base64url."""
    return base64url.encode(data).decode()


def carry(content: bytes) -> bytes:
    """Put a text into base45 of zlib."""
    return base45.encode(zlib.compress(content, 9))


def jws(payload: Mapping[str, object], issuer: TrainingIssuer, header: Mapping[str, object]) -> bytes:
    """Sign a payload under the issuer's key; members of `header` stand in the place of the usual ones."""
    usual: dict[str, object] = {"alg": _NAMES.get(issuer.key.algorithm, issuer.key.algorithm.value)}
    if issuer.key.key_id and "kid" not in header:
        usual["kid"] = issuer.key.key_id.decode()
    return _signed(payload, usual | dict(header), issuer.private_key, issuer.key.algorithm)


@dataclass(frozen=True, slots=True)
class Holder:
    """A holder's device, with the key that an issuer binds credentials to."""

    label: str
    algorithm: Algorithm = Algorithm.ES256

    @property
    def key(self) -> PrivateKey:
        """The private key."""
        return derive(self.label, self.algorithm)

    @property
    def jwk(self) -> Object:
        """The public key as JWK."""
        public = public_bytes(self.key)
        if self.algorithm is Algorithm.ED25519:
            return {"kty": "OKP", "crv": "Ed25519", "x": text(public[-32:])}
        curve, width = _CURVES[self.algorithm]
        return {"kty": "EC", "crv": curve, "x": text(public[-2 * width : -width]), "y": text(public[-width:])}

    @property
    def did(self) -> str:
        """The public key as did:jwk."""
        return f"did:jwk:{text(compact(self.jwk))}"

    def jws(self, payload: Mapping[str, object], header: Mapping[str, object]) -> bytes:
        """Sign a payload with the holder's key."""
        usual = {"alg": _NAMES.get(self.algorithm, self.algorithm.value)}
        return _signed(payload, usual | dict(header), self.key, self.algorithm)


def _signed(
    payload: Mapping[str, object], header: Mapping[str, object], key: PrivateKey, algorithm: Algorithm
) -> bytes:
    message = base64url.encode(compact(header)) + b"." + base64url.encode(compact(payload))
    return message + b"." + base64url.encode(sign(key, algorithm, message))
