from collections.abc import Iterator
from functools import reduce
from operator import xor
from zlib import crc32

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading import drawing
from verifier import limits
from verifier.reading import bytewords, codewords, fountain, reed_solomon
from verifier.reading.fountain import Fountain, Part
from verifier.reading.parts import Parts
from verifier.reading.quick import QuickReader
from verifier.reading.scan import WIDE, Quad, Symbol, scan
from verifier.reading.structured_append import Place

NOWHERE: Quad = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
CHUNKS = [b"shc:/%d/3/%s" % (index, b"5676" * index) for index in (1, 2, 3)]


def symbol(data: bytes, place: Place | None = None) -> Symbol:
    return Symbol(data, NOWHERE, None, place)


def shown(parts: Parts, *symbols: Symbol, start: float = 0.0) -> list[bytes]:
    """Show symbols in frames of their own, a tenth of a second apart; repeats are what a camera sees."""
    frames = enumerate(one for one in symbols for _ in range(2))
    return [data for index, one in frames for data in parts.add([one], start + index / 20)]


def test_a_symbol_by_itself_is_given_at_once() -> None:
    assert Parts().add([symbol(b"HC1:whole"), symbol(b"shc:/5676")], 0.0) == (b"HC1:whole", b"shc:/5676")


@given(st.permutations(CHUNKS))
def test_chunks_come_in_any_order_and_leave_in_theirs(order: list[bytes]) -> None:
    assert shown(Parts(), *map(symbol, order))[0] == b"\n".join(CHUNKS)


def test_chunks_side_by_side_in_one_frame_are_one_presentation() -> None:
    assert Parts().add([symbol(chunk) for chunk in CHUNKS], 0.0) == (b"\n".join(CHUNKS),)


def test_a_chunk_of_another_card_begins_anew() -> None:
    other = [b"shc:/%d/3/9999" % index for index in (1, 2, 3)]
    first, second, third = map(symbol, other)
    assert shown(Parts(), symbol(CHUNKS[0]), symbol(CHUNKS[1]), first, third) == []
    assert shown(Parts(), symbol(CHUNKS[0]), first, second, third)[0] == b"\n".join(other)


def test_parts_that_nothing_is_added_to_are_dropped() -> None:
    parts = Parts()
    assert shown(parts, *map(symbol, CHUNKS[:2])) == []
    assert shown(parts, symbol(CHUNKS[2]), start=limits.PARTS_SECONDS + 1) == []


@pytest.mark.parametrize("data", [b"shc:/0/3/56", b"shc:/4/3/56", b"shc:/1/65/56", b"shc:/01/3/56", b"shc:/1/3/5x"])
def test_a_chunk_that_cannot_be_is_a_symbol_by_itself(data: bytes) -> None:
    assert Parts().add([symbol(data)], 0.0) == (data,)


MESSAGE = b"one message, larger than a symbol, in three of them"


def appended() -> list[Symbol]:
    parity = reduce(xor, MESSAGE)
    return [symbol(MESSAGE[index * 17 : (index + 1) * 17], Place(index, 3, parity)) for index in range(3)]


def test_structured_append_is_joined_when_its_parity_is_right() -> None:
    first, second, third = appended()
    assert shown(Parts(), third, first, second)[0] == MESSAGE
    wrong = symbol(b"x" * 17, Place(1, 3, reduce(xor, MESSAGE)))
    assert shown(Parts(), third, first, wrong) == []


def with_header(data: bytes, place: Place, level: str = "M") -> drawing.Luma:
    """Draw a symbol with a structured append header; version and mask stay what another encoder chose."""
    luma = drawing.symbol(b"x" * 60, level=level, scale=1, quiet=0).copy()
    (read,) = scan(drawing.frame(drawing.symbol(b"x" * 60, level=level)), WIDE)
    assert read.make is not None
    layout = codewords.layout(read.make)
    (block, *_) = layout.blocks
    room = sum(len(block.places) - block.checks for block in layout.blocks)
    bits = f"0011{place.index:04b}{place.count - 1:04b}{place.parity:08b}0100{len(data):08b}"
    bits += "".join(f"{value:08b}" for value in data) + "0000"
    message = (int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2)).to_bytes(-(-len(bits) // 8), "big")
    message = (message + b"\xec\x11" * room)[:room]
    stream = bytearray(len(layout.modules) // 8)
    for block in layout.blocks:
        size = len(block.places) - block.checks
        filled = reed_solomon.corrected(
            [*message[:size], *bytes(block.checks)], block.checks, range(size, len(block.places))
        )
        assert filled is not None
        message = message[size:]
        for at, value in zip(block.places, filled, strict=True):
            stream[at] = value
    dark = np.unpackbits(np.frombuffer(bytes(stream), np.uint8)) ^ np.frombuffer(layout.turned, np.uint8)
    luma.ravel()[list(layout.modules)] = np.where(dark, 0, 255)
    return np.pad(luma, 4, constant_values=255).repeat(4, 0).repeat(4, 1)


@pytest.mark.parametrize("damage", [0, 6], ids=["clean", "damaged header"])
@pytest.mark.parametrize("mirrored", [False, True])
def test_a_symbols_place_is_read_from_its_modules(mirrored: bool, damage: int) -> None:  # noqa: FBT001
    luma = with_header(b"the second part", Place(1, 3, 0xA5))
    if damage:
        luma[-16 - 4 * damage : -16, -16 - 4 * damage : -16] = 255
    (read,) = scan(drawing.frame(np.ascontiguousarray(luma.T) if mirrored else luma), WIDE)
    assert (read.data, read.place) == (b"the second part", Place(1, 3, 0xA5))


def test_an_ordinary_symbol_has_no_place() -> None:
    (read,) = scan(drawing.frame(drawing.symbol(b"by itself")), WIDE)
    assert read.place is None


def test_structured_append_is_read_from_frames() -> None:
    parity = reduce(xor, MESSAGE)
    reader = QuickReader()
    read: list[tuple[bytes, ...]] = []
    for index in (2, 0, 1):
        luma = with_header(MESSAGE[index * 17 : (index + 1) * 17], Place(index, 3, parity))
        read += [reader.read(drawing.frame(luma), index / 10) for _ in range(2)]
    assert (MESSAGE,) in read
    assert set(read) <= {(), (MESSAGE,)}


def words(data: bytes) -> str:
    whole = data + crc32(data).to_bytes(4, "big")
    return "".join(bytewords._LETTERS[2 * value : 2 * value + 2] for value in whole)


def resource(message: bytes, count: int, number: int) -> Symbol:
    """Make a fountain part by the other direction: choose fragments as the reader would, and mix them."""
    size = -(-len(message) // count)
    fragments = [message[at : at + size].ljust(size, b"\0") for at in range(0, size * count, size)]
    empty = Part(number, count, len(message), crc32(message), bytes(size))
    mixed = reduce(xor, (int.from_bytes(fragments[index], "big") for index in empty.fragments()))
    numbers = b"".join(b"\x1a" + value.to_bytes(4, "big") for value in (number, count, len(message), crc32(message)))
    cbor = b"\x85" + numbers + b"\x59" + size.to_bytes(2, "big") + mixed.to_bytes(size, "big")
    return symbol(f"UR:BYTES/{number}-{count}/{words(cbor)}".upper().encode())


def resources(message: bytes, count: int, numbers: range) -> Iterator[Symbol]:
    return (resource(message, count, number) for number in numbers)


@settings(max_examples=25)
@given(st.binary(min_size=40, max_size=200), st.integers(2, 9), st.integers(0, 1000))
def test_mixtures_alone_make_the_message(message: bytes, count: int, start: int) -> None:
    numbers = range(count + start + 1, count + start + 6 * count + 40)
    assert shown(Parts(), *resources(message, count, numbers))[:1] == [message]


def test_fragments_in_turn_make_the_message() -> None:
    assert shown(Parts(), *resources(MESSAGE, 5, range(1, 6)))[0] == MESSAGE


def test_a_mixture_of_another_message_begins_anew() -> None:
    parts = Parts()
    assert shown(parts, *resources(MESSAGE, 5, range(1, 5)), *resources(b"z" * 60, 5, range(1, 5))) == []
    assert shown(parts, *resources(MESSAGE, 5, range(1, 6)), start=1.0)[0] == MESSAGE


def test_a_mixture_is_the_same_for_every_reader() -> None:
    """Frozen from this implementation, after the whole chain agreed with the specification's own example."""
    mixed = [sorted(Part(number, 11, 327, 0x0167AA07, b"").fragments()) for number in range(1, 18)]
    assert mixed[:11] == [[index] for index in range(11)]
    assert mixed[11:] == [[2, 5, 10], [1, 5, 9], [1, 4, 5, 6, 7, 9], [8], [1, 7], [0, 1, 9]]


def test_a_sum_that_is_wrong_is_no_message() -> None:
    collected = Fountain()
    part = Part(1, 1, 3, crc32(b"abd"), b"abc")
    assert collected.add(part) is None
    assert Fountain().add(Part(1, 1, 3, crc32(b"abc"), b"abc")) == b"abc"


def test_bytewords_spell_as_published() -> None:
    """Source: BCR-2020-012, its example in the minimal style."""
    spelled = "guru jowl join inch crux iced kick jury inch junk taxi aqua kite limp".split()  # noqa: SIM905
    assert bytewords.decode("".join(word[0] + word[3] for word in spelled)) == b"Some bytes"


@pytest.mark.parametrize("damaged", ["", "ae", "aeaeaeae", "aeaeaeaeae", "zzaeaeaeaeae", words(b"abc") + "a"])
def test_damaged_bytewords_are_refused(damaged: str) -> None:
    assert bytewords.decode(damaged) is None


@given(st.binary(max_size=80))
def test_any_bytes_are_a_part_or_none(data: bytes) -> None:
    part = fountain.parse(b"\x85" + data)
    assert part is None or 1 <= part.count <= limits.PARTS


@given(st.binary(max_size=60))
def test_any_symbol_is_taken(data: bytes) -> None:
    for prefix in (b"", b"ur:", b"ur:bytes/1-2/", b"shc:/1/2/"):
        assert len(Parts().add([symbol(prefix + data)], 0.0)) <= 1


def test_zxing_leaves_the_place_out() -> None:
    """The reason for `structured_append`: once zxing-cpp tells, it can go."""
    barcode = zxingcpp.read_barcodes(np.ascontiguousarray(with_header(b"part", Place(1, 3, 1))))[0]
    assert not hasattr(barcode, "sequence_index")
