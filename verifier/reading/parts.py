"""Parts: collects the parts of a presentation that is too large for one symbol, over the symbols of many frames.

Three kinds: chunks of a SMART Health Card (`shc:/2/3/…`), structured append, and fountain parts (`ur:…/5-3/…`). One
presentation at a time: a part of another one begins anew, and parts that nothing is added to are dropped.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import xor

from verifier import limits
from verifier.reading import bytewords, fountain
from verifier.reading.fountain import Fountain
from verifier.reading.scan import Symbol

_CHUNK = re.compile(rb"shc:/([1-9][0-9]?)/([1-9][0-9]?)/[0-9]+", re.ASCII)
_RESOURCE = re.compile(r"ur:([a-z0-9-]+)/([1-9][0-9]{0,9})-([1-9][0-9]{0,3})/([a-z]+)", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part with an index: of the presentation that `key` names, `index` from 0 of `count`."""

    key: tuple[str, int, int]
    index: int
    count: int
    data: bytes = field(repr=False)


@dataclass(slots=True, eq=False)
class _Collection:
    """The parts of one presentation so far."""

    key: tuple[str | int, ...]
    added_at: float
    pieces: dict[int, bytes] = field(default_factory=dict, repr=False)
    mixtures: Fountain = field(default_factory=Fountain, repr=False)


class Parts:
    """Puts presentations together. One for each camera."""

    def __init__(self) -> None:
        self._collection = _Collection((), float("-inf"))

    def add(self, symbols: Iterable[Symbol], now: float) -> tuple[bytes, ...]:
        """Give what is whole: symbols by themselves at once, parts when the last one has come.

        Chunks of a health card are joined by a line feed, in the order of their index. `now` is in seconds.
        """
        whole = (self._whole(symbol, now) for symbol in symbols)
        return tuple(data for data in whole if data is not None)

    def _whole(self, symbol: Symbol, now: float) -> bytes | None:
        piece = _chunk(symbol.data) or _appended(symbol)
        if piece is not None:
            return self._with_piece(piece, now)
        match = _RESOURCE.fullmatch(symbol.data.decode("ascii", "replace"))
        return symbol.data if match is None else self._with_resource(match, now)

    def _with_piece(self, piece: _Piece, now: float) -> bytes | None:
        collection = self._of(piece.key, now)
        if collection.pieces.get(piece.index, piece.data) != piece.data:  # another card with as many chunks
            collection = self._begun(piece.key, now)
        collection.pieces[piece.index] = piece.data
        if len(collection.pieces) < piece.count:
            return None
        self._begun((), now)
        return _joined(piece.key, [collection.pieces[index] for index in range(piece.count)])

    def _with_resource(self, match: re.Match[str], now: float) -> bytes | None:
        kind, number, count, words = match.groups()
        data = bytewords.decode(words)
        part = None if data is None else fountain.parse(data)
        if part is None or (part.number, part.count) != (int(number), int(count)):
            return None
        message = self._of((kind.lower(), *part.message), now).mixtures.add(part)
        if message is not None:
            self._begun((), now)
        return message

    def _of(self, key: tuple[str | int, ...], now: float) -> _Collection:
        """Give the collection of a presentation, begun anew where another one was last or nothing came for long."""
        collection = self._collection
        if collection.key != key or now - collection.added_at > limits.PARTS_SECONDS:
            return self._begun(key, now)
        collection.added_at = now
        return collection

    def _begun(self, key: tuple[str | int, ...], now: float) -> _Collection:
        self._collection = _Collection(key, now)
        return self._collection


def _chunk(data: bytes) -> _Piece | None:
    """Recognise a chunk. Source: SMART Health Cards framework, chunking larger cards."""
    match = _CHUNK.fullmatch(data)
    if match is None:
        return None
    index, count = int(match[1]) - 1, int(match[2])
    return _Piece(("shc", count, 0), index, count, data) if index < count <= limits.PARTS else None


def _appended(symbol: Symbol) -> _Piece | None:
    place = symbol.place
    if place is None or place.index >= place.count:
        return None
    return _Piece(("append", place.count, place.parity), place.index, place.count, symbol.data)


def _joined(key: tuple[str, int, int], pieces: list[bytes]) -> bytes | None:
    """Join the pieces; `None` where the message is not the one that its parity tells."""
    kind, _, parity = key
    if kind == "shc":
        return b"\n".join(pieces)
    message = b"".join(pieces)
    return message if reduce(xor, message, 0) == parity else None
