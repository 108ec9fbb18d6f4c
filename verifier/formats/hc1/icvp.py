"""The WHO's digital International Certificate of Vaccination or Prophylaxis, in its two shapes.

Today each dose names a product of the WHO catalogue, which tells the disease; the first cards carry one dose, with an
ICD-11 code for the disease. The dates `vls` and `vle` do not bound the certificate: a proof for life stays one.
Source: WHO smart-icvp, logical model DVCMin; International Health Regulations, Annex 6 and 7.
"""

from trust_registry.model import Kind
from verifier.catalogues import diseases, products
from verifier.claims import Birth, Vaccination
from verifier.credential import Holder
from verifier.formats.hc1.content import Content, days, entries, text, texts
from verifier.verdict import Reason, Reject
from verifier.wire import cbor, iso8601


def read(content: cbor.Map) -> Content:
    """Read the person and every dose.

    Raises `Reject(MALFORMED)` where there is no dose.
    """
    details = content.get("v")
    doses = entries([details] if isinstance(details, dict) else details)
    if not doses:
        raise Reject(Reason.MALFORMED)
    born = days(content.get("dob"))
    births = () if born is None else (Birth(born),)
    holder = Holder(born=born, document_number=text(content.get("nid")), full_names=texts(content.get("n")))
    return Content(frozenset({Kind.VACCINATION}), (*births, *map(_vaccination, doses)), holder)


def _vaccination(dose: cbor.Map) -> Vaccination:
    product = text(dose.get("vp"))
    return Vaccination(
        disease=diseases.named(dose.get("tg")) or products.disease(product),
        product=product,
        given=days(dose.get("dt")) or iso8601.ANY_DAY,
    )
