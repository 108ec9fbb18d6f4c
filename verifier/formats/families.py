"""The families of codes that we can name and cannot judge: each says why, so that staff know what to do next.

What is no credential at all (a wallet's request, a menu, the password of a network) is claimed by nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from verifier.context import Context
from verifier.presentation import Verified
from verifier.verdict import FormatId, Reason, Reject

_LOOK_BYTES = 512  # how far into a text a family's mark may stand


@dataclass(frozen=True, slots=True)
class Family:
    """A family of codes, as a format that always answers with its reason."""

    name: FormatId
    reason: Reason
    recognise: Callable[[bytes], bool]

    def parse(self, _data: bytes, _context: Context, /) -> NoReturn:
        """Raise `Reject` with the family's reason."""
        raise Reject(self.reason)

    def read(self, _doc: Verified, /) -> NoReturn:
        """Raise `Reject` with the family's reason."""
        raise Reject(self.reason)


def _starts(*prefixes: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(prefixes)


def _is_health_link(data: bytes) -> bool:
    """Recognise a link, bare or behind the address of its viewer."""
    if data.startswith((b"shlink:/", b"vhlink:/")):
        return True
    return data.startswith(b"https://") and b"#shlink:/" in data[:_LOOK_BYTES]


def _is_excelsior(data: bytes) -> bool:
    return data.startswith(b"{") and b'"did:hpass:' in data[:_LOOK_BYTES]


def _is_wrapped_document(data: bytes) -> bool:
    """Recognise a document of version 2; one of version 3 is a credential with a Data Integrity proof."""
    return data.startswith(b"{") and b"https://schema.openattestation.com/" in data and b'"@context"' not in data


_RESERVED = tuple(b"HC%c:" % mark for mark in b"23456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")  # hcert-spec section 4.2

FAMILIES = (
    Family(FormatId.HEALTH_LINK, Reason.ONLINE_ONLY, _is_health_link),
    Family(FormatId.OPENATTESTATION, Reason.ONLINE_ONLY, _starts(b"https://action.openattestation.com/")),
    Family(FormatId.OPENATTESTATION, Reason.UNSUPPORTED_FORMAT, _is_wrapped_document),
    Family(FormatId.MDOC_ENGAGEMENT, Reason.NEEDS_RADIO, _starts(b"mdoc:")),  # ISO 18013-5 section 8.2.2.3
    Family(FormatId.HC_RESERVED, Reason.UNSUPPORTED_FORMAT, _starts(*_RESERVED)),
    Family(FormatId.AT1, Reason.UNSUPPORTED_FORMAT, _starts(b"AT1:")),
    Family(FormatId.NL2, Reason.UNSUPPORTED_FORMAT, _starts(b"NL1:", b"NL2:")),
    Family(FormatId.EXCELSIOR, Reason.UNSUPPORTED_FORMAT, _is_excelsior),
    Family(FormatId.VDS_SEAL, Reason.UNSUPPORTED_FORMAT, _starts(b"\xdc\x02", b"\xdc\x03")),  # ICAO Doc 9303 part 13
)
