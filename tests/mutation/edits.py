"""Edits of bytes and of decoded trees, one small damage each.

A tree is what CBOR or JSON decode to. Every node is dropped, doubled, retyped and changed; random edits draw from the
same operations.
"""

import random
from collections.abc import Iterator

from cbor2 import CBORTag

Tree = object

STRANGE: tuple[Tree, ...] = (
    *(None, True, False, 0, -1, 1, 42, 2**53, 2**63, 1.5, float("inf"), float("nan")),
    *("", "x", "\x00", "2099-12-31", [], {}, [[]], {"a": {}}),
)


def byte_edits(data: bytes, *, exhaustive: bool, rng: random.Random) -> Iterator[bytes]:
    """Change, drop and double single bytes, cut and extend; a sample of places unless exhaustive."""
    places = range(len(data)) if exhaustive else rng.sample(range(len(data)), min(16, len(data)))
    for place in places:
        before, byte, after = data[:place], data[place], data[place + 1 :]
        yield from (before + bytes([byte ^ (1 << bit)]) + after for bit in range(8))
        yield before + after
        yield before + bytes([byte, byte]) + after
        yield before
    yield from (data + extra for extra in (b"\x00", b"\xff", b" ", data[:1], data))


def random_bytes_edit(data: bytes, rng: random.Random) -> bytes:
    """Make one to three random damages."""
    edited = bytearray(data)
    for _ in range(rng.randint(1, 3)):
        place = rng.randrange(len(edited) + 1)
        match rng.randrange(4):
            case 0:
                edited[place:place] = rng.randbytes(rng.randint(1, 4))
            case 1:
                del edited[place : place + rng.randint(1, 8)]
            case 2 if edited:
                edited[place % len(edited)] = rng.randrange(256)
            case _:
                end = rng.randrange(len(edited) + 1)
                edited[place:place] = edited[min(place, end) : max(place, end)][:32]
    return bytes(edited)


def tree_edits(tree: Tree) -> Iterator[Tree]:
    """Give the tree with each node once dropped, doubled, changed, and retyped in every strange way."""
    yield from (strange for strange in STRANGE if not _same(strange, tree))
    match tree:
        case dict():
            yield from _dict_edits(tree)
        case list():
            yield from _list_edits(tree)
        case CBORTag():
            yield tree.value
            yield CBORTag(tree.tag + 1, tree.value)
            yield from (CBORTag(tree.tag, edited) for edited in tree_edits(tree.value))
        case int() | float() if not isinstance(tree, bool):
            yield from (tree + 1, tree - 1, -tree, str(tree), float(tree), [tree])
        case str() | bytes():
            yield from (tree[:-1], tree[1:], tree * 2, [tree])


def _dict_edits(tree: dict[Tree, Tree]) -> Iterator[Tree]:
    for name, value in tree.items():
        rest = {other: kept for other, kept in tree.items() if other != name}
        yield rest
        yield {**rest, f"{name}x": value}
        yield {**rest, name: [value, value]}
        yield from ({**tree, name: edited} for edited in tree_edits(value))
    yield {**tree, "added": True}
    yield {**tree, 4242: True}


def _list_edits(tree: list[Tree]) -> Iterator[Tree]:
    for place, value in enumerate(tree):
        before, after = tree[:place], tree[place + 1 :]
        yield [*before, *after]
        yield [*before, value, value, *after]
        yield from ([*before, edited, *after] for edited in tree_edits(value))
    if len(tree) > 1:
        yield tree[::-1]


def _same(one: Tree, other: Tree) -> bool:
    return type(one) is type(other) and one == other
