"""VC-JWT specimens: credentials of the data models 1.1 and 2.0, and presentations by their holder."""

from collections.abc import Mapping

from trust_registry.model import Kind, Scope
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.specimen.jose import Holder, jws
from verifier.verdict import FormatId
from verifier.wire.json import Json, Object

V1, V2 = "https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2"
IDENTITY, TICKET = "TrainingIdentity", "TrainingTicket"

UTOPIA = training_issuer(
    "vc-jwt utopia",
    FormatId.VC_JWT,
    "did:web:identity.utopia.example",
    key_id=b"key-1",
    scope=Scope(frozenset({Kind.IDENTITY})),
)
ARENA = training_issuer(
    "vc-jwt arena",
    FormatId.VC_JWT,
    "did:web:tickets.arena.example",
    key_id=b"key-1",
    scope=Scope(frozenset({Kind.TICKET}), types=frozenset({TICKET})),
)
ISSUERS = (UTOPIA, ARENA)

HOLDER = Holder("vc-jwt holder")


def subject(**claims: Json) -> Object:
    """Make a subject that is the holder's key."""
    return {"id": HOLDER.did, **claims}


def first(about: Object, issued: int, expires: int | None, *, kind: str = IDENTITY, **claims: Json) -> Object:
    """Make the claims of a credential of the data model 1.1; others by name, left out where they are `None`."""
    usual: Object = {
        "iss": UTOPIA.key.issuer, "sub": about.get("id"), "nbf": issued, "exp": expires,
        "vc": {"@context": [V1], "type": ["VerifiableCredential", kind], "credentialSubject": about},
    }  # fmt: skip
    return {name: value for name, value in {**usual, **claims}.items() if value is not None}


def second(about: Object, starts: str, ends: str | None, *, kind: str = IDENTITY, **members: Json) -> Object:
    """Make a credential of the data model 2.0; other members by name, left out where they are `None`."""
    usual: Object = {
        "@context": [V2], "type": ["VerifiableCredential", kind], "issuer": UTOPIA.key.issuer,
        "validFrom": starts, "validUntil": ends, "credentialSubject": about,
    }  # fmt: skip
    return {name: value for name, value in {**usual, **members}.items() if value is not None}


def issue(claims: Object, issuer: TrainingIssuer = UTOPIA, header: Mapping[str, object] | None = None) -> bytes:
    """Sign a credential of the data model 1.1; members of `header` stand in the place of the usual ones."""
    kid = f"{issuer.key.issuer}#{issuer.key.key_id.decode()}"
    return jws(claims, issuer, {"kid": kid, "typ": "JWT"} | dict(header or {}))


def issue_second(claims: Object, issuer: TrainingIssuer = UTOPIA) -> bytes:
    """Sign a credential of the data model 2.0."""
    return issue(claims, issuer, {"typ": "vc+jwt"})


def present(credential: bytes, audience: str, nonce: str, *, holder: Holder = HOLDER, credentials: int = 1) -> bytes:
    """Put a credential of the data model 1.1, or as many copies of it, into the holder's presentation."""
    enclosed: list[Json] = [credential.decode()] * credentials
    vp: Object = {"@context": [V1], "type": ["VerifiablePresentation"], "verifiableCredential": enclosed}
    claims: Object = {"iss": holder.did, "aud": audience, "nonce": nonce, "vp": vp}
    return holder.jws(claims, {"kid": f"{holder.did}#0", "typ": "JWT"})


def present_second(credential: bytes, audience: str, nonce: str, made_at: int, *, holder: Holder = HOLDER) -> bytes:
    """Put a credential of the data model 2.0 into the holder's presentation."""
    enveloped: Object = {
        "@context": V2, "type": "EnvelopedVerifiableCredential", "id": f"data:application/vc+jwt,{credential.decode()}",
    }  # fmt: skip
    claims: Object = {
        "@context": [V2], "type": ["VerifiablePresentation"], "verifiableCredential": [enveloped],
        "aud": audience, "nonce": nonce, "iat": made_at,
    }  # fmt: skip
    return holder.jws(claims, {"kid": f"{holder.did}#0", "typ": "vp+jwt"})
