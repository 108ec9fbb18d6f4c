"""Walks DER: enough to take a certificate apart that a stricter reader refuses, and no more.

Source: ITU-T X.690. Lengths must be definite and fit; a length written too long is let through, since published
certificates have some.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from trust_registry.importers.refusal import Refusal, Refused

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, OBJECT_ID = 0x01, 0x02, 0x03, 0x04, 0x06
UTC_TIME, GENERALIZED_TIME, SEQUENCE, SET = 0x17, 0x18, 0x30, 0x31

_LENGTH_BYTES = 4


@dataclass(frozen=True, slots=True)
class Element:
    """One tag, length and content; `encoding` is all three."""

    tag: int
    content: bytes
    encoding: bytes

    def must_be(self, tag: int) -> "Element":
        """Give the element back; raises `Refused(MALFORMED)` when its tag is another."""
        if self.tag != tag:
            raise Refused(Refusal.MALFORMED)
        return self

    def parts(self) -> Iterator["Element"]:
        """Walk the elements of a constructed element, in order."""
        return siblings(self.content)


def siblings(data: bytes) -> Iterator[Element]:
    """Walk elements that stand side by side, to the last byte. Raises `Refused(MALFORMED)`."""
    start = 0
    while start < len(data):
        length, body = _length(data, start + 1)
        end = body + length
        if end > len(data):
            raise Refused(Refusal.MALFORMED)
        yield Element(data[start], data[body:end], data[start:end])
        start = end


def only(data: bytes, tag: int) -> Element:
    """Read exactly one element. Raises `Refused(MALFORMED)`."""
    found = list(siblings(data))
    if len(found) != 1:
        raise Refused(Refusal.MALFORMED)
    return found[0].must_be(tag)


def object_id(element: Element) -> str:
    """Write an object identifier with dots. Source: X.690 section 8.19."""
    arcs, value = [], 0
    for byte in element.must_be(OBJECT_ID).content:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            arcs.append(value)
            value = 0
    if not arcs:
        raise Refused(Refusal.MALFORMED)
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, [first, arcs[0] - 40 * first, *arcs[1:]]))


def integer(element: Element) -> int:
    """Read an integer of either sign."""
    return int.from_bytes(element.must_be(INTEGER).content, signed=True)


def bits(element: Element) -> bytes:
    """Read a bit string of whole bytes. Raises `Refused(MALFORMED)`."""
    content = element.must_be(BIT_STRING).content
    if content[:1] != b"\0":
        raise Refused(Refusal.MALFORMED)
    return content[1:]


def encode(tag: int, content: bytes) -> bytes:
    """Write one element."""
    size = len(content)
    if size < 0x80:  # noqa: PLR2004 - X.690 section 8.1.3.4, the short form
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(length)]) + length + content


def _length(data: bytes, at: int) -> tuple[int, int]:
    """Read the length that starts at `at`; give it and where the content starts."""
    if at >= len(data):
        raise Refused(Refusal.MALFORMED)
    first = data[at]
    if first < 0x80:  # noqa: PLR2004 - X.690 section 8.1.3.4, the short form
        return first, at + 1
    width = first & 0x7F
    if not 0 < width <= _LENGTH_BYTES or at + 1 + width > len(data):
        raise Refused(Refusal.MALFORMED)
    return int.from_bytes(data[at + 1 : at + 1 + width]), at + 1 + width
