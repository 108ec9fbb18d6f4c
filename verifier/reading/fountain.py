"""Fountain parts (BC-UR): an endless stream of mixtures, a few more of which than there are fragments make the message.

Part n of a message of k fragments is fragment n while n <= k; after that it is the XOR of several, chosen by a
generator that the part's own number seeds, so that every reader knows which.

Source: Blockchain Commons BCR-2020-005 (uniform resources), BCR-2024-001 (multipart).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from zlib import crc32

from verifier import limits

_WORD = 0xFFFF_FFFF_FFFF_FFFF
_FIELDS = 4  # before the fragment: number, count, length, checksum
_ARRAY_OF_FIVE, _BYTE_STRING = 0x85, 2
_ONE_BYTE, _EIGHT_BYTES = 24, 27  # a head with its number in 1, 2, 4 or 8 bytes after it; smaller ones are the number


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its number from 1, how many fragments there are, length and checksum of the whole, the mixture."""

    number: int
    count: int
    length: int
    checksum: int
    mixture: bytes = field(repr=False)

    @property
    def message(self) -> tuple[int, int, int]:
        """Name the message that it belongs to."""
        return self.count, self.length, self.checksum

    def fragments(self) -> frozenset[int]:
        """Say which fragments are mixed in it, counted from 0."""
        if self.number <= self.count:
            return frozenset({self.number - 1})
        seed = self.number.to_bytes(4, "big") + self.checksum.to_bytes(4, "big")
        chance = _generator(sha256(seed).digest())
        degree = _sampled([1 / degree for degree in range(1, self.count + 1)], chance) + 1
        left = list(range(self.count))
        return frozenset(left.pop(int(chance() * len(left))) for _ in range(degree))


def parse(data: bytes) -> Part | None:
    """Parse a part's CBOR, an array of four numbers and a byte string; `None` where it is anything else."""
    if data[:1] != bytes([_ARRAY_OF_FIVE]):
        return None
    at, numbers = 1, list[int]()
    for major in (*[0] * _FIELDS, _BYTE_STRING):
        head = _head(data, at, major)
        if head is None:
            return None
        value, at = head
        numbers.append(value)
    number, count, length, checksum, size = numbers
    sound = (
        1 <= number < 1 << 32
        and 1 <= count <= limits.PARTS
        and 1 <= length <= limits.INFLATED_BYTES
        and checksum < 1 << 32
        and size == len(data) - at == -(-length // count)
    )
    return Part(number, count, length, checksum, data[at:]) if sound else None


class Fountain:
    """Collects the parts of one message, by elimination over the field of two elements."""

    def __init__(self) -> None:
        self._mixtures: dict[int, tuple[frozenset[int], int]] = {}  # by lowest fragment: fragments, and their XOR

    def add(self, part: Part) -> bytes | None:
        """Take one part in; give the message once it is whole and its checksum is right."""
        fragments, mixture = part.fragments(), int.from_bytes(part.mixture, "big")
        while fragments and min(fragments) in self._mixtures:
            other, xored = self._mixtures[min(fragments)]
            fragments, mixture = fragments ^ other, mixture ^ xored
        if fragments:
            self._mixtures[min(fragments)] = (fragments, mixture)
        if len(self._mixtures) < part.count:
            return None
        message = self._solved(part.count, len(part.mixture))[: part.length]
        return message if crc32(message) == part.checksum else None

    def _solved(self, count: int, size: int) -> bytes:
        """Put in what is known from the last fragment back to the first."""
        solved: dict[int, int] = {}
        for lowest in range(count - 1, -1, -1):
            fragments, mixture = self._mixtures[lowest]
            for other in fragments - {lowest}:
                mixture ^= solved[other]
            solved[lowest] = mixture
        return b"".join(solved[index].to_bytes(size, "big") for index in range(count))


def _head(data: bytes, at: int, major: int) -> tuple[int, int] | None:
    """Read a CBOR head of one major type: its number, and where the next one begins. Source: RFC 8949 section 3."""
    if at >= len(data) or data[at] >> 5 != major:
        return None
    short, at = data[at] & 0x1F, at + 1
    if short < _ONE_BYTE:
        return short, at
    size = 1 << short - _ONE_BYTE
    if short > _EIGHT_BYTES or at + size > len(data):
        return None
    return int.from_bytes(data[at : at + size], "big"), at + size


def _generator(digest: bytes) -> Callable[[], float]:
    """Make xoshiro256** from 32 bytes; each call gives a number in [0, 1). Source: Blackman and Vigna 2018."""
    state = [int.from_bytes(digest[at : at + 8], "big") for at in range(0, 32, 8)]

    def following() -> float:
        result = _rotated(state[1] * 5 & _WORD, 7) * 9 & _WORD
        shifted = state[1] << 17 & _WORD
        state[2] ^= state[0]
        state[3] ^= state[1]
        state[1] ^= state[2]
        state[0] ^= state[3]
        state[2] ^= shifted
        state[3] = _rotated(state[3], 45)
        return result / 2.0**64

    return following


def _rotated(value: int, by: int) -> int:
    return (value << by | value >> 64 - by) & _WORD


def _sampled(weights: list[float], chance: Callable[[], float]) -> int:
    """Draw an index in proportion to its weight, by Vose's alias method in the order that the source fixes."""
    total, count = sum(weights), len(weights)
    share = [weight * count / total for weight in weights]
    small = [index for index in reversed(range(count)) if share[index] < 1]
    large = [index for index in reversed(range(count)) if share[index] >= 1]
    limit, alias = [1.0] * count, [0] * count
    while small and large:
        low, high = small.pop(), large.pop()
        limit[low], alias[low] = share[low], high
        share[high] += share[low] - 1
        (small if share[high] < 1 else large).append(high)
    first, second = chance(), chance()
    index = int(count * first)
    return index if second < limit[index] else alias[index]
