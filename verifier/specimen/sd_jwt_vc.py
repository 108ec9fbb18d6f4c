"""SD-JWT VC specimens: identity credentials and tickets, with what is disclosed, and the holder's proof."""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256, sha384, sha512

from trust_registry.model import Algorithm, Kind, Scope
from verifier.specimen import certificates
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.specimen.jose import Holder, compact, jws, text
from verifier.verdict import FormatId
from verifier.wire import base64url
from verifier.wire.json import Json, Object

IDENTITY, TICKET = "urn:training:identity:1", "urn:training:ticket:1"

UTOPIA = training_issuer(
    "sd-jwt-vc utopia",
    FormatId.SD_JWT_VC,
    "https://identity.utopia.example",
    key_id=b"2026-1",
    scope=Scope(frozenset({Kind.IDENTITY}), types=frozenset({IDENTITY})),
)
ARENA = training_issuer(
    "sd-jwt-vc arena",
    FormatId.SD_JWT_VC,
    "https://tickets.arena.example",
    algorithm=Algorithm.ED25519,
    key_id=b"box-office",
    scope=Scope(frozenset({Kind.TICKET}), types=frozenset({TICKET})),
)
AUTHORITY = certificates.authority("sd-jwt-vc authority", FormatId.SD_JWT_VC, "UT")
SIGNER = certificates.signer("sd-jwt-vc signer", AUTHORITY)
ISSUERS = (UTOPIA, ARENA, AUTHORITY)

HOLDER = Holder("sd-jwt-vc holder")

_HASHES: dict[str, Callable[[bytes], bytes]] = {
    "sha-256": lambda data: sha256(data).digest(),
    "sha-384": lambda data: sha384(data).digest(),
    "sha-512": lambda data: sha512(data).digest(),
}


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A claim that the holder may show or keep: a member with a name, or an element without."""

    value: Json
    name: str | None = None

    @property
    def encoded(self) -> bytes:
        """The text that is shown."""
        salt = text(sha256(compact([self.name, self.value])).digest()[:16])
        return base64url.encode(compact([salt, *([] if self.name is None else [self.name]), self.value]))

    def digest(self, algorithm: str = "sha-256") -> str:
        """Give the digest that stands in its place."""
        return text(_HASHES[algorithm](self.encoded))


def hidden(*disclosures: Disclosure, algorithm: str = "sha-256") -> Object:
    """Give the members that hold the digests of disclosures."""
    digests: list[Json] = [*sorted(one.digest(algorithm) for one in disclosures)]
    return {"_sd_alg": algorithm, "_sd": digests}


def credential(issued: int, expires: int | None, claims: Mapping[str, Json], *, kind: str = IDENTITY) -> Object:
    """Make the claims of a credential bound to the holder; further ones stand in the place of the usual ones.

    Claims that are `None` are left out.
    """
    usual: Object = {
        "iss": UTOPIA.key.issuer, "vct": kind, "iat": issued, "exp": expires, "cnf": {"jwk": HOLDER.jwk},
    }  # fmt: skip
    return {name: value for name, value in {**usual, **claims}.items() if value is not None}


def ticket(issued: int, starts: int, ends: int, *, event: str = "Training Concert", category: str = "A") -> Object:
    """Make the claims of a ticket for a time slot."""
    claims: Object = {"iss": ARENA.key.issuer, "nbf": starts, "cnf": None, "event": event, "category": category}
    return credential(issued, ends, claims, kind=TICKET)


def issue(claims: Object, issuer: TrainingIssuer = UTOPIA, header: Mapping[str, object] | None = None) -> bytes:
    """Sign the claims; members of `header` stand in the place of the usual ones."""
    return jws(claims, issuer, {"typ": "dc+sd-jwt"} | dict(header or {}))


def issue_with_certificate(claims: Object, *certificates_: bytes, issuer: TrainingIssuer = SIGNER) -> bytes:
    """Sign the claims under a certified key, and send the certificates along."""
    chain = [b64encode(one).decode() for one in certificates_]
    return issue(claims, issuer, {"kid": "certified", "x5c": chain})


def present(issued: bytes, disclosures: Sequence[Disclosure] = ()) -> bytes:
    """Show a credential with some of its disclosures, and no proof of the holder."""
    return b"~".join([issued, *(one.encoded for one in disclosures), b""])


def bind(  # noqa: PLR0913 - what the holder says
    presented: bytes,
    audience: str,
    nonce: str,
    made_at: int,
    *,
    holder: Holder = HOLDER,
    kind: str = "kb+jwt",
    algorithm: str = "sha-256",
) -> bytes:
    """Add the holder's proof to what is shown."""
    digest = text(_HASHES[algorithm](presented))
    return presented + holder.jws({"iat": made_at, "aud": audience, "nonce": nonce, "sd_hash": digest}, {"typ": kind})
