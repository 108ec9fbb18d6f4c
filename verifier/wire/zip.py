"""ZIP archives of exactly one file, read to the last byte; what stands twice in an archive must be the same twice.

Source: PKWARE APPNOTE 6.3, sections 4.3.6 to 4.3.16.
"""

import struct
from zlib import crc32

from verifier import limits
from verifier.verdict import Reason, Reject
from verifier.wire import inflate

_LOCAL, _CENTRAL, _END = (struct.Struct(form) for form in ("<4s5H3L2H", "<4s6H3L5H2L", "<4s4H2LH"))
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_DESCRIPTORS = (b"", b"PK\x07\x08")  # the mark of a data descriptor, which may be left out

_STORED, _DEFLATED = 0, 8  # ways of packing
_SIZES_FOLLOW, _UTF8 = 0x0008, 0x0800  # flags; of all others none is read


def only_file(data: bytes) -> bytes:
    """Give the content of the one file. Raises `Reject(MALFORMED)`."""
    try:
        return _content(data, *_central(data))
    except struct.error:
        raise Reject(Reason.MALFORMED) from None


def _central(data: bytes) -> tuple[int, tuple[int, ...], bytes]:
    """Read the directory: where it begins, the facts of its one entry, and the entry's name."""
    end = len(data) - _END.size
    mark, disk, first, here, entries, size, start, comment = _END.unpack_from(data, max(end, 0))
    head = _CENTRAL.unpack_from(data, start)
    name, extra, about = head[10:13]
    whole = _CENTRAL.size + name + extra + about
    if (mark, disk, first, here, entries, comment) != (_END_MARK, 0, 0, 1, 1, 0) or (size, start + size) != (
        whole,
        end,
    ):
        raise Reject(Reason.MALFORMED)
    if head[0] != _CENTRAL_MARK or head[16] != 0:  # the one file begins where the archive does
        raise Reject(Reason.MALFORMED)
    return start, head[3:10], data[start + _CENTRAL.size : start + _CENTRAL.size + name]


def _content(data: bytes, directory: int, facts: tuple[int, ...], name: bytes) -> bytes:
    flags, method, _, _, checksum, packed, size = facts
    mark, _, *local, name_length, extra_length = _LOCAL.unpack_from(data)
    start = _LOCAL.size + name_length + extra_length
    follows = bool(flags & _SIZES_FOLLOW)
    sizes = (0, 0, 0) if follows else (checksum, packed, size)
    tail = [put + struct.pack("<3L", checksum, packed, size) for put in _DESCRIPTORS] if follows else [b""]
    if (
        mark != _LOCAL_MARK
        or flags & ~(_SIZES_FOLLOW | _UTF8)
        or (local[0], local[1], *local[4:7]) != (flags, method, *sizes)
        or data[_LOCAL.size : _LOCAL.size + name_length] != name
        or data[start + packed : directory] not in tail
    ):
        raise Reject(Reason.MALFORMED)
    content = _unpacked(data[start : start + packed], method)
    if len(content) != size or crc32(content) != checksum:
        raise Reject(Reason.MALFORMED)
    return content


def _unpacked(packed: bytes, method: int) -> bytes:
    if method == _DEFLATED:
        return inflate.raw_stream(packed)
    if method != _STORED or len(packed) > limits.INFLATED_BYTES:
        raise Reject(Reason.MALFORMED)
    return packed
