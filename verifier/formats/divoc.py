"""DIVOC: proofs of vaccination of India, Sri Lanka and others: a ZIP in the symbol, JSON-LD signed by the older suites.

In its vocabulary several members mean the same: `date`, `effectiveStart` and `effectiveUntil` are all a date, `dose`
and `totalDoses` both a number of doses, `vaccine`, `manufacturer`, `batch` and `certificateId` all an identifier. The
signature covers what members mean, so whoever holds the credential can exchange their values. They are therefore read
together: a dose is the lesser number, its day any from the first date to the last, its product the one known name.

The registry knows an issuer by the DID of its verification method, without a name for the key.
Source: DIVOC vaccination contexts v1 and v2; RsaSignature2018 and Ed25519Signature2018, Linked Data Proofs 1.0.
"""

import re
from functools import partial
from hashlib import sha256

from trust_registry.model import Algorithm, KeyRef, Kind
from verifier import w3c
from verifier.catalogues import contexts, products
from verifier.claims import AgeOver, Birth, Claim, Vaccination
from verifier.context import Context
from verifier.credential import Credential, Holder
from verifier.instant import Days
from verifier.presentation import Signed, Unverified, Verified
from verifier.sealed import Sealed, unseal
from verifier.verdict import FormatId, Reason, Reject
from verifier.wire import base64url, iso8601, json, jsonld, jws
from verifier.wire import zip as archive
from verifier.wire.json import Json, Object

name = FormatId.DIVOC

_ALGORITHMS = {
    "RsaSignature2018": frozenset({Algorithm.PS256, Algorithm.RS256}),
    "Ed25519Signature2018": frozenset({Algorithm.ED25519}),
}
_SECURITY = "https://w3id.org/security/v2"

# The vocabulary is one of two, whatever host its address names.
_VOCABULARIES = {
    "/credentials/vaccination/v1": "https://cowin.gov.in/credentials/vaccination/v1",
    "/credentials/vaccination/v2": "https://cowin.gov.in/credentials/vaccination/v2",
}

# Names of vaccines as certificates write them, and as the catalogue of products does.
_PRODUCTS = {"covishield": "Covishield", "covaxin": "Covaxin", "sputnik v": "Sputnik-V"}

_DATES = ("date", "effectiveStart", "effectiveUntil")
_NUMBERS = ("dose", "totalDoses")
_IDENTIFIERS = ("vaccine", "manufacturer", "batch", "certificateId")
_NUMBER = re.compile(r"\d{1,2}", re.ASCII)


def recognise(data: bytes, /) -> bool:
    """Know an archive, which no other credential comes in."""
    return data.startswith(b"PK\x03\x04")


def parse(data: bytes, _context: Context, /) -> Unverified:
    """Take a credential apart. What is signed is what it says, so its bytes are written anew."""
    document = json.as_object(json.decode(archive.only_file(data)))
    proof = json.as_object(document.get("proof"))
    credential = {member: value for member, value in document.items() if member != "proof"}
    w3c.check(credential, w3c.V1)
    if proof.get("proofPurpose") != "assertionMethod":
        raise Reject(Reason.MALFORMED)
    method = json.as_text(proof.get("verificationMethod")).partition("#")[0]
    return Unverified(KeyRef(name, b"", method), _signed(credential, proof), Sealed(credential))


def read(doc: Verified, /) -> Credential:
    """Read what the credential says."""
    credential = json.as_object(unseal(doc.body))
    person = w3c.subject(credential)
    window = w3c.validity(credential)
    doses = [_vaccination(json.as_object(one)) for one in json.as_array(credential.get("evidence"))]
    born = json.member(person, "dob", json.as_text)
    holder = _holder(person, None if born is None else iso8601.days(born))
    births = () if holder.born is None else (Birth(holder.born),)
    claims: tuple[Claim, ...] = (*doses, *births, *_age(person))
    kinds = frozenset({Kind.VACCINATION})
    return Credential(kinds, None, w3c.type_of(credential), window.not_before, window, Sealed(claims), Sealed(holder))


def _signed(credential: Object, proof: Object) -> Signed:
    """Write what the proof covers. Its JWS is detached, and its header is part of what it covers. Source: RFC 7797."""
    allowed = _ALGORITHMS.get(json.as_text(proof.get("type")))
    if allowed is None:
        raise Reject(Reason.UNSUPPORTED_ALGORITHM)
    header, nothing, signature = _parts(json.as_text(proof.get("jws")).encode())
    stated = json.as_object(json.decode(base64url.decode(header)))
    algorithm = jws.algorithm(stated.get("alg"))
    if nothing or stated.keys() != {"alg", "b64", "crit"} or stated["b64"] is not False or stated["crit"] != ["b64"]:
        raise Reject(Reason.MALFORMED)
    if algorithm not in allowed:
        raise Reject(Reason.UNSUPPORTED_ALGORITHM)
    options: Object = {member: value for member, value in proof.items() if member != "jws"} | {"@context": _SECURITY}
    hashes = (sha256(_canonical(part, "sha256")).digest() for part in (options, _in_our_vocabulary(credential)))
    return Signed(Sealed(header + b"." + b"".join(hashes)), base64url.decode(signature), algorithm)


_canonical = partial(jsonld.canonical, contexts=contexts.context)


def _parts(text: bytes) -> list[bytes]:
    parts = text.split(b".")
    if len(parts) != 3:  # noqa: PLR2004 - header, payload, signature
        raise Reject(Reason.MALFORMED)
    return parts


def _in_our_vocabulary(credential: Object) -> Object:
    """Name the vocabulary as our table does."""
    stated = json.as_array(credential["@context"])
    return credential | {"@context": [_known(one) for one in stated]}


def _known(address: Json) -> Json:
    _, _, path = json.as_text(address).removeprefix("https://").partition("/")
    return _VOCABULARIES.get(f"/{path}", address)


def _vaccination(event: Object) -> Vaccination:
    texts = (_text(event[member]) for member in _IDENTIFIERS if member in event)
    known = {_PRODUCTS[text] for text in map(str.casefold, texts) if text in _PRODUCTS}
    product = known.pop() if len(known) == 1 else None
    dates = [iso8601.days(_date(event[member])) for member in _DATES if event.get(member)]
    if not dates:
        raise Reject(Reason.MALFORMED)
    given = Days(min(one.first for one in dates), max(one.last for one in dates))
    return Vaccination(products.disease(product), product, given, *_doses(event))


def _doses(event: Object) -> tuple[int | None, int | None]:
    """Read the number of the dose and of the series; one number alone stands for both, as equal values are one."""
    numbers = [_number(event[member]) for member in _NUMBERS if member in event]
    known = [number for number in numbers if number is not None]
    return (min(known), max(known)) if known and len(known) == len(numbers) else (None, None)


def _date(value: Json) -> str:
    """Read the civil date of a date or a moment; some write it without dashes."""
    text = json.as_text(value).partition("T")[0]
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if text.isdecimal() and len(text) == len("YYYYMMDD") else text


def _text(value: object) -> str:
    """Read a text, or a number as text."""
    return json.as_text(value) if isinstance(value, str) else f"{json.as_number(value):g}"


def _number(value: object) -> int | None:
    """Read a small whole number, which some write as text; another text says nothing."""
    text = _text(value)
    return int(text) if _NUMBER.fullmatch(text) else None


def _age(person: Object) -> list[AgeOver]:
    """Read the age on the day of issue: nobody grows younger."""
    years = json.member(person, "age", _number)
    return [] if years is None else [AgeOver(years, holds=True)]


def _holder(person: Object, born: Days | None) -> Holder:
    """Read the name, which is not parted; the identifier is a passport's number where it says so."""
    number = (json.member(person, "id", json.as_text) or "").removeprefix("did:Passport:")
    full = json.member(person, "name", json.as_text)
    named = () if full is None else (full,)
    return Holder(named, (), born, None if not number or number.startswith("did:") else number)
