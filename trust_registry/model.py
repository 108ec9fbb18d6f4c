"""What a gate knows of issuers: their keys, what each may attest, and the view through which the verifier asks.

Values only; nothing here reads a file. `verifier` may import this module.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Protocol

from verifier.verdict import FormatId


class Algorithm(StrEnum):
    """A signature algorithm with everything it needs; always the registry's word, never the document's.

    Source: RFC 7518 section 3, RFC 9053 section 2, RFC 8032, RFC 8812.
    """

    ES256 = "ES256"
    ES384 = "ES384"
    ES512 = "ES512"
    ES256K = "ES256K"
    PS256 = "PS256"
    PS384 = "PS384"
    PS512 = "PS512"
    RS256 = "RS256"
    ED25519 = "Ed25519"


class Kind(StrEnum):
    """What a credential attests, as scopes name it."""

    VACCINATION = "vaccination"
    TEST = "test"
    RECOVERY = "recovery"
    IDENTITY = "identity"
    TICKET = "ticket"


class Standing(Enum):
    """How far a key is believed."""

    GOOD = "good"
    DENIED = "denied"  # our own removal of trust: stolen, or under suspicion
    SPECIMEN = "specimen"  # a training issuer: judged as real in training mode only
    CANARY = "canary"  # the station's own self-test: never PASS for a person


@dataclass(frozen=True, slots=True)
class KeyRef:
    """How a document names the key that signed it: a hint for a look-up, never a reason to trust.

    `issuer` is `None` where the format's key id alone selects (HC1); then the issuer's scope is checked afterwards.
    """

    format: FormatId
    key_id: bytes
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a key may attest. An empty set of kinds or countries means: any."""

    kinds: frozenset[Kind] = frozenset()
    countries: frozenset[str] = frozenset()  # ISO 3166-1 alpha-2, upper case
    types: frozenset[str] = frozenset()  # vct, docType or credential type, byte-exact


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """One key of an issuer, with its window and its scope.

    `public_key` is the DER SubjectPublicKeyInfo, extracted and bounded when the registry was built. Times are seconds
    since 1970 UTC, inclusive; `None` means without end.
    An empty key id is the key that an issuer uses without naming it; an anchor's is its subject key identifier. A JOSE
    key id is its text in UTF-8.
    """

    format: FormatId
    key_id: bytes
    issuer: str
    algorithm: Algorithm
    public_key: bytes
    scope: Scope = Scope()
    not_before: float | None = None
    not_after: float | None = None
    standing: Standing = Standing.GOOD
    anchor: bool = False  # it vouches for signer certificates; it signs no credential itself


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuer as people name it."""

    issuer: str
    country: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Denial:
    """Trust taken away: one key of an issuer, or all of them (`key_id` is `None`)."""

    issuer: str
    key_id: bytes | None
    why: str


@dataclass(frozen=True, slots=True)
class StatusList:
    """An issuer's list of revoked or suspended credentials, verified and inflated when the registry was built.

    `entries` is the packed list of `bits`-wide values; `most_significant_first` tells the two bit orders apart.
    """

    list_id: str
    entries: bytes
    bits: int
    most_significant_first: bool
    valid_until: float | None


class TrustView(Protocol):
    """What the verifier may ask of a registry. Answers come from memory or an immutable file, never from a network."""

    @property
    def as_of(self) -> float:
        """When the content was last known to be current (seconds since 1970 UTC)."""

    def keys(self, ref: KeyRef, /) -> Sequence[IssuerKey]:
        """All keys registered under the reference, at most `limits.KEYS_PER_KEY_ID`; empty when none is."""

    def status_list(self, list_id: str, /) -> StatusList | None:
        """Give the issuer's list, or `None` where the registry does not hold it."""

    def resource(self, name: str, /) -> bytes | None:
        """Give a signed value set, rule set or context table by name, or `None`."""


@dataclass(frozen=True, slots=True)
class HeldTrust:
    """A trust view held in memory: for specimens, published cases and tests, where no image is needed."""

    as_of: float
    issuer_keys: tuple[IssuerKey, ...]
    status_lists: Mapping[str, StatusList] = field(default_factory=dict)
    resources: Mapping[str, bytes] = field(default_factory=dict)

    def keys(self, ref: KeyRef, /) -> Sequence[IssuerKey]:
        """Give the keys of the reference's format and key id, and of its issuer where it names one."""
        return [
            key
            for key in self.issuer_keys
            if (key.format, key.key_id) == (ref.format, ref.key_id) and ref.issuer in (None, key.issuer)
        ]

    def status_list(self, list_id: str, /) -> StatusList | None:
        """Give the list, or `None`."""
        return self.status_lists.get(list_id)

    def resource(self, name: str, /) -> bytes | None:
        """Give the resource, or `None`."""
        return self.resources.get(name)
