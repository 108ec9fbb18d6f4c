"""Codewords: where the bits of a symbol's message lie, and which Reed-Solomon block each codeword belongs to.

Source: ISO/IEC 18004:2015 section 7.7.3 (placement), 7.8.2 (masks), 7.6 with table 9 (blocks and their interleaving).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from verifier.reading import function_modules
from verifier.reading.make import Make

# Table 9, by level, for versions 1 to 40: error correction codewords in each block, and the number of blocks.
_CHECKS = {
    "L": "7 10 15 20 26 18 20 24 30 18 20 24 26 30 22 24 28 30 28 28 28 28 30 30 26 28" + " 30" * 14,
    "M": "10 16 26 18 24 16 18 22 22 26 30 22 22 24 24 28 28 26 26 26 26" + " 28" * 19,
    "Q": "13 22 18 26 18 24 18 22 20 24 28 26 24 20 30 24 28 28 26 30 28 30 30 30 30 28" + " 30" * 14,
    "H": "17 28 22 16 22 28 26 26 24 28 24 28 22 24 24 30 28 28 26 28 30 24" + " 30" * 18,
}
_BLOCKS = {
    "L": "1 1 1 1 1 2 2 2 2 4 4 4 4 4 6 6 6 6 7 8 8 9 9 10 12 12 12 13 14 15 16 17 18 19 19 20 21 22 24 25",
    "M": "1 1 1 2 2 4 4 4 5 5 5 8 9 9 10 10 11 13 14 16 17 17 18 20 21 23 25 26 28 29 31 33 35 37 38 40 43 45 47 49",
    "Q": "1 1 2 2 4 4 6 6 8 8 8 10 12 16 12 17 16 18 21 20 23 23 25 27 29 34 34 35 38 40 43 45 48 51 53 56 59 62 65 68",
    "H": "1 1 2 4 4 4 5 6 8 8 11 11 16 16 18 16 19 21 25 25 25 34 30 32 35 37 40 42 45 48 51 54 57 60 63 66 70 74 77"
    " 81",
}

# Table 10: the modules whose colour a mask turns over, by row and column.
_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda row, column: (row + column) % 2 == 0,
    lambda row, _column: row % 2 == 0,
    lambda _row, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A Reed-Solomon block: the places of its codewords in the stream, the last `checks` of them for correction."""

    places: tuple[int, ...]
    checks: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything lies in symbols of one make.

    `modules` are indices into the symbol row by row, eight for each codeword of the stream, the high bit first;
    `turned` says for each whether the mask turns it over.
    """

    modules: tuple[int, ...]
    turned: bytes
    blocks: tuple[Block, ...]


@lru_cache(maxsize=8)
def layout(make: Make) -> Layout:
    """Lay out the symbols of a make."""
    side = function_modules.side(make.version)
    template = function_modules.template(make)
    path = [place for place in _path(side) if template[place] == function_modules.DATA]
    del path[len(path) // 8 * 8 :]  # up to seven remainder bits, table 1
    turns = _MASKS[make.mask]
    turned = bytes(turns(*divmod(place, side)) for place in path)
    return Layout(tuple(path), turned, _interleaved(make, len(path) // 8))


def _path(side: int) -> Iterator[int]:
    """Walk columns in pairs from the right, up and down in turn, around the vertical timing pattern."""
    upward = True
    for right in [*range(side - 1, 6, -2), 5, 3, 1]:
        for row in range(side - 1, -1, -1) if upward else range(side):
            yield row * side + right
            yield row * side + right - 1
        upward = not upward


def _interleaved(make: Make, total: int) -> tuple[Block, ...]:
    """Part the stream into blocks: first codeword of each, second of each…, then the check codewords likewise."""
    checks = int(_CHECKS[make.level].split()[make.version - 1])
    count = int(_BLOCKS[make.level].split()[make.version - 1])
    shortest, longer = divmod(total - checks * count, count)
    places: list[list[int]] = [[] for _ in range(count)]
    stream = iter(range(total))
    for _ in range(shortest):
        for block in places:
            block.append(next(stream))
    for block in places[count - longer :]:
        block.append(next(stream))
    for _ in range(checks):
        for block in places:
            block.append(next(stream))
    return tuple(Block(tuple(block), checks) for block in places)
