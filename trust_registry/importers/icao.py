"""Passport authorities of ICAO master lists, as anchors of visible digital seals.

A master list (`.ml`) is CMS signed data. Source: ICAO Doc 9303 part 12, section 9; ICAO TR "VDS-NC" 1.1.
"""

from collections.abc import Iterator

from trust_registry.importers import certificate, cms
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.importers.source import Import, Source, gather
from trust_registry.model import IssuerKey, Scope
from verifier.verdict import FormatId
from verifier.wire import der

NAME = "icao-master-list"

_MASTER_LIST = bytes.fromhex("678108010102")  # 2.23.136.1.1.2


def recognises(source: Source) -> bool:
    """Tell a master list by its object identifier."""
    return source.data[:1] == b"\x30" and b"\x06\x06" + _MASTER_LIST in source.data[:128]


def read(source: Source) -> Import:
    """Take every authority as an anchor of its country."""
    signed = cms.read(source.data, source.pins)
    if signed.kind != _MASTER_LIST:
        raise Refused(Refusal.MALFORMED)
    _version, certificates, *_ = der.sequence(signed.content)
    entries = enumerate(der.elements(certificates.as_type(der.SET)))
    found, refused = gather(((f"certificate {place}", entry.written) for place, entry in entries), anchors)
    return Import(tuple(found), tuple(refused), signed.proof)


def anchors(data: bytes) -> Iterator[IssuerKey]:
    """Make the anchor of one passport authority's certificate."""
    facts = certificate.read(data)
    if not facts.authority:
        raise Refused(Refusal.NOT_A_SIGNER)
    if facts.country is None:
        raise Refused(Refusal.NO_COUNTRY)
    yield IssuerKey(
        FormatId.VDS_NC,
        facts.subject_key_id,
        facts.country,
        facts.key.algorithm,
        facts.key.public_key,
        Scope(countries=frozenset({facts.country})),
        facts.not_before,
        facts.not_after,
        anchor=True,
    )
