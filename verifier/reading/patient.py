"""The patient reader: the newest frame only, on a core of its own, for codes that the quick reader does not read.

A plain scan; then the rescue of a symbol that was found but could not be corrected, or that was seen a moment ago; then
one rung of the ladder, a different one each frame, so that no frame takes long. The second opinion is not among them:
one frame made to hurt can cost it more than a second.
"""

import time

from verifier import limits
from verifier.frame import Frame
from verifier.reading.gate import Gate
from verifier.reading.parts import Parts
from verifier.reading.rescue import Rescue
from verifier.reading.rungs import RUNGS, luma_of
from verifier.reading.scan import PLAIN, Symbol, scan

_BUDGET_SECONDS = 0.1  # a frame made to hurt (thousands of finder patterns) costs more than this before the first rung


class PatientReader:
    """Reads frames of one camera. Not for the process of the quick reader: it loads array and picture libraries."""

    def __init__(self) -> None:
        self._gate = Gate()
        self._rescue = Rescue()
        self._parts = Parts()
        self._turn = 0

    def read(self, frame: Frame, now: float) -> tuple[bytes, ...]:
        """Give the presentations that this frame completes, of at most `SYMBOLS_PER_FRAME` symbols.

        `now` is any steady clock, in seconds.
        """
        if not self._gate.opens(frame, now):
            return ()
        began = time.monotonic()
        found = scan(frame, PLAIN, unread=True)
        read = self._read_of(found, frame, now)
        if not read and time.monotonic() - began < _BUDGET_SECONDS:
            read = self._climbed(frame, now, rescued=bool(found))
        return self._parts.add(read[: limits.SYMBOLS_PER_FRAME], now)

    def _read_of(self, found: tuple[Symbol, ...], frame: Frame, now: float) -> tuple[Symbol, ...]:
        """Give what was read, else what the rescue makes of the first symbol that was only found."""
        read = tuple(symbol for symbol in found if symbol.data)
        if read or not found:
            return read
        rescued = self._rescue.read(luma_of(frame), found[0], now)
        return () if rescued is None else (rescued,)

    def _climbed(self, frame: Frame, now: float, *, rescued: bool) -> tuple[Symbol, ...]:
        """Try the next rung; one that reads is tried again on the next frame."""
        turn = self._turn
        found = RUNGS[turn].look(luma_of(frame))
        if rescued:  # one rescue a frame is enough
            found = tuple(symbol for symbol in found if symbol.data)
        read = self._read_of(found, frame, now)
        if not read:
            self._turn = (turn + 1) % len(RUNGS)
        return read
