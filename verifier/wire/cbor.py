"""CBOR: one data item to plain values and back, strict and bounded.

No tag is interpreted: whoever expects one asks for it by number, and one that nobody expects is refused. Map keys are
whole numbers or text, told apart by type, and no key occurs twice. Headers are read with `shortest`, which allows one
spelling of every length.
Source: RFC 8949.
"""
# ruff: noqa: PLR2004 - major types, lengths and simple values are numbers, and have no other names

from dataclasses import dataclass
from struct import pack, unpack
from typing import NoReturn, TypeAlias

from verifier import limits
from verifier.verdict import Reason, Reject

EMBEDDED_TAG = 24  # section 3.4.5.1
# Date-time text, epoch time, COSE_Sign1, embedded CBOR, CWT, day text (RFC 8943): what the formats are made of.
TAGS = frozenset({0, 1, 18, EMBEDDED_TAG, 61, 1004})
_FLOATS = {25: ">e", 26: ">f", 27: ">d"}
_SIMPLE: dict[int, bool | None] = {20: False, 21: True, 22: None}


@dataclass(frozen=True, slots=True)
class Tagged:
    """An item under a tag, not interpreted."""

    number: int
    content: "Value"


@dataclass(frozen=True, slots=True)
class Embedded:
    """Tag 24: encoded CBOR inside. `encoded` is the whole item, tag and lengths included, exactly as received."""

    content: bytes
    encoded: bytes


@dataclass(frozen=True, slots=True)
class Simple:
    """A simple value without meaning here; 23 is undefined."""

    number: int


Key: TypeAlias = int | str
Map: TypeAlias = dict[Key, "Value"]
Value: TypeAlias = int | float | bool | str | bytes | list["Value"] | Map | Tagged | Embedded | Simple | None


def decode(data: bytes, *, shortest: bool = False, tags: frozenset[int] = TAGS) -> Value:
    """Decode exactly one item; refuse trailing bytes, ill-formed items, duplicate keys and anything over its bound.

    `shortest` also refuses indefinite lengths and lengths or numbers written longer than they need. `tags` are those
    that may occur. Raises `Reject(MALFORMED)`. Source: RFC 8949 section 3, 4.2.1, 5.6 and appendix F.
    """
    reader = _Reader(data, shortest, tags)
    value = reader.item(0)
    if reader.position != len(data):
        _refuse()
    return value


def decode_map(data: bytes, *, shortest: bool = False, tags: frozenset[int] = TAGS) -> Map:
    """Decode exactly one item, which must be a map.

    Raises `Reject(MALFORMED)`.
    """
    value = decode(data, shortest=shortest, tags=tags)
    if not isinstance(value, dict):
        _refuse()
    return value


def encode(value: Value) -> bytes:  # noqa: C901, PLR0911 - one for each type
    """Encode deterministically: shortest lengths, definite, keys in bytewise order. Source: RFC 8949 section 4.2.1."""
    match value:
        case bool() | None:
            return {False: b"\xf4", True: b"\xf5", None: b"\xf6"}[value]
        case int():
            return _head(0, value) if value >= 0 else _head(1, -1 - value)
        case float():
            return b"\xfb" + pack(">d", value)
        case bytes():
            return _head(2, len(value)) + value
        case str():
            text = value.encode()
            return _head(3, len(text)) + text
        case list():
            return _head(4, len(value)) + b"".join(map(encode, value))
        case dict():
            entries = sorted((encode(key), encode(item)) for key, item in value.items())
            return _head(5, len(entries)) + b"".join(key + item for key, item in entries)
        case Tagged(number, content):
            return _head(6, number) + encode(content)
        case Embedded():
            return value.encoded
        case Simple(number):
            return bytes([0xE0 + number]) if number < 24 else bytes([0xF8, number])


def embed(content: bytes) -> Embedded:
    """Wrap encoded CBOR as an item of its own."""
    return Embedded(content, _head(6, EMBEDDED_TAG) + encode(content))


def _head(major: int, argument: int) -> bytes:
    """Write a major type with its argument. Raises `OverflowError` beyond 64 bits."""
    if argument < 24:
        return bytes([major << 5 | argument])
    width = next(width for width in (1, 2, 4, 8) if width == 8 or argument < 1 << 8 * width)
    return bytes([major << 5 | 23 + width.bit_length()]) + argument.to_bytes(width)


class _Reader:
    """Walks over the bytes once. `depth` is how many items stand around the one that is read."""

    __slots__ = ("_data", "_items_left", "_shortest", "_tags", "position")

    def __init__(self, data: bytes, shortest: bool, tags: frozenset[int]) -> None:  # noqa: FBT001 (private)
        self._data = data
        self._shortest = shortest
        self._tags = tags
        self._items_left = limits.CBOR_ITEMS
        self.position = 0

    def item(self, depth: int) -> Value:  # noqa: PLR0911 - one for each major type
        """Read one item of any type."""
        self._items_left -= 1
        if depth > limits.DEPTH or self._items_left < 0:
            _refuse()
        start = self.position
        initial = self._take(1)[0]
        major, info = initial >> 5, initial & 31
        if major == 7:
            return self._simple(info)
        length = self._argument(info) if info != 31 else None
        match major:
            case 2:
                return self._take(length) if length is not None else b"".join(self._chunks(2))
            case 3:
                return _text(self._take(length)) if length is not None else "".join(map(_text, self._chunks(3)))
            case 4:
                return self._array(length, depth)
            case 5:
                return self._map(length, depth)
        if length is None:
            _refuse()
        match major:
            case 0:
                return length
            case 1:
                return -1 - length
            case _:
                return self._tagged(length, start, depth)

    def _take(self, count: int) -> bytes:
        end = self.position + count
        if end > len(self._data):
            _refuse()
        taken = self._data[self.position : end]
        self.position = end
        return taken

    def _argument(self, info: int) -> int:
        if info < 24:
            return info
        if info > 27:
            _refuse()
        width = 1 << info - 24
        value = int.from_bytes(self._take(width))
        if self._shortest and value < (24 if width == 1 else 1 << 4 * width):
            _refuse()
        return value

    def _chunks(self, major: int) -> list[bytes]:
        """Read the definite strings of one type that make up an indefinite one."""
        chunks = []
        while not self._at_break():
            self._items_left -= 1
            initial = self._take(1)[0]
            if initial >> 5 != major or self._items_left < 0:
                _refuse()
            chunks.append(self._take(self._argument(initial & 31)))
        return chunks

    def _at_break(self) -> bool:
        """Step over the end of an indefinite item, if this is it."""
        if self._shortest:
            _refuse()
        if self._data[self.position : self.position + 1] != b"\xff":
            return False
        self.position += 1
        return True

    def _array(self, length: int | None, depth: int) -> list[Value]:
        if length is not None:
            self._must_hold(length)
            return [self.item(depth + 1) for _ in range(length)]
        values = []
        while not self._at_break():
            values.append(self.item(depth + 1))
        return values

    def _map(self, length: int | None, depth: int) -> Map:
        result: Map = {}
        if length is not None:
            self._must_hold(2 * length)
            for _ in range(length):
                self._entry(result, depth)
        else:
            while not self._at_break():
                self._entry(result, depth)
        return result

    def _entry(self, result: Map, depth: int) -> None:
        key = self.item(depth + 1)
        if not isinstance(key, int | str) or isinstance(key, bool) or key in result or len(result) >= limits.MAP_KEYS:
            _refuse()
        result[key] = self.item(depth + 1)

    def _must_hold(self, items: int) -> None:
        """Refuse a length that the bytes left cannot hold, before anything is allocated for it."""
        if items > len(self._data) - self.position:
            _refuse()

    def _tagged(self, number: int, start: int, depth: int) -> Tagged | Embedded:
        if number not in self._tags:
            _refuse()
        content = self.item(depth + 1)
        if number == EMBEDDED_TAG and isinstance(content, bytes):
            return Embedded(content, self._data[start : self.position])
        return Tagged(number, content)

    def _simple(self, info: int) -> Value:
        if info in _SIMPLE:
            return _SIMPLE[info]
        if info in _FLOATS:
            value: float = unpack(_FLOATS[info], self._take(1 << info - 24))[0]
            return value
        number = self._take(1)[0] if info == 24 else info
        if info > 24 or (info == 24 and number < 32):
            _refuse()
        return Simple(number)


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Reject(Reason.MALFORMED) from None


def _refuse() -> NoReturn:
    raise Reject(Reason.MALFORMED)
