"""W3C verifiable credentials as a signed JWT, of the data model 1.1 and 2.0, alone or in a holder's presentation.

A signed claims set of no data model at all is read as well: what it says of its subject are its claims.
Source: Verifiable Credentials Data Model 1.1, section 6.3.1; Securing Verifiable Credentials using JOSE and COSE.
"""

from dataclasses import dataclass
from math import floor
from typing import TypeVar

from trust_registry.model import Algorithm, KeyRef
from verifier import subject, w3c
from verifier.context import Context
from verifier.credential import Credential, HolderProof, Window
from verifier.presentation import Unverified, Verified
from verifier.sealed import Sealed, unseal
from verifier.verdict import FormatId, Reason, Reject
from verifier.wire import carrier, did, json, jwk, jws

_T = TypeVar("_T")

name = FormatId.VC_JWT

_START = b"eyJ"  # base64url of an opening brace and a quotation mark
_REGISTERED = frozenset({"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "cnf"})
_DATA_URL = "data:application/vc+jwt,"


@dataclass(frozen=True, slots=True)
class _Body:
    """The claims of the issuer's JWT, the credential among them, and the holder's JWT around it, if there is one."""

    claims: json.Object
    credential: json.Object
    presentation: jws.Jws | None


def recognise(data: bytes, /) -> bool:
    """Know a JWT, carried or not, by its start and its three parts."""
    if carrier.beginning(data, len(_START)) != _START:
        return False
    try:
        text = _text(data)
    except Reject:
        return False
    return text.count(b".") == 2 and b"~" not in text  # noqa: PLR2004 - three parts


def parse(data: bytes, _context: Context, /) -> Unverified:
    """Take a credential apart, out of its presentation where it is in one."""
    outer = jws.decode(_text(data))
    enclosed = _enclosed(outer)
    issued = outer if enclosed is None else jws.decode(enclosed)
    claims = _claims(issued)
    credential = _credential(issued, claims)
    issuer = _agreed(json.member(claims, "iss", json.as_text), w3c.issuer(credential))
    if issuer is None:
        raise Reject(Reason.MALFORMED)
    body = _Body(claims, credential, None if enclosed is None else outer)
    return Unverified(KeyRef(name, _key_id(issued, issuer), issuer), issued.signed, Sealed(body))


def read(doc: Verified, /) -> Credential:
    """Read what the credential says."""
    body = unseal(doc.body)
    if not isinstance(body, _Body):
        raise TypeError
    about = w3c.subject(body.credential)
    window = _window(body)
    return Credential(
        kinds=subject.kinds(about),
        country=None,
        type=w3c.type_of(body.credential),
        issued_at=window.not_before,
        window=window,
        claims=Sealed(subject.claims(about)),
        holder=Sealed(subject.holder(about)),
        status=w3c.status(body.credential),
        proof=None if body.presentation is None else _proof(body, body.presentation, about),
    )


def _text(data: bytes) -> bytes:
    """Give the text, out of its carrier where it is in one."""
    return data if data.startswith(_START) else carrier.opened(data)


def _claims(signed: jws.Jws) -> json.Object:
    return json.as_object(json.decode(unseal(signed.payload)))


def _media_type(signed: jws.Jws) -> str:
    """Give the media type; none is said, or "JWT", by credentials of the data model 1.1."""
    return (signed.type or "JWT").lower()


def _enclosed(outer: jws.Jws) -> bytes | None:
    """Give the one credential that a presentation holds; `None` where this is no presentation."""
    claims = _claims(outer)
    match _media_type(outer):
        case "jwt" if "vp" in claims:
            enclosed = _only(json.at(claims, "vp", "verifiableCredential"))
            if not isinstance(enclosed, str):  # a credential with a proof of its own
                raise Reject(Reason.UNSUPPORTED_FORMAT)
            return enclosed.encode()
        case "vp+jwt":
            text = json.as_text(json.at(_only(claims.get("verifiableCredential")), "id"))
            if not text.startswith(_DATA_URL):
                raise Reject(Reason.UNSUPPORTED_FORMAT)
            return text.removeprefix(_DATA_URL).encode()
        case _:
            return None


def _only(value: object) -> object:
    """Give the one element; a presentation of several credentials, or of one in another form, is not for a gate."""
    elements = value if isinstance(value, list) else [value]
    if len(elements) != 1:
        raise Reject(Reason.UNSUPPORTED_FORMAT)
    return elements[0]


def _credential(issued: jws.Jws, claims: json.Object) -> json.Object:
    """Give the credential in the claims: under `vc` in the data model 1.1, the claims themselves in 2.0."""
    match _media_type(issued):
        case "jwt" if "vc" not in claims:
            credential = _plain(claims)
        case "jwt":
            credential = json.as_object(claims.get("vc"))
            w3c.check(credential, w3c.V1)
            _agreed(claims.get("jti"), credential.get("id"))
            _agreed(claims.get("sub"), w3c.subject(credential).get("id"))
        case "vc+jwt" if not {"vc", "vp"} & claims.keys() and issued.header.get("cty", "vc") == "vc":
            credential = claims
            w3c.check(credential, w3c.V2)
        case _:
            raise Reject(Reason.MALFORMED)
    return credential


def _plain(claims: json.Object) -> json.Object:
    """See a signed claims set of no data model, as tickets often are, as a credential of the type `JWT`.

    A key whose scope names its types signs none. Source: RFC 7519 section 4.
    """
    about: json.Object = {member: value for member, value in claims.items() if member not in _REGISTERED}
    return {"type": ["JWT"], "credentialSubject": about}


def _agreed(one: _T | None, other: _T | None) -> _T | None:
    """Give what is said outside the credential or inside it; said twice it must be the same."""
    if one is not None and other is not None and one != other:
        raise Reject(Reason.MALFORMED)
    return other if one is None else one


def _key_id(issued: jws.Jws, issuer: str) -> bytes:
    """Name the key within its issuer: the fragment of a DID URL, which must be the issuer's own."""
    controller, hash_mark, fragment = (issued.key_id or "").partition("#")
    if hash_mark and controller not in ("", issuer):
        raise Reject(Reason.MALFORMED)
    return (fragment if hash_mark else controller).encode()


def _window(body: _Body) -> Window:
    """Read the dates outside and inside, which in the data model 1.1 say the same, to the second."""
    outside, inside = _outside(body.claims), w3c.validity(body.credential)
    if body.credential is not body.claims:
        _agreed(_second(outside.not_before), _second(inside.not_before))
        _agreed(_second(outside.not_after), _second(inside.not_after))
    return w3c.within(outside, inside)


def _outside(claims: json.Object) -> Window:
    not_before, not_after = (json.member(claims, member, json.as_numeric_date) for member in ("nbf", "exp"))
    return Window(not_before, not_after, end_included=False)


def _second(moment: float | None) -> int | None:
    return None if moment is None else floor(moment)


def _proof(body: _Body, presentation: jws.Jws, about: json.Object) -> HolderProof:
    """Read the holder's JWT, signed with the key that the issuer named; a stranger's wrapping binds nobody."""
    said = _claims(presentation)
    key = _holder_key(body, about)
    if key is None:
        raise Reject(Reason.UNBOUND)
    audience, nonce = (json.member(said, member, json.as_text) or "" for member in ("aud", "nonce"))
    made_at = json.member(said, "iat", json.as_numeric_date)
    return HolderProof(presentation.signed, key[1], key[0], audience, nonce, made_at)


def _holder_key(body: _Body, about: json.Object) -> tuple[Algorithm, bytes] | None:
    """Find the key that the credential is bound to: named in `cnf`, or by the subject's own DID."""
    bound = json.member(body.claims, "cnf", json.as_object) or {}
    if "jwk" in bound:
        return jwk.public_key(bound["jwk"])
    named = json.member(bound, "kid", json.as_text) or json.member(about, "id", json.as_text)
    named = named or json.member(body.claims, "sub", json.as_text) or ""
    return did.public_key(named.partition("#")[0])
