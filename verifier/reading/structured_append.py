"""Structured append: which part of a message a symbol says it is. zxing-cpp knows it, and does not tell.

Source: ISO/IEC 18004:2015 section 8.
"""

from dataclasses import dataclass

from verifier.reading import codewords, function_modules, reed_solomon
from verifier.reading.make import Make

_MODE = 0b0011  # table 2
_HEADER_BYTES = 3  # mode, index, count - 1 and parity are 20 bits


@dataclass(frozen=True, slots=True)
class Place:
    """A symbol's place in a message: its index from 0, how many symbols there are, and the XOR of the whole message."""

    index: int
    count: int
    parity: int


def place(dark: bytes, make: Make) -> Place | None:
    """Read a symbol's place from its sampled modules, row by row, 1 where dark; `None` for a message by itself.

    The modules may hold errors, and may be mirrored.
    """
    header = _header(dark, make) or _header(_mirrored(dark, make), make)
    if header is None:
        return None
    bits = int.from_bytes(header, "big") >> 4
    if bits >> 16 != _MODE:
        return None
    return Place(bits >> 12 & 0xF, (bits >> 8 & 0xF) + 1, bits & 0xFF)


def _header(dark: bytes, make: Make) -> bytes | None:
    """Correct the first block alone: the message begins in it."""
    layout = codewords.layout(make)
    block = layout.blocks[0]
    values = []
    for stream_place in block.places:
        bits = range(8 * stream_place, 8 * stream_place + 8)
        values.append(sum((dark[layout.modules[bit]] ^ layout.turned[bit]) << 7 - at for at, bit in enumerate(bits)))
    corrected = reed_solomon.corrected(values, block.checks)
    return None if corrected is None else corrected[:_HEADER_BYTES]


def _mirrored(dark: bytes, make: Make) -> bytes:
    side = function_modules.side(make.version)
    return b"".join(dark[column::side] for column in range(side))
