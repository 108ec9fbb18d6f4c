"""The quick reader: one cheap scan a frame, straight on the camera's buffer, so that it never misses an easy code.

It loads neither numpy nor Pillow, which would double what a fork of its process costs.
"""

from verifier import limits
from verifier.frame import Frame
from verifier.reading.gate import Gate
from verifier.reading.scan import PLAIN, WIDE, scan


class QuickReader:
    """Reads frames of one camera in turn. Plain scans alternate with wide ones: inverted, rotated, downscaled."""

    def __init__(self) -> None:
        self._gate = Gate()
        self._wide = True

    def read(self, frame: Frame, now: float) -> tuple[bytes, ...]:
        """Give the bytes of the symbols in this frame, at most `SYMBOLS_PER_FRAME`; none of a still scene.

        `now` is any steady clock, in seconds.
        """
        if not self._gate.opens(frame, now):
            return ()
        self._wide = not self._wide
        symbols = scan(frame, WIDE if self._wide else PLAIN)
        return tuple(symbol.data for symbol in symbols[: limits.SYMBOLS_PER_FRAME])
