"""Base45: the text of a QR code in alphanumeric mode, as bytes."""

from struct import pack

from verifier.verdict import Reason, Reject

_ALPHABET = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_ONE_BYTE, _TWO_BYTES = 0xFF, 0xFFFF
_VALUES = bytes.maketrans(_ALPHABET, bytes(range(45)))


def decode(text: bytes) -> bytes:
    """Decode base45; refuse foreign characters, lengths that no bytes have, and groups over their range.

    Raises `Reject(MALFORMED)`. Source: RFC 9285 section 4 and 6.
    """
    if len(text) % 3 == 1 or text.translate(None, _ALPHABET):
        raise Reject(Reason.MALFORMED)
    digits = text.translate(_VALUES)
    pairs = len(digits) // 3
    values = [a + 45 * b + 2025 * c for a, b, c in zip(digits[::3], digits[1::3], digits[2::3], strict=False)]
    odd = [a + 45 * b for a, b in zip(digits[3 * pairs :: 2], digits[3 * pairs + 1 :: 2], strict=True)]
    if max(values, default=0) > _TWO_BYTES or max(odd, default=0) > _ONE_BYTE:
        raise Reject(Reason.MALFORMED)
    return pack(f">{pairs}H", *values) + bytes(odd)


def encode(data: bytes) -> bytes:
    """Encode bytes as base45. Source: RFC 9285 section 4."""
    digits = bytearray()
    for start in range(0, len(data), 2):
        pair = data[start : start + 2]
        rest = int.from_bytes(pair)
        for _ in range(len(pair) + 1):
            rest, digit = divmod(rest, 45)
            digits.append(_ALPHABET[digit])
    return bytes(digits)
