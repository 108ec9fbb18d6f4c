"""The carrier of a text that is long for a symbol: zlib, and base45 around it. It says nothing of what it carries.

Source: MOSIP PixelPass; Claim 169 QR code specification, section "Encoding".
"""

import zlib

from verifier.verdict import Reject
from verifier.wire import base45, inflate

_ZLIB = 0x78
_LOOK_CHARACTERS = 240  # 160 bytes, enough for the tables that a deflate stream may begin with


def beginning(data: bytes, size: int) -> bytes:
    """Give the first bytes of what is carried, or of the data itself where it is carried by nothing. Never raises."""
    try:
        head = base45.decode(data[:_LOOK_CHARACTERS])
        return zlib.decompressobj().decompress(head, size) if head[:1] == bytes((_ZLIB,)) else data[:size]
    except (Reject, zlib.error):
        return data[:size]


def opened(data: bytes) -> bytes:
    """Give all of what is carried. Raises `Reject(MALFORMED)`."""
    return inflate.zlib_stream(base45.decode(data))
