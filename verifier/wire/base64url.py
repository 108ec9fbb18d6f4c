"""base64url: the text form of bytes in JOSE, one spelling for each value."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error

from verifier.verdict import Reason, Reject


def encode(data: bytes) -> bytes:
    """Encode without padding. Source: RFC 7515 section 2."""
    return urlsafe_b64encode(data).rstrip(b"=")


def decode(text: bytes) -> bytes:
    """Decode; refuse padding, foreign characters and spare bits.

    Raises `Reject(MALFORMED)`. Source: RFC 4648 sections 3.3, 3.5 and 5.
    """
    try:
        data = urlsafe_b64decode(text + b"=" * (-len(text) % 4))
    except Error:
        raise Reject(Reason.MALFORMED) from None
    if encode(data) != text:  # the library skips what it does not know; the way back shows it
        raise Reject(Reason.MALFORMED)
    return data
