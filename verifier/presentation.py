"""Unverified and Verified: a presentation on its way through the checks.

Each step takes the type that the step before it makes, so a step cannot be skipped.
"""

from dataclasses import dataclass

from trust_registry.model import Algorithm, IssuerKey, KeyRef
from verifier.sealed import Sealed


@dataclass(frozen=True, slots=True)
class Signed:
    """Bytes that a signature covers, exactly as received, with that signature.

    `algorithm` is what the document names, or `None` where it names none; it must equal the key's.
    """

    message: Sealed[bytes]
    signature: bytes
    algorithm: Algorithm | None


@dataclass(frozen=True, slots=True)
class Endorsed:
    """A further part that is signed, under a key (DER SubjectPublicKeyInfo) which the document's signature covers."""

    signed: Signed
    public_key: bytes
    algorithm: Algorithm


@dataclass(frozen=True, slots=True)
class Unverified:
    """A presentation taken apart: well formed, and so far nobody's word.

    `chain` holds certificates that came with the document, leaf first; it must end at a registry anchor. Every part in
    `endorsed` must hold as well.
    """

    signer: KeyRef
    signed: Signed
    body: Sealed[object]
    chain: tuple[bytes, ...] = ()
    endorsed: tuple[Endorsed, ...] = ()


@dataclass(frozen=True, slots=True)
class Verified:
    """A presentation whose signature holds under `key`. Made by `signature.check` alone."""

    key: IssuerKey
    signed: Signed
    body: Sealed[object]
