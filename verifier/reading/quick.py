"""The quick reader: one cheap scan a frame, straight on the camera's buffer, so that it never misses an easy code.

It loads neither numpy nor Pillow, which would double what a fork of its process costs.
"""

from verifier import limits
from verifier.frame import Frame
from verifier.reading.gate import Gate
from verifier.reading.parts import Parts
from verifier.reading.scan import PLAIN, WIDE, scan


class QuickReader:
    """Reads frames of one camera in turn. Plain scans alternate with wide ones: inverted, rotated, downscaled."""

    def __init__(self) -> None:
        self._gate = Gate()
        self._parts = Parts()
        self._wide = True

    def read(self, frame: Frame, now: float) -> tuple[bytes, ...]:
        """Give the presentations that this frame completes, of at most `SYMBOLS_PER_FRAME` symbols.

        A still scene gives none most of the time.
        `now` is any steady clock, in seconds.
        """
        if not self._gate.opens(frame, now):
            return ()
        self._wide = not self._wide
        symbols = scan(frame, WIDE if self._wide else PLAIN)
        return self._parts.add(symbols[: limits.SYMBOLS_PER_FRAME], now)
