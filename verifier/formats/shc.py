"""SMART Health Cards: digits in a symbol, a JWS with a deflated payload, FHIR inside.

A card in several symbols is one presentation: the texts of its symbols joined by a line feed, in any order.
Source: HL7 SMART Health Cards and Links, cards specification.
"""

import re
from binascii import unhexlify

from trust_registry.model import Algorithm, KeyRef, Kind
from verifier.catalogues import diseases, laboratory
from verifier.claims import Birth, Claim, Test, Vaccination
from verifier.context import Context
from verifier.credential import Credential, Holder, Revocable, Window
from verifier.instant import Days
from verifier.presentation import Unverified, Verified
from verifier.sealed import Sealed, unseal
from verifier.verdict import FormatId, Reason, Reject
from verifier.wire import inflate, iso8601, json, jws, revocations

name = FormatId.SHC

_PREFIX = b"shc:/"
_WHOLE = re.compile(_PREFIX + rb"(\d+)")
_PART = re.compile(_PREFIX + rb"([1-9]\d?)/([1-9]\d?)/(\d+)")

# A character is two decimal digits, its code less 45. Read as hexadecimal they are one byte, which this table turns
# into the character; pairs that stand for none become one that base64url does not have.
_CHARACTERS = bytes(
    high * 10 + low + 45 if high * 10 + low <= 77 and low < 10 else 0  # noqa: PLR2004 - the code of "z" less 45
    for high in range(16)
    for low in range(16)
)

_HEALTH_CARD = "https://smarthealth.cards#health-card"

_LOINC = "http://loinc.org"
_SNOMED = "http://snomed.info/sct"

# What the catalogue of products writes before a register's codes; the most telling register first.
_REGISTERS = {
    "http://hl7.org/fhir/sid/cvx": "cvx:",
    "http://id.who.int/icd/release/11/mms": "",
    "https://www.gs1.org/gtin": "gtin:",
    _SNOMED: "snomed:",
}

# Source: FHIR R4 value sets `event-status` and `observation-status`.
_GIVEN = "completed"
_REPORTED = frozenset({"final", "amended", "corrected"})


def recognise(data: bytes, /) -> bool:
    """Know a card by its prefix."""
    return data.startswith(_PREFIX)


def parse(data: bytes, _context: Context, /) -> Unverified:
    """Take a card apart; its key counts for its own issuer alone."""
    doc = jws.decode(unhexlify(_digits(data)).translate(_CHARACTERS), compressed=True)
    if doc.signed.algorithm is not Algorithm.ES256:
        raise Reject(Reason.UNSUPPORTED_ALGORITHM)
    payload = json.as_object(json.decode(inflate.raw_stream(unseal(doc.payload))))
    key_id = json.as_text(doc.header.get("kid")).encode()
    signer = KeyRef(name, key_id, json.as_text(payload.get("iss")))
    return Unverified(signer, doc.signed, Sealed(payload))


def read(doc: Verified, /) -> Credential:
    """Read what a card says: one patient, the doses given and the tests reported."""
    payload = json.as_object(unseal(doc.body))
    if _HEALTH_CARD not in json.as_array(json.at(payload, "vc", "type")):
        raise Reject(Reason.MALFORMED)
    not_before = json.as_numeric_date(payload.get("nbf"))
    window = Window(not_before, json.member(payload, "exp", json.as_numeric_date), end_included=False)
    resources = _resources(payload)
    doses = [_vaccination(one) for one in _of_type(resources, "Immunization") if one.get("status") == _GIVEN]
    tests = [_test(one) for one in _of_type(resources, "Observation") if one.get("status") in _REPORTED]
    holder = _holder(resources)
    births = [] if holder.born is None else [Birth(holder.born)]
    claims: tuple[Claim, ...] = (*doses, *tests, *births)
    kinds = frozenset(([Kind.VACCINATION] if doses else []) + ([Kind.TEST] if tests else []))
    return Credential(
        kinds, None, None, not_before, window, Sealed(claims), Sealed(holder), revocable=_revocable(doc, payload)
    )


def _revocable(doc: Verified, payload: json.Object) -> tuple[Revocable, ...]:
    """Read the id under which the issuer can revoke the card, where it has one."""
    card_id = json.member(json.as_object(payload.get("vc")), "rid", json.as_text)
    if card_id is None:
        return ()
    name_of_list = revocations.list_name(name, doc.key.issuer, doc.key.key_id)
    return (Revocable(name_of_list, revocations.digest(card_id.encode())),)


def _digits(data: bytes) -> bytes:
    """Give the digits of a card, an even number; its parts in order, each exactly once."""
    whole = _WHOLE.fullmatch(data)
    digits = whole[1] if whole else _joined(data.split(b"\n"))
    if len(digits) % 2:
        raise Reject(Reason.MALFORMED)
    return digits


def _joined(texts: list[bytes]) -> bytes:
    parts: dict[int, bytes] = {}
    for text in texts:
        match = _PART.fullmatch(text)
        if match is None or int(match[2]) != len(texts):
            raise Reject(Reason.MALFORMED)
        parts[int(match[1])] = match[3]
    if sorted(parts) != list(range(1, len(texts) + 1)):
        raise Reject(Reason.MALFORMED)
    return b"".join(parts[number] for number in sorted(parts))


def _resources(payload: json.Object) -> list[json.Object]:
    entries = json.at(payload, "vc", "credentialSubject", "fhirBundle", "entry")
    return [json.as_object(json.at(entry, "resource")) for entry in json.as_array(entries)]


def _of_type(resources: list[json.Object], kind: str) -> list[json.Object]:
    return [resource for resource in resources if resource.get("resourceType") == kind]


def _holder(resources: list[json.Object]) -> Holder:
    """Read the patient, of whom there is exactly one, by the first of the names."""
    patients = _of_type(resources, "Patient")
    if len(patients) != 1:
        raise Reject(Reason.MALFORMED)
    names = json.member(patients[0], "name", json.as_array)
    first = json.as_object(names[0]) if names else {}
    family = json.member(first, "family", json.as_text)
    given = json.member(first, "given", json.as_array) or []
    birth = json.member(patients[0], "birthDate", json.as_text)
    return Holder(
        () if family is None else (family,),
        tuple(json.as_text(one) for one in given),
        None if birth is None else iso8601.days(birth),
    )


def _vaccination(dose: json.Object) -> Vaccination:
    return Vaccination(None, _product(_codes(dose.get("vaccineCode"))), _day(dose.get("occurrenceDateTime")))


def _product(codes: dict[str, str]) -> str | None:
    return next((f"{mark}{codes[system]}" for system, mark in _REGISTERS.items() if system in codes), None)


def _day(value: json.Json) -> Days:
    """Read the civil date where the dose was given; its clock does not matter."""
    return iso8601.days(json.as_text(value).partition("T")[0])


def _test(report: json.Object) -> Test:
    kind = _codes(report.get("code")).get(_LOINC)
    result = _codes(report.get("valueCodeableConcept")).get(_SNOMED)
    taken = iso8601.moments(json.as_text(report.get("effectiveDateTime")))
    return Test(diseases.named(kind), laboratory.detected(result), laboratory.molecular(kind), taken)


def _codes(concept: object) -> dict[str, str]:
    """Read a FHIR CodeableConcept, where there is one: one code for each code system."""
    codings = [] if concept is None else json.as_array(json.at(concept, "coding"))
    return {json.as_text(json.at(one, "system")): json.as_text(json.at(one, "code")) for one in codings}
