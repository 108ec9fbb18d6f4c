"""SD-JWT VC: selectively disclosed JWT credentials, with the holder's key-binding JWT or without.

Source: RFC 9901; draft-ietf-oauth-sd-jwt-vc-19, cited below as "SD-JWT VC". An SD-JWT of another application is read as
well, if its media type says that it is one.
"""

from dataclasses import dataclass

from trust_registry.model import KeyRef
from verifier import limits, subject
from verifier.context import Context
from verifier.credential import Credential, HolderProof, StatusReference, Window
from verifier.presentation import Unverified, Verified
from verifier.sealed import Sealed, unseal
from verifier.verdict import FormatId, Reason, Reject
from verifier.wire import base64, carrier, json, jwk, jws, sd_jwt, x509

name = FormatId.SD_JWT_VC

_START = b"eyJ"  # base64url of an opening brace and a quotation mark
_SUFFIX = "+sd-jwt"
_CREDENTIAL_TYPES = frozenset({"dc+sd-jwt", "vc+sd-jwt"})  # the second until November 2024; both need a `vct`
_KEY_BINDING_TYPE = "kb+jwt"

# What the issuer says to the verifier and never leaves to the holder. Source: SD-JWT VC section 2.2.2.2.
_NEVER_SELECTIVE = frozenset({"iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "aka_vcts", "status"})
_ABOUT_THE_CREDENTIAL = _NEVER_SELECTIVE | {"iat", "sub", "jti"}


@dataclass(frozen=True, slots=True)
class _Body:
    """What was presented: the claims as far as shown, and the holder's JWT with the digest that it must name."""

    claims: json.Object
    key_binding: jws.Jws | None
    presented_digest: str


def recognise(data: bytes, /) -> bool:
    """Know an SD-JWT, carried or not, by the start of a JWT, and the tilde after it."""
    if carrier.beginning(data, len(_START)) != _START:
        return False
    try:
        return b"~" in _text(data)
    except Reject:
        return False


def parse(data: bytes, _context: Context, /) -> Unverified:
    """Take an SD-JWT apart and put the disclosures in their places."""
    doc = sd_jwt.decode(_text(data))
    if not (doc.issued.type or "").endswith(_SUFFIX):
        raise Reject(Reason.MALFORMED)
    payload = json.as_object(json.decode(unseal(doc.issued.payload)))
    claims = sd_jwt.reveal(payload, doc.disclosures)
    if (claims.keys() - payload.keys()) & _NEVER_SELECTIVE:
        raise Reject(Reason.MALFORMED)
    if doc.issued.type in _CREDENTIAL_TYPES:
        json.as_text(claims.get("vct"))
    body = _Body(claims, doc.key_binding, sd_jwt.digest(payload, doc.presented))
    chain = _chain(doc.issued)
    return Unverified(_signer(doc.issued, claims, chain), doc.issued.signed, Sealed(body), chain)


def read(doc: Verified, /) -> Credential:
    """Read what was shown."""
    body = unseal(doc.body)
    if not isinstance(body, _Body):
        raise TypeError
    claims = body.claims
    about = {member: value for member, value in claims.items() if member not in _ABOUT_THE_CREDENTIAL}
    return Credential(
        kinds=subject.kinds(about),
        country=json.member(claims, "issuing_country", json.as_text),
        type=json.member(claims, "vct", json.as_text),
        issued_at=json.member(claims, "iat", json.as_numeric_date),
        window=_window(claims),
        claims=Sealed(subject.claims(about)),
        holder=Sealed(subject.holder(about)),
        status=_status(claims),
        proof=_proof(body),
    )


def _text(data: bytes) -> bytes:
    """Give the text, out of its carrier where it is in one."""
    return data if data.startswith(_START) else carrier.opened(data)


def _chain(issued: jws.Jws) -> tuple[bytes, ...]:
    """Read the certificates that came along, leaf first. Source: RFC 7515 section 4.1.6."""
    listed = json.member(issued.header, "x5c", json.as_array)
    if listed is None:
        return ()
    if not 0 < len(listed) <= limits.CHAIN_CERTIFICATES:
        raise Reject(Reason.MALFORMED)
    return tuple(base64.decode(json.as_text(one).encode()) for one in listed)


def _signer(issued: jws.Jws, claims: json.Object, chain: tuple[bytes, ...]) -> KeyRef:
    """Name the key: the anchor of the chain, or the issuer's own key. Source: SD-JWT VC section 2.5."""
    if chain:
        return KeyRef(name, x509.anchor_id(tuple(x509.decode(one) for one in chain)))
    return KeyRef(name, (issued.key_id or "").encode(), json.as_text(claims.get("iss")))


def _window(claims: json.Object) -> Window:
    not_before, not_after = (json.member(claims, member, json.as_numeric_date) for member in ("nbf", "exp"))
    return Window(not_before, not_after, end_included=False)


def _status(claims: json.Object) -> tuple[StatusReference, ...]:
    """Read the reference into a Token Status List; another mechanism points to a list that nobody holds."""
    status = json.member(claims, "status", json.as_object)
    if status is None:
        return ()
    if status.keys() != {"status_list"}:
        return (StatusReference("", 0),)
    listed = json.as_object(status["status_list"])
    index = json.as_number(listed.get("idx"))
    if not isinstance(index, int) or index < 0:
        raise Reject(Reason.MALFORMED)
    return (StatusReference(json.as_text(listed.get("uri")), index),)


def _proof(body: _Body) -> HolderProof | None:
    """Read the holder's JWT, which must cover just what was presented. Source: RFC 9901 sections 4.3 and 7.3."""
    bound = body.key_binding
    if bound is None:
        return None
    said = json.as_object(json.decode(unseal(bound.payload)))
    if bound.type != _KEY_BINDING_TYPE or said.get("sd_hash") != body.presented_digest:
        raise Reject(Reason.BAD_BINDING)
    algorithm, public_key = jwk.public_key(json.at(body.claims, "cnf", "jwk"))
    audience, nonce = (json.as_text(said.get(member)) for member in ("aud", "nonce"))
    return HolderProof(bound.signed, public_key, algorithm, audience, nonce, json.as_numeric_date(said.get("iat")))
