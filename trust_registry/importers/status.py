"""Status of credentials as issuers publish it: signed lists of bits, and lists of revoked identifiers.

Pure: a publisher's file and the keys that we trust for it in, what a registry image holds out. Two families number
their bits from opposite ends.
"""

import re
import zlib
from collections.abc import Callable, Sequence

from trust_registry.importers import text
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.model import IssuerKey, KeyRef, StatusList
from verifier import limits, signature
from verifier.verdict import FormatId, Reject
from verifier.wire import base64, base64url, json, jws, revocations

Keys = Callable[[KeyRef], Sequence[IssuerKey]]

_LIST_TYPE = "statuslist+jwt"
_WIDTHS = frozenset({1, 2, 4, 8})
_BITSTRING_LISTS = frozenset({"BitstringStatusList", "StatusList2021"})
_HASH_TYPES = frozenset({"SIGNATURE", "UCI", "COUNTRYCODEUCI"})
_CARD_ID = re.compile(r"[A-Za-z0-9_-]{1,24}")
_MOMENT = re.compile(r"[0-9]{1,10}")


def token_status_list(data: bytes, keys: Keys, format_: FormatId) -> StatusList:
    """Read a Token Status List as JWT, signed by an issuer of the format.

    Raises `Refused`, `Reject`. Source: draft-ietf-oauth-status-list-12, sections 4.1 and 5.1.
    """
    token = jws.decode(data, most_bytes=limits.LIST_BYTES)
    if token.type != _LIST_TYPE:
        raise Refused(Refusal.UNKNOWN_LIST)
    claims = _signed_claims(data, token, keys, format_)
    listed = json.as_object(claims.get("status_list"))
    bits = json.as_number(listed.get("bits"))
    if not isinstance(bits, int) or bits not in _WIDTHS:
        raise Refused(Refusal.MALFORMED)
    entries = _inflated(base64url.decode(json.as_text(listed.get("lst")).encode()), zlib.MAX_WBITS)
    return StatusList(
        json.as_text(claims.get("sub")), entries, bits, most_significant_first=False, valid_until=_end(claims)
    )


def bitstring_status_list(data: bytes, keys: Keys) -> StatusList:
    """Read a Bitstring Status List or a StatusList2021 in a VC-JWT; suspensions come out with two bits an entry.

    Raises `Refused`, `Reject`. Source: Bitstring Status List 1.0, section 2.2; StatusList2021.
    """
    token = jws.decode(data, most_bytes=limits.LIST_BYTES)
    claims = _signed_claims(data, token, keys, FormatId.VC_JWT)
    credential = json.as_object(claims.get("vc", claims))
    subject = json.as_object(credential.get("credentialSubject"))
    if subject.get("type") not in _BITSTRING_LISTS:
        raise Refused(Refusal.UNKNOWN_LIST)
    encoded = json.as_text(subject.get("encodedList")).removeprefix("u")
    entries = _inflated(base64url.decode(encoded.rstrip("=").encode()), zlib.MAX_WBITS | 16)
    suspends = subject.get("statusPurpose") == "suspension"
    packed = _as_suspensions(entries) if suspends else entries
    name = json.as_text(credential.get("id"))
    return StatusList(name, packed, 2 if suspends else 1, most_significant_first=True, valid_until=_end(claims))


def revoked_cards(data: bytes, issuer: str, version: int | None = None) -> tuple[str, bytes]:
    """Read the revoked ids of SMART Health Cards under one key of an issuer; give the resource and its content.

    `version` is the counter that the key's own entry states. Raises `Refused`, `Reject`: a list with one fault counts
    as no list, never as an empty one. Source: SMART Health Cards and Links, "Revocation".
    """
    listed = json.as_object(text.json_value(data))
    key_id, counter = json.as_text(listed.get("kid")), json.as_number(listed.get("ctr"))
    if listed.get("method") != "rid" or (version is not None and counter != version):
        raise Refused(Refusal.MALFORMED)
    cards = [_card(json.as_text(one)) for one in json.as_array(listed.get("rids"))]
    if len({name for name, _ in cards}) != len(cards):
        raise Refused(Refusal.MALFORMED)
    packed = revocations.pack((revocations.digest(name.encode()), moment) for name, moment in cards)
    return revocations.list_name(FormatId.SHC, issuer, key_id.encode()), packed


def revoked_certificates(data: bytes) -> tuple[str, bytes]:
    """Read one batch of revoked EU certificates, out of its CMS envelope; give the resource and its content.

    Raises `Refused`, `Reject`. Source: dgc-gateway, revocation list batches; hcert-spec on the three kinds of hash.
    """
    batch = json.as_object(text.json_value(data))
    key_id = base64.decode(json.as_text(batch.get("kid")).encode())
    digests = [
        base64.decode(json.as_text(json.at(one, "hash")).encode()) for one in json.as_array(batch.get("entries"))
    ]
    if batch.get("hashType") not in _HASH_TYPES or any(len(one) != revocations.DIGEST_BYTES for one in digests):
        raise Refused(Refusal.MALFORMED)
    name = revocations.list_name(FormatId.HC1, "", key_id)
    return name, revocations.pack((one, revocations.EVER) for one in digests)


def _card(written: str) -> tuple[str, int]:
    """Read a card's id, and perhaps the moment before which cards of that id are revoked."""
    name, dot, moment = written.partition(".")
    if not _CARD_ID.fullmatch(name) or (dot and not _MOMENT.fullmatch(moment)):
        raise Refused(Refusal.MALFORMED)
    return name, int(moment) if dot else revocations.EVER


def _signed_claims(data: bytes, token: jws.Jws, keys: Keys, format_: FormatId) -> json.Object:
    """Check a list's signature under the keys of the issuer that it names, and give what it says."""
    claims = json.as_object(text.json_value(base64url.decode(data.split(b".")[1])))
    key_id = (token.key_id or "").rpartition("#")[2].encode()
    for key in keys(KeyRef(format_, key_id, json.as_text(claims.get("iss")))):
        try:
            signature.check_under(token.signed, key.public_key, key.algorithm)
        except Reject:
            continue
        return claims
    raise Refused(Refusal.LIST_SIGNATURE)


def _inflated(data: bytes, window_bits: int) -> bytes:
    """Inflate one whole stream within the bound of a list."""
    stream = zlib.decompressobj(window_bits)
    try:
        content = stream.decompress(data, limits.STATUS_LIST_BYTES)
    except zlib.error:
        raise Refused(Refusal.MALFORMED) from None
    if stream.unconsumed_tail or not stream.eof:
        raise Refused(Refusal.TOO_LARGE if stream.unconsumed_tail else Refusal.MALFORMED)
    if stream.unused_data:
        raise Refused(Refusal.MALFORMED)
    return content


def _end(claims: json.Object) -> float | None:
    """Give the moment after which the list is too old: its end, or the end of its time to live."""
    ends = [] if "exp" not in claims else [json.as_numeric_date(claims["exp"])]
    if "ttl" in claims:
        ends.append(json.as_numeric_date(claims.get("iat")) + json.as_number(claims["ttl"]))
    return min(ends, default=None)


# Each bit as the two-bit value "suspended", the most significant first.
_SUSPENDED = [sum(2 << 2 * place for place in range(8) if byte >> place & 1).to_bytes(2) for byte in range(256)]


def _as_suspensions(entries: bytes) -> bytes:
    return b"".join(_SUSPENDED[byte] for byte in entries)
