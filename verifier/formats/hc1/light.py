"""The Swiss light certificate: a name and a birth date, signed for two days, and no word about health."""

from verifier.formats.hc1 import dcc
from verifier.formats.hc1.content import Content
from verifier.wire import cbor


def read(content: cbor.Map) -> Content:
    """Read the person; names and birth date are written as in the EU certificate."""
    return Content(frozenset(), dcc.birth(content), dcc.holder(content))
