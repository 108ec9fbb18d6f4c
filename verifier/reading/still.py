"""Still pictures: the symbols in a picture file, read in a child process that may die of it without harm."""

import subprocess
import sys
from pathlib import Path

from verifier import limits
from verifier.reading.refusal import PictureError, Refusal
from verifier.reading.task import Task

_CHILD = (sys.executable, "-I", "-m", "verifier.reading.still_child")
_LENGTH_BYTES = 4
_REFUSALS = frozenset(Refusal)


def read(picture: Path | bytes) -> tuple[bytes, ...]:
    """Give the exact bytes of every symbol in a picture, at most `SYMBOLS_PER_FRAME`; none is no error.

    Raises `PictureError` where the file cannot be read, is no picture, or is out of bounds.
    """
    return _symbols(answer(picture, Task.READ))


def answer(picture: Path | bytes, task: Task) -> bytes:
    """Give what the child writes about a picture, even if it ends too early, as long as it wrote anything.

    Raises `PictureError`.
    """
    data = picture if isinstance(picture, bytes) else _contents(picture)
    if len(data) > limits.PICTURE_BYTES:
        raise PictureError(Refusal.TOO_LARGE)
    status, written = _asked(data, task)
    if status and not written:
        raise PictureError(Refusal(status) if status in _REFUSALS else Refusal.FAILED)
    return written


def _asked(data: bytes, task: Task) -> tuple[int, bytes]:
    """Give the child's exit status, and what it wrote before it ended or was out of time."""
    try:
        child = subprocess.run(  # noqa: S603 - our own module, no shell
            (*_CHILD, task), input=data, capture_output=True, timeout=limits.PICTURE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as expired:
        return Refusal.FAILED, expired.stdout or b""
    return child.returncode, child.stdout


def _contents(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(limits.PICTURE_BYTES + 1)
    except OSError:
        raise PictureError(Refusal.NOT_OPENED) from None


def _symbols(written: bytes) -> tuple[bytes, ...]:
    """Take apart what the child wrote; a last symbol that was cut short is left out."""
    symbols: list[bytes] = []
    while len(written) >= _LENGTH_BYTES and len(symbols) < limits.SYMBOLS_PER_FRAME:
        end = _LENGTH_BYTES + int.from_bytes(written[:_LENGTH_BYTES], "big")
        if end > len(written):
            break
        symbols.append(written[_LENGTH_BYTES:end])
        written = written[end:]
    return tuple(symbols)
