"""DER: elements, walked strictly: definite lengths, written as short as they can be, to the last byte.

Source: ITU-T X.690 sections 8.1 and 10.1.
"""

from dataclasses import dataclass

from verifier.verdict import Reason, Reject

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, OBJECT_ID = 0x01, 0x02, 0x03, 0x04, 0x06
UTC_TIME, GENERALIZED_TIME, SEQUENCE, SET = 0x17, 0x18, 0x30, 0x31

_SHORT = 0x80
_LENGTH_BYTES = 3  # more than a certificate within our bounds can need


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its tag, its content, and the whole of it as it was written."""

    tag: int
    content: bytes
    written: bytes

    def as_type(self, tag: int) -> bytes:
        """Give the content of an element of the tag, or raise `Reject(MALFORMED)`."""
        if self.tag != tag:
            raise Reject(Reason.MALFORMED)
        return self.content


def context(number: int, *, constructed: bool = True) -> int:
    """Give the tag of a context-specific element."""
    return (0xA0 if constructed else 0x80) | number


def elements(data: bytes) -> list[Element]:
    """Read all elements that stand one after the other. Raises `Reject(MALFORMED)`."""
    found, start = [], 0
    while start < len(data):
        content, end = _extent(data, start)
        found.append(Element(data[start], data[content:end], data[start:end]))
        start = end
    return found


def only(data: bytes, tag: int) -> bytes:
    """Give the content of the one element that the bytes are. Raises `Reject(MALFORMED)`."""
    found = elements(data)
    if len(found) != 1:
        raise Reject(Reason.MALFORMED)
    return found[0].as_type(tag)


def sequence(data: bytes) -> list[Element]:
    """Read the elements of the one sequence that the bytes are. Raises `Reject(MALFORMED)`."""
    return elements(only(data, SEQUENCE))


def write(tag: int, content: bytes) -> bytes:
    """Write one element."""
    size = len(content)
    if size < _SHORT:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, _SHORT | len(length))) + length + content


def _extent(data: bytes, start: int) -> tuple[int, int]:
    """Find where the content of the element at `start` begins and ends."""
    content = start + 2
    if content > len(data) or data[start] & 0x1F == 0x1F:  # noqa: PLR2004 - no certificate has tags of several bytes
        raise Reject(Reason.MALFORMED)
    size = data[start + 1]
    if size >= _SHORT:
        length = data[content : content + (size & 0x7F)]
        content += len(length)
        if not 0 < len(length) <= _LENGTH_BYTES or len(length) != size & 0x7F or length[0] == 0:
            raise Reject(Reason.MALFORMED)
        size = int.from_bytes(length)
        if size < _SHORT:
            raise Reject(Reason.MALFORMED)
    if content + size > len(data):
        raise Reject(Reason.MALFORMED)
    return content, content + size
