"""ICAO VDS-NC: proofs of vaccination and of testing as JSON, signed over their canonical form by a country's seal.

Source: ICAO TR "VDS-NC", version 1.1, with its schemas PoV and PoT.
"""

from collections.abc import Iterator

from trust_registry.model import Algorithm, KeyRef, Kind
from verifier import limits
from verifier.catalogues import countries, diseases
from verifier.claims import Birth, Claim, Test, Vaccination
from verifier.context import Context
from verifier.credential import Credential, Holder, Window
from verifier.instant import Days
from verifier.presentation import Signed, Unverified, Verified
from verifier.sealed import Sealed, unseal
from verifier.truth import Truth
from verifier.verdict import FormatId, Reason, Reject
from verifier.wire import base64url, iso8601, jcs, json, jws, x509

name = FormatId.VDS_NC

_ALGORITHMS = frozenset({Algorithm.ES256, Algorithm.ES384, Algorithm.ES512})
_VERSION = 1

# Source: the value sets VDS-NC-tc and VDS-NC-r. An antibody test looks for no disease.
_MOLECULAR = {"molecular(PCR)": Truth.TRUE, "molecular(other)": Truth.TRUE, "antigen": Truth.FALSE}
_DETECTED = {"positive": Truth.TRUE, "abnormal": Truth.TRUE, "negative": Truth.FALSE, "normal": Truth.FALSE}

_WINDOW = Window(None, None, end_included=True)


def recognise(data: bytes, /) -> bool:
    """Know a seal by the members that only a seal has."""
    return data[:1] in (b"{", b" ", b"\n", b"\r", b"\t") and b'"hdr"' in data and b'"sigvl"' in data


def parse(data: bytes, _context: Context, /) -> Unverified:
    """Take a seal apart. What is signed is the value, so its bytes are written anew."""
    seal = json.as_object(json.decode(data))
    content, signature = (json.as_object(seal.get(member)) for member in ("data", "sig"))
    if seal.keys() != {"data", "sig"} or not {"alg", "sigvl"} <= signature.keys() <= {"alg", "sigvl", "cer"}:
        raise Reject(Reason.MALFORMED)
    algorithm = jws.algorithm(signature["alg"])
    if algorithm not in _ALGORITHMS:
        raise Reject(Reason.UNSUPPORTED_ALGORITHM)
    signed = Signed(Sealed(jcs.encode(content)), _bytes(signature["sigvl"]), algorithm)
    certificate = json.member(signature, "cer", _bytes)
    chain = () if certificate is None else (certificate,)
    return Unverified(_signer(content, chain), signed, Sealed(content), chain)


def read(doc: Verified, /) -> Credential:
    """Read what a seal says."""
    content = json.as_object(unseal(doc.body))
    header, message = (json.as_object(content.get(member)) for member in ("hdr", "msg"))
    if header.get("v") != _VERSION or isinstance(header.get("v"), bool):
        raise Reject(Reason.UNSUPPORTED_FORMAT)
    kind, statements = _statements(json.as_text(header.get("t")), message)
    person = json.as_object(message.get("pid"))
    born = json.member(person, "dob", _date)
    births = () if born is None else (Birth(born),)
    claims: tuple[Claim, ...] = (*statements, *births)
    return Credential(
        frozenset({kind}), _country(content), None, None, _WINDOW, Sealed(claims), Sealed(_holder(person, born))
    )


def _bytes(value: object) -> bytes:
    """Decode base64url, padded or not."""
    text = json.as_text(value)
    bare = text.rstrip("=")
    if text not in (bare, bare + "=" * (-len(bare) % 4)):
        raise Reject(Reason.MALFORMED)
    return base64url.decode(bare.encode())


def _signer(content: json.Object, chain: tuple[bytes, ...]) -> KeyRef:
    """Name the key: the anchor of the certificate, or the country's own key where none came along."""
    if chain:
        return KeyRef(name, x509.anchor_id(tuple(x509.decode(one) for one in chain)))
    return KeyRef(name, b"", _country(content))


def _country(content: json.Object) -> str:
    """Read the issuing country; a code that is none stays as it is, so that it is in nobody's scope."""
    stated = json.as_text(json.at(content, "hdr", "is"))
    return countries.alpha_2(stated) or stated


def _statements(kind: str, message: json.Object) -> tuple[Kind, list[Claim]]:
    match kind:
        case "icao.vacc":
            return Kind.VACCINATION, list(_vaccinations(message))
        case "icao.test":
            return Kind.TEST, list(_tests(message))
        case _:
            raise Reject(Reason.UNSUPPORTED_FORMAT)


def _vaccinations(message: json.Object) -> Iterator[Vaccination]:
    for listed in json.as_array(message.get("ve")):
        event = json.as_object(listed)
        product = json.as_text(event.get("des"))
        for one in json.as_array(event.get("vd")):
            dose = json.as_object(one)
            given = _date(dose.get("dvc"))
            yield Vaccination(diseases.named(event.get("dis")), product, given, json.member(dose, "seq", _number))


def _tests(message: json.Object) -> Iterator[Test]:
    """Read the result. No proof of testing names the disease."""
    kind, result = (json.at(message, "tr", member) for member in ("tc", "r"))
    taken = iso8601.moment(json.as_text(json.at(message, "dat", "sc")))
    if isinstance(kind, str) and kind in _MOLECULAR:
        detected = _DETECTED.get(json.as_text(result), Truth.UNKNOWN)
        yield Test(None, detected, _MOLECULAR[kind], (taken, taken))


def _number(value: object) -> int:
    """Read the number of a dose, which some write as text."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else json.as_text(value)
    if not text.isascii() or not text.isdecimal() or len(text) > limits.JSON_DIGITS:
        raise Reject(Reason.MALFORMED)
    return int(text)


def _date(value: object) -> Days:
    return iso8601.days(json.as_text(value))


def _holder(person: json.Object, born: Days | None) -> Holder:
    """Read the name: two blanks part the primary identifier from the secondary, as two fillers do in a passport."""
    primary, _, secondary = json.as_text(person.get("n")).partition("  ")
    number = json.member(person, "i", json.as_text) or json.member(person, "dn", json.as_text)
    return Holder((primary,), (secondary,) if secondary else (), born, number)
