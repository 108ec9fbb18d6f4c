"""The one message from a reader to a judge: the bytes of at most a few symbols, bounded, each with its length."""

import struct
from collections.abc import Sequence

from verifier import limits

_LENGTH = struct.Struct("<I")
SYMBOL_BYTES = limits.INFLATED_BYTES  # the joined parts of one presentation are longer than any single symbol
MOST_BYTES = 2 * SYMBOL_BYTES  # a socket takes it in one message without a larger buffer


class HandoverError(Exception):
    """The message is none that a reader of ours sends. Carries none of it."""


def pack(symbols: Sequence[bytes]) -> bytes:
    """Write the message. What is beyond the bounds is left out: such symbols no format knows."""
    kept = [data for data in symbols if 0 < len(data) <= SYMBOL_BYTES][: limits.SYMBOLS_PER_FRAME]
    message = b"".join(_LENGTH.pack(len(data)) + data for data in kept)
    return message if len(message) <= MOST_BYTES else pack(kept[:1])


def unpack(message: bytes) -> list[bytes]:
    """Read the message, all of it. Raises `HandoverError`."""
    symbols = []
    position = 0
    while position < len(message):
        start = position + _LENGTH.size
        if start > len(message):
            raise HandoverError
        position = start + _LENGTH.unpack_from(message, position)[0]
        if not start < position <= len(message):
            raise HandoverError
        symbols.append(message[start:position])
    if not 0 < len(symbols) <= limits.SYMBOLS_PER_FRAME:
        raise HandoverError
    return symbols
