"""The WHO's core data set of a vaccination or a test, as DDCC and LAC PASS cards carry it.

The doses stand in a member of their own; on the oldest cards everything stands side by side, with other spellings.
Source: WHO Digital Documentation of COVID-19 Certificates, core data sets VS and TR.
"""

from trust_registry.model import Kind
from verifier.catalogues import diseases, laboratory
from verifier.claims import Birth, Claim, Test, Vaccination
from verifier.credential import Holder
from verifier.formats.hc1.content import Content, days, moments, text, texts, whole
from verifier.verdict import Reason, Reject
from verifier.wire import cbor, iso8601

_EVENTS = ("vaccination", "test", "vaccine")


def is_one(content: cbor.Map) -> bool:
    """Say whether this is a core data set, by its members."""
    return "name" in content and any(event in content for event in _EVENTS)


def read(content: cbor.Map) -> Content:
    """Read the person, the vaccination or the test, and the period that the certificate states.

    Raises `Reject(MALFORMED)` where there is neither.
    """
    event = _event(content)
    born = days(content.get("birthDate"))
    births: tuple[Claim, ...] = () if born is None else (Birth(born),)
    holder = Holder(born=born, document_number=_identifier(content), full_names=texts(content.get("name")))
    start, end = _period(content)
    kind = Kind.TEST if isinstance(event, Test) else Kind.VACCINATION
    return Content(frozenset({kind}), (*births, event), holder, start and start[0], end and end[1])


def _event(content: cbor.Map) -> Vaccination | Test:
    match content:
        case {"vaccination": dict(dose)}:
            return _vaccination(dose)
        case {"test": dict(test)}:
            return _test(test)
        case {"vaccine": _}:
            return _vaccination(content)
        case _:
            raise Reject(Reason.MALFORMED)


def _vaccination(dose: cbor.Map) -> Vaccination:
    return Vaccination(
        disease=diseases.named(_code(dose.get("disease"))),
        product=_code(dose.get("brand")),
        given=days(dose.get("date")) or iso8601.ANY_DAY,
        dose=whole(dose.get("dose")),
        doses_in_series=whole(dose.get("totalDoses", dose.get("total_doses"))),
    )


def _test(test: cbor.Map) -> Test:
    return Test(
        disease=diseases.named(_code(test.get("pathogen"))),
        detected=laboratory.detected(_code(test.get("result"))),
        molecular=laboratory.molecular(_code(test.get("type"))),
        taken=moments(test.get("date")) or iso8601.ANY_MOMENT,
    )


def _code(coding: cbor.Value) -> str | None:
    """Read the code of a coding, or a bare one."""
    return text(coding.get("code")) if isinstance(coding, dict) else text(coding)


def _identifier(content: cbor.Map) -> str | None:
    identifier = content.get("identifier")
    return text(identifier.get("value")) if isinstance(identifier, dict) else text(identifier)


def _period(content: cbor.Map) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
    """Read start and end of the certificate, each as the earliest and latest moment that it may mean."""
    match content.get("certificate"):
        case {"period": dict(period)}:
            return moments(period.get("start")), moments(period.get("end"))
        case _:
            return moments(content.get("valid_from")), moments(content.get("valid_until"))
