"""The EU Digital COVID Certificate: vaccinations, tests and recoveries of one person, every schema 1.x.

Source: eHealth Network, EU DCC schema 1.0.0 to 1.3.2.
"""

from trust_registry.model import Kind
from verifier.catalogues import diseases, laboratory
from verifier.claims import Birth, Claim, Recovery, Test, Vaccination
from verifier.credential import Holder
from verifier.formats.hc1.content import Content, days, entries, moments, text, texts, whole
from verifier.verdict import Reason, Reject
from verifier.wire import cbor, iso8601


def read(content: cbor.Map) -> Content:
    """Read every entry: the schema allows several, and each kind must be in the signer's scope.

    Raises `Reject(MALFORMED)` where there is none.
    """
    found: list[tuple[Kind, Claim]] = [
        *((Kind.VACCINATION, _vaccination(entry)) for entry in entries(content.get("v"))),
        *((Kind.TEST, _test(entry)) for entry in entries(content.get("t"))),
        *((Kind.RECOVERY, _recovery(entry)) for entry in entries(content.get("r"))),
    ]
    if not found:
        raise Reject(Reason.MALFORMED)
    return Content(
        frozenset(kind for kind, _ in found), (*birth(content), *(claim for _, claim in found)), holder(content)
    )


def birth(content: cbor.Map) -> tuple[Birth, ...]:
    """Read the birth date, which may be partial or empty."""
    born = days(content.get("dob"))
    return () if born is None else (Birth(born),)


def holder(content: cbor.Map) -> Holder:
    """Read the names, transliterated as in a passport where they are, and the birth date."""
    match content.get("nam"):
        case dict(names):
            family, given = (texts(names.get(f"{part}t")) or texts(names.get(part)) for part in ("fn", "gn"))
        case _:
            family, given = (), ()
    return Holder(family, given, days(content.get("dob")))


def _vaccination(entry: cbor.Map) -> Vaccination:
    return Vaccination(
        disease=diseases.named(entry.get("tg")),
        product=text(entry.get("mp")),
        given=days(entry.get("dt")) or iso8601.ANY_DAY,
        dose=whole(entry.get("dn")),
        doses_in_series=whole(entry.get("sd")),
    )


def _test(entry: cbor.Map) -> Test:
    return Test(
        disease=diseases.named(entry.get("tg")),
        detected=laboratory.detected(entry.get("tr")),
        molecular=laboratory.molecular(entry.get("tt")),
        taken=moments(entry.get("sc")) or iso8601.ANY_MOMENT,
    )


def _recovery(entry: cbor.Map) -> Recovery:
    return Recovery(diseases.named(entry.get("tg")), days(entry.get("fr")) or iso8601.ANY_DAY)
