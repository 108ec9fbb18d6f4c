"""base64 with padding: the text form of certificates in JOSE headers, one spelling for each value."""

from base64 import b64decode, b64encode
from binascii import Error

from verifier.verdict import Reason, Reject


def decode(text: bytes) -> bytes:
    """Decode; refuse missing padding, foreign characters and spare bits.

    Raises `Reject(MALFORMED)`. Source: RFC 4648 sections 3.3, 3.5 and 4.
    """
    try:
        data = b64decode(text)
    except Error:
        raise Reject(Reason.MALFORMED) from None
    if b64encode(data) != text:  # the library skips what it does not know; the way back shows it
        raise Reject(Reason.MALFORMED)
    return data
