"""Credential: what a verified body says, in one shape for all formats."""

from dataclasses import dataclass

from trust_registry.model import Algorithm, Kind
from verifier.claims import Claim
from verifier.instant import Days
from verifier.presentation import Signed
from verifier.sealed import Sealed
from verifier.wire import cbor


@dataclass(frozen=True, slots=True)
class Window:
    """When the credential is valid, in seconds since 1970 UTC; `None` is without end.

    `end_included` tells the formats that refuse after the end (HC1) from those that refuse on it (RFC 8392, RFC 7519).
    """

    not_before: float | None
    not_after: float | None
    end_included: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom the credential is about, as far as it says, for the comparison with the document in the holder's hand.

    `full_names` are those whose family and given parts the credential does not tell apart.
    """

    family_names: tuple[str, ...] = ()
    given_names: tuple[str, ...] = ()
    born: Days | None = None
    document_number: str | None = None
    full_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusReference:
    """Where the issuer says whether it has taken the credential back: an index into a list."""

    list_id: str
    index: int


@dataclass(frozen=True, slots=True)
class Revocable:
    """How an issuer names the credential in a list of revoked ones, where the registry holds such a list."""

    list_name: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class HolderProof:
    """The holder's own signature over this presentation, with the key that the issuer bound the credential to.

    `made_at` is `None` where the form of the proof has no time: then the nonce alone tells that it is fresh.
    """

    signed: Signed
    public_key: bytes  # DER SubjectPublicKeyInfo, out of the verified body
    algorithm: Algorithm
    audience: str
    nonce: str
    made_at: float | None


@dataclass(frozen=True, slots=True)
class Credential:
    """A verified credential in one shape for all formats.

    `country` is the issuer's, ISO 3166-1 alpha-2, as the document states it. `document` is the content as the issuer
    wrote it, where rules of others speak of that.
    """

    kinds: frozenset[Kind]
    country: str | None
    type: str | None
    issued_at: float | None
    window: Window
    claims: Sealed[tuple[Claim, ...]]
    holder: Sealed[Holder]
    status: tuple[StatusReference, ...] = ()
    revocable: tuple[Revocable, ...] = ()
    proof: HolderProof | None = None
    document: Sealed[cbor.Map] | None = None
