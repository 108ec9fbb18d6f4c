"""The child of `still`: a picture on standard input, what its task asks for on standard output, and then it dies.

Symbols are written as soon as they are read, so that they arrive even if a library fails later. The exit status is 0 or
a `Refusal`.
"""

import json
import resource
import sys
from dataclasses import asdict
from itertools import islice

from verifier import limits
from verifier.frame import Frame
from verifier.reading.refusal import PictureError
from verifier.reading.task import Task


def main() -> int:
    """Look at the one picture under limits on memory, time and files."""
    _limit(resource.RLIMIT_AS, limits.PICTURE_MEMORY_BYTES)
    _limit(resource.RLIMIT_CPU, limits.PICTURE_SECONDS)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    from verifier.reading import picture  # noqa: PLC0415 - the libraries come under the limits too

    try:
        frame = picture.opened(sys.stdin.buffer.read(limits.PICTURE_BYTES))
    except PictureError as error:
        return error.refusal
    {Task.READ: _read, Task.AIM: _aim}[Task(sys.argv[-1])](frame)
    return 0


def _read(frame: Frame) -> None:
    from verifier.reading import ladder  # noqa: PLC0415 - likewise

    for symbol in islice(ladder.climb(frame), limits.SYMBOLS_PER_FRAME):
        sys.stdout.buffer.write(len(symbol.data).to_bytes(4, "big") + symbol.data)
        sys.stdout.buffer.flush()


def _aim(frame: Frame) -> None:
    from verifier.reading import aim  # noqa: PLC0415 - likewise

    json.dump(asdict(aim.aim(frame)), sys.stdout)


def _limit(what: int, value: int) -> None:
    resource.setrlimit(what, (value, value))


if __name__ == "__main__":
    sys.exit(main())
