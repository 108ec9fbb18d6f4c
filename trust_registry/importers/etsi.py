"""EU trusted lists of qualified trust services, and the list of those lists.

A qualified service vouches for a person's or a company's signature, not for what a credential says: whoever has bought
such a certificate could otherwise issue identities. So every entry is accounted for, and none becomes an issuer key;
lists of credential issuers name their own. Source: ETSI TS 119 612 clause 5.
"""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from trust_registry.importers import certificate, text
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.importers.source import Import, Source, gather, present, starts_with
from trust_registry.model import IssuerKey

NAME = "etsi-trusted-list"

_LIST = "{http://uri.etsi.org/02231/v2#}"
_STANDING = ("granted", "recognisedatnationallevel", "undersupervision", "accredited")


def recognises(source: Source) -> bool:
    """Tell a list by its outermost element."""
    return starts_with(source, b"TrustServiceStatusList")


def read(source: Source) -> Import:
    """Account for every service and every pointer to another list."""
    top = _parsed(source.data)
    issued = top.findtext(f".//{_LIST}ListIssueDateTime")
    found, refused = gather(_entries(top), _refuse)
    return Import(tuple(found), tuple(refused), issued_at=None if issued is None else text.moment(issued.strip()))


def _parsed(data: bytes) -> ET.Element:
    """Parse XML without a document type: its entities could grow without bound. Raises `Refused(MALFORMED)`."""
    try:
        plain = data.decode("utf-8-sig")
        if "<!DOCTYPE" in plain:
            raise Refused(Refusal.MALFORMED)
        return ET.fromstring(plain)  # noqa: S314 - without a document type there are no entities
    except (UnicodeDecodeError, ET.ParseError, ValueError):
        raise Refused(Refusal.MALFORMED) from None


def _entries(top: ET.Element) -> Iterator[tuple[str, ET.Element]]:
    for place, pointer in enumerate(top.iter(f"{_LIST}OtherTSLPointer")):
        yield f"pointer {place}", pointer
    for place, service in enumerate(top.iter(f"{_LIST}ServiceInformation")):
        yield f"service {place}", service


def _refuse(entry: ET.Element) -> Iterator[IssuerKey]:
    """Refuse an entry: first for what is wrong with itself, else because it vouches for no credential."""
    if entry.tag == f"{_LIST}OtherTSLPointer":
        raise Refused(Refusal.REFERENCE)
    certificate.read(text.base64_any(present(entry.findtext(f".//{_LIST}X509Certificate"))))
    status = (entry.findtext(f"{_LIST}ServiceStatus") or "").strip().rpartition("/")[2]
    raise Refused(Refusal.NOT_A_SIGNER if status in _STANDING else Refusal.WITHDRAWN)
