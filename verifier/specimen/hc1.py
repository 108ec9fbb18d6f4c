"""HC1 specimens: contents, the CWT around them, and the signed symbol."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trust_registry.model import Algorithm, Kind, Scope
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.verdict import FormatId
from verifier.wire import base45, cbor

UTOPIA = training_issuer("hc1 utopia", FormatId.HC1, "UT", scope=Scope(countries=frozenset({"UT"})))
RURITANIA_TESTS = training_issuer(
    "hc1 ruritania tests",
    FormatId.HC1,
    "XR",
    scope=Scope(frozenset({Kind.TEST}), frozenset({"XR"})),
)
UTOPIA_RSA = training_issuer("hc1 utopia rsa", FormatId.HC1, "UT", algorithm=Algorithm.PS256)
ISSUERS = (UTOPIA, UTOPIA_RSA, RURITANIA_TESTS)

_COSE_ALGORITHMS = {Algorithm.ES256: -7, Algorithm.PS256: -37}
_COUNTRY: cbor.Map = {"code": "UTO", "system": "urn:iso:std:iso:3166"}
_COVID_19 = "840539006"
_DETECTED, _NOT_DETECTED = "260373001", "260415000"
_MOLECULAR, _ANTIGEN = "LP6464-4", "LP217198-3"


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person, with the names as a passport's machine-readable lines have them."""

    family: str
    given: str
    born: str
    document_number: str


def vaccination(given: date, *, product: str = "EU/1/20/1528", dose: int = 2, doses: int = 2) -> cbor.Map:
    """Make the entry of a dose against COVID-19 for a DCC."""
    return {
        **_entry("D"), "vp": "1119349007", "mp": product, "ma": "ORG-100030215",
        "dn": dose, "sd": doses, "dt": given.isoformat(),
    }  # fmt: skip


def laboratory_test(taken: str, *, molecular: bool = True, detected: bool = False) -> cbor.Map:
    """Make the entry of a test for a DCC; `taken` is ISO 8601 with an offset."""
    return {
        **_entry("T"), "tt": _MOLECULAR if molecular else _ANTIGEN, "sc": taken,
        "tr": _DETECTED if detected else _NOT_DETECTED, "tc": "Training Laboratory",
    }  # fmt: skip


def recovery(first_positive: date, valid_from: date, valid_until: date) -> cbor.Map:
    """Make the entry of a recovery for a DCC."""
    days = {"fr": first_positive, "df": valid_from, "du": valid_until}
    return {**_entry("R"), **{member: day.isoformat() for member, day in days.items()}}


def _entry(mark: str) -> cbor.Map:
    return {"tg": _COVID_19, "co": "UT", "is": "Training Ministry of Health", "ci": f"URN:UVCI:01:UT:TRAINING{mark}#0"}


def dcc(person: Person, **entries: Sequence[cbor.Map]) -> cbor.Map:
    """Make the content of a DCC; entries come under `v`, `t` or `r`."""
    names: cbor.Map = {
        "fn": person.family.title(), "fnt": person.family, "gn": person.given.title(), "gnt": person.given,
    }  # fmt: skip
    return {"ver": "1.3.0", "nam": names, "dob": person.born, **{kind: list(found) for kind, found in entries.items()}}


def icvp(person: Person, doses: Sequence[tuple[str, date]]) -> cbor.Map:
    """Make the content of an ICVP: for each dose the product's identifier in the WHO catalogue, and its day."""
    return {
        "n": f"{person.given.title()} {person.family.title()}", "dob": person.born, "s": "other", "ntl": "UTO",
        "nid": person.document_number, "ndt": "PPN",
        "v": [
            {"vp": product, "dt": given.isoformat(), "bo": "TRAINING", "cn": "Training Clinician", "is": "UT-1"}
            for product, given in doses
        ],
    }  # fmt: skip


def first_icvp(person: Person, disease: str, given: date) -> cbor.Map:
    """Make the content of an ICVP in the shape of the first cards: one dose, its disease as an ICD-11 code."""
    return {
        "n": f"{person.given.title()} {person.family.title()}", "dob": person.born, "s": "other", "ntl": "UTO",
        "nid": person.document_number,
        "v": {"dn": "Primary", "tg": disease, "vp": "XM0N24", "mp": "1", "dt": given.isoformat(), "bo": "TRAINING"},
    }  # fmt: skip


def ddcc_vaccination(person: Person, given: date, *, disease: str = "RA01.0", brand: str = "XM4YL8") -> cbor.Map:
    """Make the WHO core data set of a vaccination."""
    return {
        **_ddcc(person),
        "vaccination": {
            "vaccine": _coding("XM68M6"), "brand": _coding(brand), "disease": _coding(disease), "lot": "TRAINING",
            "date": given.isoformat(), "dose": 2, "totalDoses": 2, "country": _COUNTRY,
        },
    }  # fmt: skip


def ddcc_test(person: Person, taken: str) -> cbor.Map:
    """Make the WHO core data set of a molecular test that found nothing."""
    loinc = "http://loinc.org"
    return {
        **_ddcc(person),
        "test": {
            "pathogen": _coding("RA01"), "type": {"code": "94309-2", "system": loinc}, "date": taken,
            "result": {"code": "LA6577-6", "system": loinc}, "country": _COUNTRY,
        },
    }  # fmt: skip


def _ddcc(person: Person) -> cbor.Map:
    name = f"{person.given.title()} {person.family.title()}"
    return {"name": name, "birthDate": person.born, "identifier": person.document_number}


def _coding(code: str) -> cbor.Map:
    return {"code": code, "system": "http://id.who.int/icd/release/11/mms"}


def old_ddcc_vaccination(person: Person, given: date) -> cbor.Map:
    """Make the WHO core data set as the oldest cards have it: everything side by side, and no claims of a CWT."""
    return {
        **_ddcc(person), "vaccine": _coding("XM68M6"), "brand": _coding("XM4YL8"), "disease": _coding("RA01.0"),
        "date": given.isoformat(), "dose": 2, "total_doses": 2, "hcid": "TRAINING", "lot": "TRAINING",
    }  # fmt: skip


def light(person: Person) -> cbor.Map:
    """Make the content of a Swiss light certificate."""
    content = dcc(person)
    return {member: content[member] for member in ("ver", "nam", "dob")}


def cwt(
    content: cbor.Map,
    *,
    issued: float | None,
    expires: float | None,
    country: str | None = "UT",
    sub_claim: int = 1,
    claim: int = -260,
) -> cbor.Map:
    """Put a content into a CWT; claims that are `None` are left out. Source: RFC 8392, hcert-spec section 3.3."""
    claims: Mapping[cbor.Key, cbor.Value] = {1: country, 4: expires, 6: issued, claim: {sub_claim: content}}
    return {label: value for label, value in claims.items() if value is not None}


def symbol(payload: cbor.Map, issuer: TrainingIssuer, *, prefix: bytes = b"HC1:") -> bytes:
    """Sign a payload and give the text of its symbol."""
    protected: cbor.Map = {1: _COSE_ALGORITHMS[issuer.key.algorithm], 4: issuer.key.key_id}
    return carry(sign1(cbor.encode(payload), issuer, protected), prefix=prefix)


def sign1(
    payload: bytes, issuer: TrainingIssuer, protected: cbor.Map, unprotected: cbor.Map | None = None
) -> cbor.Tagged:
    """Sign a payload as COSE_Sign1. Source: RFC 9052 section 4.4."""
    header = cbor.encode(protected)
    signature = issuer.sign(cbor.encode(["Signature1", header, b"", payload]))
    return cbor.Tagged(18, [header, unprotected or {}, payload, signature])


def carry(message: cbor.Value, *, prefix: bytes = b"HC1:") -> bytes:
    """Compress a message and give the text of its symbol."""
    return prefix + base45.encode(zlib.compress(cbor.encode(message), 9))
