"""Deflate, bounded and complete: a stream that is cut, continued or too big is refused, never returned in part."""

import zlib

from verifier import limits
from verifier.verdict import Reason, Reject

_RAW = -zlib.MAX_WBITS


def zlib_stream(data: bytes) -> bytes:
    """Inflate one zlib stream with its checksum, and nothing after it.

    Raises `Reject(MALFORMED)`. Source: RFC 1950.
    """
    return _inflate(data, zlib.MAX_WBITS)


def raw_stream(data: bytes) -> bytes:
    """Inflate one bare deflate stream, and nothing after it.

    Raises `Reject(MALFORMED)`. Source: RFC 1951.
    """
    return _inflate(data, _RAW)


def _inflate(data: bytes, window_bits: int) -> bytes:
    stream = zlib.decompressobj(window_bits)
    try:
        content = stream.decompress(data, limits.INFLATED_BYTES + 1)
    except zlib.error:
        raise Reject(Reason.MALFORMED) from None
    if not stream.eof or stream.unused_data or len(content) > limits.INFLATED_BYTES:
        raise Reject(Reason.MALFORMED)
    return content
