"""Reed-Solomon correction over GF(256), of errors at unknown and erasures at known places.

Source: ISO/IEC 18004:2015 section 7.5.2 (field polynomial 0x11D, generator roots 2**0 to 2**(checks-1)), annex B.
A block of n codewords with c checks is corrected as long as erasures + 2 * errors <= c.
"""

from collections.abc import Collection, Sequence

_FIELD = 0x11D
_EXP = [1] * 510  # powers of 2, twice around, so that sums of two logarithms need no modulus
for _power in range(1, 510):
    _EXP[_power] = _EXP[_power - 1] << 1 ^ (_EXP[_power - 1] >> 7) * _FIELD
_LOG = {value: power for power, value in enumerate(_EXP[:255])}


def corrected(block: Sequence[int], checks: int, erased: Collection[int] = (), spare: int = 0) -> bytes | None:
    """Correct a block of codewords; `None` where there is too much to correct.

    `erased` are indices known to be unreliable. `spare` check codewords are kept to tell a correction from an accident:
    only erasures + 2 * errors <= checks - `spare` counts.
    """
    if len(erased) > checks - spare:
        return None
    syndromes = _syndromes(block, checks)
    if not any(syndromes):
        return bytes(block)
    size = len(block)
    erasures = [1]
    for index in erased:
        erasures = _product(erasures, [1, _EXP[size - 1 - index]])
    locator = _locator(syndromes, erasures, len(erased))
    errors = len(locator) - 1 - len(erased)
    if len(erased) + 2 * errors > checks - spare:
        return None
    return _repaired(block, syndromes, locator)


def _times(one: int, other: int) -> int:
    return _EXP[_LOG[one] + _LOG[other]] if one and other else 0


def _product(one: Sequence[int], other: Sequence[int]) -> list[int]:
    """Multiply polynomials, the constant term first."""
    result = [0] * (len(one) + len(other) - 1)
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            result[i + j] ^= _times(a, b)
    return result


def _value(polynomial: Sequence[int], log: int) -> int:
    """Evaluate a polynomial, the constant term first, at 2**log."""
    total = 0
    for power, coefficient in enumerate(polynomial):
        if coefficient:
            total ^= _EXP[(_LOG[coefficient] + power * log) % 255]
    return total


def _syndromes(block: Sequence[int], checks: int) -> list[int]:
    syndromes = []
    for root in range(checks):
        total = 0
        for codeword in block:
            total = (_EXP[_LOG[total] + root] if total else 0) ^ codeword
        syndromes.append(total)
    return syndromes


def _locator(syndromes: Sequence[int], erasures: list[int], erased: int) -> list[int]:
    """Find the polynomial whose roots are the inverse places of errors and erasures.

    The Berlekamp-Massey algorithm, begun with the erasures. Source: Blahut, Theory and Practice of Error Control Codes.
    """
    locator, previous, length = list(erasures), list(erasures), erased
    for step in range(erased, len(syndromes)):
        discrepancy = 0
        for index, coefficient in enumerate(locator[: step + 1]):
            discrepancy ^= _times(coefficient, syndromes[step - index])
        previous = [0, *previous]
        if not discrepancy:
            continue
        longer = _sum(locator, [_times(discrepancy, value) for value in previous])
        if 2 * length <= step + erased:
            length = step + 1 + erased - length
            inverse = _EXP[255 - _LOG[discrepancy]]
            previous = [_times(inverse, value) for value in locator]
        locator = longer
    while locator and not locator[-1]:
        locator.pop()
    return locator


def _sum(one: Sequence[int], other: Sequence[int]) -> list[int]:
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    result = list(longer)
    for index, value in enumerate(shorter):
        result[index] ^= value
    return result


def _repaired(block: Sequence[int], syndromes: Sequence[int], locator: Sequence[int]) -> bytes | None:
    """Find the roots and add each place its value (Forney); `None` where the locator has too few roots in the block."""
    places = [place for place in range(len(block)) if not _value(locator, 255 - place)]
    if len(places) != len(locator) - 1:
        return None
    evaluator = _product(syndromes, locator)[: len(syndromes)]
    slope = [value if power % 2 == 0 else 0 for power, value in enumerate(locator[1:])]
    repaired = bytearray(block)
    for place in places:
        divisor = _value(slope, 255 - place)
        if not divisor:
            return None
        top = _value(evaluator, 255 - place)
        repaired[len(block) - 1 - place] ^= _times(_times(top, _EXP[place]), _EXP[255 - _LOG[divisor]])
    return None if any(_syndromes(repaired, len(syndromes))) else bytes(repaired)
