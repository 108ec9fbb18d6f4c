"""Turns BER into DER where published lists need it: indefinite lengths, strings in pieces, lengths written too long.

Source: ITU-T X.690 sections 8.1.3, 8.1.5, 8.7.3 and 10.
"""

from verifier.verdict import Reason, Reject
from verifier.wire import der

_CONSTRUCTED, _INDEFINITE, _END = 0x20, 0x80, b"\0\0"
_LONG_TAG = 0x1F  # a tag of several bytes: no certificate and no signed data has one
_DEPTH = 24  # signed data around a list of certificates nests 15 deep


def to_der(data: bytes) -> bytes:
    """Write the one element that the bytes are in DER. Raises `Reject(MALFORMED)`."""
    written, end = _element(data, 0, _DEPTH)
    if end != len(data):
        raise Reject(Reason.MALFORMED)
    return written


def _element(data: bytes, start: int, depth: int) -> tuple[bytes, int]:
    """Write the element at `start`; give where it ends, too."""
    if not depth or start + 2 > len(data) or data[start] & _LONG_TAG == _LONG_TAG:
        raise Reject(Reason.MALFORMED)
    tag, size, content = data[start], data[start + 1], start + 2
    if size == _INDEFINITE:
        parts, end = _parts(data, content, len(data), depth, indefinite=True)
        return _joined(tag, parts), end
    if size > _INDEFINITE:
        content += size & 0x7F
        size = int.from_bytes(data[start + 2 : content])
    end = content + size
    if end > len(data):
        raise Reject(Reason.MALFORMED)
    if not tag & _CONSTRUCTED:
        return der.write(tag, data[content:end]), end
    parts, reached = _parts(data[:end], content, end, depth, indefinite=False)
    if reached != end:
        raise Reject(Reason.MALFORMED)
    return _joined(tag, parts), end


def _parts(data: bytes, start: int, end: int, depth: int, *, indefinite: bool) -> tuple[list[bytes], int]:
    """Write the elements inside a constructed one, to its end or its end-of-contents mark."""
    parts: list[bytes] = []
    while start < end:
        if indefinite and data[start : start + 2] == _END:
            return parts, start + 2
        written, start = _element(data, start, depth - 1)
        parts.append(written)
    if indefinite:
        raise Reject(Reason.MALFORMED)
    return parts, start


def _joined(tag: int, parts: list[bytes]) -> bytes:
    """Put the parts together; an octet string in pieces becomes one piece."""
    if tag == der.OCTET_STRING | _CONSTRUCTED:
        return der.write(der.OCTET_STRING, b"".join(der.only(part, der.OCTET_STRING) for part in parts))
    return der.write(tag, b"".join(parts))
