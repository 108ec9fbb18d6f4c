"""The child of `still`: a picture on standard input, the symbols in it on standard output, and then it dies.

Each symbol is a length of four bytes, big-endian, and that many bytes; what is read is written at once, so that it
arrives even if a library fails later. The exit status is 0 or a `Refusal`.
"""

import resource
import sys
from itertools import islice
from typing import BinaryIO

from verifier import limits
from verifier.reading.refusal import PictureError


def main() -> int:
    """Read the one picture under limits on memory, time and files."""
    _limit(resource.RLIMIT_AS, limits.PICTURE_MEMORY_BYTES)
    _limit(resource.RLIMIT_CPU, limits.PICTURE_SECONDS)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    from verifier.reading import ladder, picture  # noqa: PLC0415 - the libraries come under the limits too

    try:
        frame = picture.opened(sys.stdin.buffer.read(limits.PICTURE_BYTES))
    except PictureError as error:
        return error.refusal
    for symbol in islice(ladder.climb(frame), limits.SYMBOLS_PER_FRAME):
        _write(sys.stdout.buffer, symbol.data)
    return 0


def _limit(what: int, value: int) -> None:
    resource.setrlimit(what, (value, value))


def _write(out: BinaryIO, data: bytes) -> None:
    out.write(len(data).to_bytes(4, "big") + data)
    out.flush()


if __name__ == "__main__":
    sys.exit(main())
