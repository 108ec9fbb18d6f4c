"""Opens a presentation layer by layer, and closes it again around a damaged inside.

A layer knows how to put its content back into a whole presentation, so that an edit deep inside arrives at the
verifier well packed: base45, deflate, lengths and segments are right again, and only the edit is wrong. Nothing here
knows a credential format; it tries every packing that exists.
"""

import base64
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO

import cbor2
from cbor2 import CBORTag

from tests.mutation.edits import Tree

Close = Callable[[bytes], bytes]
Encode = Callable[[Tree], bytes]
Inner = tuple[str, bytes, Close]

_ALPHABET = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


@dataclass(frozen=True, slots=True)
class Layer:
    """The bytes of one layer, the way back to a whole presentation, and the tree they decode to, if any."""

    name: str
    content: bytes
    close: Close
    tree: Tree = None
    encode: Encode = cbor2.dumps

    def close_tree(self, tree: Tree) -> bytes | None:
        """Put an edited tree back; `None` where no encoding of it exists."""
        try:
            return self.close(self.encode(tree))
        except (TypeError, ValueError, OverflowError, UnicodeEncodeError, cbor2.CBOREncodeError):
            return None


def layers(data: bytes) -> Iterator[Layer]:
    """Give every layer of a presentation, outermost first."""
    yield from _open("text", data, lambda content: content)


def _open(name: str, content: bytes, close: Close) -> Iterator[Layer]:
    tree, encode = _decoded(content)
    yield Layer(name, content, close, tree, encode)
    for opener in _OPENERS:
        for inner_name, inner, rebuild in opener(content):
            yield from _open(f"{name}/{inner_name}", inner, _after(rebuild, close))


def _after(rebuild: Close, close: Close) -> Close:
    return lambda content: close(rebuild(content))


def _decoded(content: bytes) -> tuple[Tree, Encode]:
    try:
        return json.loads(content), _json
    except (ValueError, RecursionError):
        tree = _cbor(content)
    return tree if isinstance(tree, dict | list | CBORTag) else None, cbor2.dumps


def _json(tree: Tree) -> bytes:
    return json.dumps(tree, separators=(",", ":"), ensure_ascii=False).encode()


def _cbor(content: bytes) -> Tree:
    """Decode CBOR that is one whole item."""
    try:
        return _plain(cbor2.loads(content))
    except (ValueError, EOFError, RecursionError, cbor2.CBORDecodeError):
        return None


def _plain(tree: Tree) -> Tree:
    """Give the tree in lists and dicts alone, as the edits expect it."""
    match tree:
        case CBORTag():
            return CBORTag(tree.tag, _plain(tree.value))
        case Mapping():
            return {name: _plain(value) for name, value in tree.items()}
        case list() | tuple():
            return [_plain(value) for value in tree]
    return tree


def _base45(content: bytes) -> Iterator[Inner]:
    found = re.fullmatch(rb"((?:HC1|LT1|CRED|VC1-R)?:?)([0-9A-Z $%*+./:-]+)", content)
    if found is None or len(content) < 40:
        return
    prefix, encoded = found.groups()
    opened = _base45_decode(encoded)
    if opened is not None:
        yield "base45", opened, lambda inner: prefix + _base45_encode(inner)


def _base45_decode(encoded: bytes) -> bytes | None:
    out = bytearray()
    for start in range(0, len(encoded), 3):
        group = [_ALPHABET.find(encoded[place : place + 1]) for place in range(start, min(start + 3, len(encoded)))]
        value = sum(digit * 45**power for power, digit in enumerate(group))
        if len(group) == 1 or value >= 256 ** (len(group) - 1):
            return None
        out += value.to_bytes(len(group) - 1)
    return bytes(out)


def _base45_encode(content: bytes) -> bytes:
    out = bytearray()
    for start in range(0, len(content), 2):
        pair = content[start : start + 2]
        value = int.from_bytes(pair)
        out += bytes(_ALPHABET[value // 45**power % 45] for power in range(len(pair) + 1))
    return bytes(out)


def _base32(content: bytes) -> Iterator[Inner]:
    prefix = b"NZCP:/1/"
    if content.startswith(prefix):
        encoded = content.removeprefix(prefix)
        opened = base64.b32decode(encoded + b"=" * (-len(encoded) % 8))
        yield "base32", opened, lambda inner: prefix + base64.b32encode(inner).rstrip(b"=")


def _digits(content: bytes) -> Iterator[Inner]:
    prefix = b"shc:/"
    if content.startswith(prefix) and re.fullmatch(rb"(\d\d)+", content.removeprefix(prefix)):
        digits = content.removeprefix(prefix)
        opened = bytes(int(digits[place : place + 2]) + 45 for place in range(0, len(digits), 2))
        yield "digits", opened, lambda inner: prefix + b"".join(b"%02d" % (byte - 45) for byte in inner)


def _zipped(content: bytes) -> Iterator[Inner]:
    if content.startswith(b"PK\x03\x04"):
        yield "zip", zipfile.ZipFile(BytesIO(content)).read("certificate.json"), _zip


def _zip(content: bytes) -> bytes:
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo("certificate.json"), content, zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def _deflated(content: bytes) -> Iterator[Inner]:
    for name, bits in (("zlib", 15), ("deflate", -15)):
        try:
            opened = zlib.decompress(content, bits)
        except zlib.error:
            continue
        if len(opened) > 8:
            yield name, opened, partial(_deflate, bits=bits)
            return


def _deflate(content: bytes, bits: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, bits)
    return packer.compress(content) + packer.flush()


def _segments(content: bytes) -> Iterator[Inner]:
    """Open a compact JWS, an SD-JWT, or one base64url text."""
    for mark in (b"~", b"."):
        parts = content.split(mark)
        if len(parts) > 1 and re.fullmatch(rb"[A-Za-z0-9_.~-]+", content):
            for place, part in enumerate(parts):
                yield f"part{place}", part, _put_back(parts, place, mark)
            return
    if re.fullmatch(rb"[A-Za-z0-9_-]{16,}", content):
        opened = base64.urlsafe_b64decode(content + b"=" * (-len(content) % 4))
        yield "base64url", opened, lambda inner: base64.urlsafe_b64encode(inner).rstrip(b"=")


def _put_back(parts: list[bytes], place: int, mark: bytes) -> Close:
    return lambda inner: mark.join([*parts[:place], inner, *parts[place + 1 :]])


def _embedded(content: bytes) -> Iterator[Inner]:
    """Open CBOR inside byte strings of CBOR: protected headers, payloads, tag-24 items."""
    tree = _decoded(content)[0] if content[:1] not in b"{[" else None
    for place, inner in enumerate(_byte_strings(tree)):
        if isinstance(_cbor(inner), dict | list | CBORTag):
            yield f"bytes{place}", inner, partial(_embed, tree, place)


def _embed(tree: Tree, place: int, edited: bytes) -> bytes:
    return cbor2.dumps(_replaced(tree, [place], edited))


def _byte_strings(tree: Tree) -> Iterator[bytes]:
    match tree:
        case bytes():
            yield tree
        case dict():
            for value in tree.values():
                yield from _byte_strings(value)
        case list():
            for value in tree:
                yield from _byte_strings(value)
        case CBORTag():
            yield from _byte_strings(tree.value)


def _replaced(tree: Tree, countdown: list[int], edited: bytes) -> Tree:
    """Give the tree with its n-th byte string replaced; `countdown` holds n and runs down on the way."""
    match tree:
        case bytes():
            countdown[0] -= 1
            return edited if countdown[0] == -1 else tree
        case dict():
            return {name: _replaced(value, countdown, edited) for name, value in tree.items()}
        case list():
            return [_replaced(value, countdown, edited) for value in tree]
        case CBORTag():
            return CBORTag(tree.tag, _replaced(tree.value, countdown, edited))
    return tree


_OPENERS: tuple[Callable[[bytes], Iterator[Inner]], ...] = (
    _base45,
    _base32,
    _digits,
    _zipped,
    _deflated,
    _segments,
    _embedded,
)
