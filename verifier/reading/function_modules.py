"""Function modules: the part of a symbol that its make alone decides, several hundred modules spread over all of it.

Source: ISO/IEC 18004:2015 section 6.3 and 7.9 to 7.10 (finder, timing and alignment patterns, format and version
information), annex E (where alignment patterns lie).
"""

from functools import lru_cache

from verifier.reading.make import Make

DATA, LIGHT, DARK = 0, 1, 255  # a module's byte; as a signed byte DARK is -1
LEVELS, MASKS = "LMQH", range(8)

_LEVEL_BITS = {"L": 1, "M": 0, "Q": 3, "H": 2}  # table 12
_FORMAT_GENERATOR, _FORMAT_MASK, _FORMAT_CHECK_BITS = 0b10100110111, 0b101010000010010, 10  # annex C
_VERSION_GENERATOR, _VERSION_CHECK_BITS = 0b1111100100101, 12  # annex D
_FIRST_WITH_VERSION = 7


def side(version: int) -> int:
    """Give the number of modules along a side."""
    return 17 + 4 * version


@lru_cache(maxsize=8)
def template(make: Make) -> bytes:
    """Give the modules row by row: LIGHT, DARK, or DATA for those that the make does not decide."""
    modules = bytearray(without_format(make.version))
    for place, dark in zip(format_places(make.version), format_bits(make.level, make.mask) * 2, strict=True):
        modules[place] = DARK if dark else LIGHT
    count = side(make.version)
    modules[(count - 8) * count + 8] = DARK
    return bytes(modules)


@lru_cache(maxsize=8)
def without_format(version: int) -> bytes:
    """Give the modules that the version alone decides: without the format, a symbol is its own mirror image."""
    grid = _Grid(side(version))
    _timing(grid)
    _alignment(grid, version)
    _finders(grid)
    for place in format_places(version):
        grid.modules[place] = DATA
    if version >= _FIRST_WITH_VERSION:
        _version(grid, version)
    return bytes(grid.modules)


def format_places(version: int) -> list[int]:
    """Give where the fifteen bits of the format information lie, twice, the lowest bit first.

    Source: section 7.9, figure 25.
    """
    count = side(version)
    last = count - 1
    beside = [(0, 8), (1, 8), (2, 8), (3, 8), (4, 8), (5, 8), (7, 8), (8, 8), (8, 7)]
    beside += [(8, column) for column in range(5, -1, -1)]
    apart = [(8, last - bit) for bit in range(8)] + [(last - 14 + bit, 8) for bit in range(8, 15)]
    return [row * count + column for row, column in beside + apart]


def format_bits(level: str, mask: int) -> list[bool]:
    """Give the fifteen bits that say level and mask, the lowest first; a set bit is dark. Source: section 7.9."""
    value = _checked(_LEVEL_BITS[level] << 3 | mask, _FORMAT_GENERATOR, _FORMAT_CHECK_BITS) ^ _FORMAT_MASK
    return [bool(value >> bit & 1) for bit in range(15)]


def alignment_centres(version: int) -> list[int]:
    """Give the rows, and columns, of the centres of alignment patterns. Source: annex E, table E.1."""
    if version == 1:
        return []
    count = version // 7 + 2
    last = 4 * version + 10
    step = 26 if version == 32 else (4 * version + 2 * count + 1) // (2 * count - 2) * 2  # noqa: PLR2004 (table E.1)
    return [6, *(last - step * index for index in range(count - 2, -1, -1))]


class _Grid:
    """A square of modules, all data at first."""

    def __init__(self, side: int) -> None:
        self.side = side
        self.modules = bytearray(side * side)

    def put(self, row: int, column: int, *, dark: bool) -> None:
        self.modules[row * self.side + column] = DARK if dark else LIGHT


def _timing(grid: _Grid) -> None:
    for at in range(8, grid.side - 8):
        grid.put(6, at, dark=at % 2 == 0)
        grid.put(at, 6, dark=at % 2 == 0)


def _alignment(grid: _Grid, version: int) -> None:
    centres = alignment_centres(version)
    finders = ((6, 6), (6, grid.side - 7), (grid.side - 7, 6))
    for centre in ((row, column) for row in centres for column in centres):
        if centre not in finders:
            _rings(grid, centre, reach=2, light=(1,))


def _finders(grid: _Grid) -> None:
    for centre in ((3, 3), (3, grid.side - 4), (grid.side - 4, 3)):
        _rings(grid, centre, reach=4, light=(2, 4))


def _rings(grid: _Grid, centre: tuple[int, int], *, reach: int, light: tuple[int, ...]) -> None:
    """Draw concentric squares; what falls outside of the symbol is left out."""
    for down in range(-reach, reach + 1):
        for across in range(-reach, reach + 1):
            row, column = centre[0] + down, centre[1] + across
            if 0 <= row < grid.side and 0 <= column < grid.side:
                grid.put(row, column, dark=max(abs(down), abs(across)) not in light)


def _version(grid: _Grid, version: int) -> None:
    """Write the version twice, with its check bits. Source: section 7.10, figure 27."""
    value = _checked(version, _VERSION_GENERATOR, _VERSION_CHECK_BITS)
    for bit in range(18):
        near, far = bit // 3, grid.side - 11 + bit % 3
        grid.put(near, far, dark=bool(value >> bit & 1))
        grid.put(far, near, dark=bool(value >> bit & 1))


def _checked(value: int, generator: int, check_bits: int) -> int:
    """Append the check bits of a BCH code: the remainder of division by the generator."""
    rest = value
    for _ in range(check_bits):
        rest = rest << 1 ^ (rest >> check_bits - 1) * generator
    return value << check_bits | rest
