"""HC1: the health certificate container of the EU and the WHO, and the Swiss light certificate in the same coat.

Base45 of zlib of a COSE_Sign1 whose payload is a CWT. What the CWT carries is told by the label it stands under; each
content has a module here. Nothing but the key id selects the key; the issuer's country is held against its scope.
Source: hcert-spec 1.0.5 (eHealth Network) and its continuation in WHO smart-trust.
"""

from collections.abc import Callable
from dataclasses import dataclass

from trust_registry.model import KeyRef
from verifier.catalogues import countries
from verifier.context import Context
from verifier.credential import Credential, Revocable, Window
from verifier.formats.hc1 import core_data_set, dcc, icvp, light
from verifier.formats.hc1.content import Content
from verifier.presentation import Signed, Unverified, Verified
from verifier.sealed import Sealed, unseal
from verifier.verdict import FormatId, Reason, Reject
from verifier.wire import base45, cbor, cose, inflate, revocations
from verifier.wire.json import as_numeric_date

name = FormatId.HC1

_HCERT, _LIGHT = b"HC1:", b"LT1:"
_PREFIX_BYTES = 4

_ISSUER, _EXPIRES, _NOT_BEFORE, _ISSUED = 1, 4, 5, 6  # RFC 8392 section 4
_HCERT_CLAIM, _LIGHT_CLAIM = -260, -250
_DCC, _HEALTH_LINK = 1, 5  # sub-claims of hcert


@dataclass(frozen=True, slots=True)
class _Profile:
    """One kind of content: its type as scopes name it, its reader, and whether the CWT must state an end."""

    type: str
    read: Callable[[cbor.Map], Content]
    expires: bool


@dataclass(frozen=True, slots=True)
class _Body:
    """The CWT, its content, and what that is."""

    cwt: cbor.Map
    content: cbor.Map
    profile: _Profile


_EU_DCC = _Profile("eu-dcc", dcc.read, expires=True)
_WHO_DDCC = _Profile("who-ddcc", core_data_set.read, expires=False)
_WHO_ICVP = _Profile("who-icvp", icvp.read, expires=False)
_CH_LIGHT = _Profile("ch-light", light.read, expires=True)
_PROFILES = {_DCC: _EU_DCC, 3: _WHO_DDCC, 4: _WHO_DDCC, -6: _WHO_ICVP}  # WHO smart-trust, HCERT


def recognise(data: bytes) -> bool:
    """Say whether this is mine, by its four-character context."""
    return data.startswith((_HCERT, _LIGHT))


def parse(data: bytes, _context: Context) -> Unverified:
    """Take apart the text, the stream, the message and the payload.

    Raises `Reject`: MALFORMED, UNSUPPORTED_ALGORITHM, ONLINE_ONLY for a health link, UNSUPPORTED_FORMAT for a content
    that we have no reader for.
    """
    message = cose.decode(inflate.zlib_stream(base45.decode(data[_PREFIX_BYTES:])))
    if message.payload is None:
        raise Reject(Reason.MALFORMED)
    cwt = cbor.decode_map(message.payload)
    body = _light(cwt) if data.startswith(_LIGHT) else _hcert(cwt)
    signed = Signed(Sealed(message.covered(message.payload)), message.signature, message.algorithm)
    return Unverified(KeyRef(FormatId.HC1, message.key_id), signed, Sealed(body))


def _hcert(cwt: cbor.Map) -> _Body:
    """Find the content under the hcert claim, or in the oldest WHO cards at the top."""
    if _HCERT_CLAIM not in cwt and core_data_set.is_one(cwt):
        return _Body(cwt, cwt, _WHO_DDCC)
    match cwt.get(_HCERT_CLAIM):
        case dict(sub_claims) if len(sub_claims) == 1:
            [(label, content)] = sub_claims.items()
        case _:
            raise Reject(Reason.MALFORMED)
    if label == _HEALTH_LINK:
        raise Reject(Reason.ONLINE_ONLY)
    if label not in _PROFILES:
        raise Reject(Reason.UNSUPPORTED_FORMAT)
    if not isinstance(content, dict):
        raise Reject(Reason.MALFORMED)
    if label == _DCC and core_data_set.is_one(content):  # LAC PASS and early WHO cards keep to the EU's label
        return _Body(cwt, content, _WHO_DDCC)
    return _Body(cwt, content, _PROFILES[label])


def _light(cwt: cbor.Map) -> _Body:
    match cwt.get(_LIGHT_CLAIM):
        case {1: dict(content)}:
            return _Body(cwt, content, _CH_LIGHT)
        case _:
            raise Reject(Reason.MALFORMED)


def read(doc: Verified) -> Credential:
    """Read the CWT claims and the content.

    Raises `Reject(MALFORMED)` for times that are none, an end that is missing where it must be stated, or a content
    without an entry.
    """
    body = unseal(doc.body)
    if not isinstance(body, _Body):
        raise TypeError
    content = body.profile.read(body.content)
    issued, not_before, expires = (_time(body.cwt, label) for label in (_ISSUED, _NOT_BEFORE, _EXPIRES))
    if expires is None and body.profile.expires:
        raise Reject(Reason.MALFORMED)
    return Credential(
        kinds=content.kinds,
        country=_country(body.cwt.get(_ISSUER)),
        type=body.profile.type,
        issued_at=issued,
        window=Window(
            not_before=_most(max, issued, not_before, content.not_before),
            not_after=_most(min, expires, content.not_after),
            end_included=True,  # hcert-spec 3.3.5: refuse after the end
        ),
        claims=Sealed(content.claims),
        holder=Sealed(content.holder),
        revocable=_revocable(doc, body),
        document=Sealed(body.content) if body.profile is _EU_DCC else None,
    )


def _revocable(doc: Verified, body: _Body) -> tuple[Revocable, ...]:
    """Name an EU certificate in the three ways in which issuers revoke them.

    Of an ECDSA signature only the first half counts, since the second has two forms. Source: dgc-gateway, revocation.
    """
    if body.profile is not _EU_DCC:
        return ()
    whole = doc.signed.signature
    identifiers = [whole[: len(whole) // 2] if doc.key.algorithm.startswith("ES") else whole]
    for entry in (one for kind in "vtr" for one in _entries(body.content.get(kind))):
        match entry:
            case {"ci": str(identifier), "co": str(country)}:
                identifiers += [identifier.encode(), f"{country}{identifier}".encode()]
    list_name = revocations.list_name(name, "", doc.key.key_id)
    return tuple(Revocable(list_name, revocations.digest(one)) for one in identifiers)


def _entries(listed: cbor.Value) -> list[cbor.Value]:
    return listed if isinstance(listed, list) else []


def _time(cwt: cbor.Map, label: int) -> float | None:
    return as_numeric_date(cwt[label]) if label in cwt else None


def _most(pick: Callable[[list[float]], float], *times: float | None) -> float | None:
    """Pick the tightest of the bounds that are stated."""
    stated = [time for time in times if time is not None]
    return pick(stated) if stated else None


def _country(issuer: cbor.Value) -> str | None:
    """Read the issuer's country; a code of no country stays as written, for a scope that names it."""
    match issuer:
        case None:
            return None
        case str():
            return countries.alpha_2(issuer) or issuer
        case _:
            raise Reject(Reason.MALFORMED)
