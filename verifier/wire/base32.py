"""Base32 without padding, upper case, one spelling per value."""

from base64 import b32decode, b32encode
from binascii import Error

from verifier.verdict import Reason, Reject


def decode(text: bytes) -> bytes:
    """Decode base32; refuse padding, lower case, foreign characters and spare bits.

    Raises `Reject(MALFORMED)`. Source: RFC 4648 section 3.5 and 6.
    """
    try:
        data = b32decode(text + b"=" * (-len(text) % 8))
    except Error:
        raise Reject(Reason.MALFORMED) from None
    if encode(data) != text:
        raise Reject(Reason.MALFORMED)
    return data


def encode(data: bytes) -> bytes:
    """Encode bytes as base32 without padding. Source: RFC 4648 section 6."""
    return b32encode(data).rstrip(b"=")
