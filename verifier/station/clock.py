"""The station's clock: how far the kernel's time can be off, and how we know."""

import time

from verifier import limits
from verifier.protocol import ClockQuality
from verifier.station import kernel

_STEP_SECONDS = 0.5


class Clock:
    """Tells how unsure the time is. `floor` is a moment that has certainly passed (seconds since 1970 UTC)."""

    def __init__(self, uncertainty_seconds: float, floor: float) -> None:
        self._uncertainty = uncertainty_seconds
        self._offset = _offset()
        self.floor = floor

    @property
    def quality(self) -> ClockQuality:
        """Say how the time is known."""
        if time.time() < self.floor:
            return ClockQuality.FLOOR_ONLY
        return ClockQuality.RUNNING if kernel.clock_error() is None else ClockQuality.PROVED

    @property
    def uncertainty(self) -> float:
        """Half the width of the interval, in seconds, as far as it is known."""
        error = kernel.clock_error()
        return self._uncertainty if error is None else error

    def margins(self) -> tuple[float, float]:
        """Say how far now may lie before and after the kernel's time; a time below the floor is no time."""
        now = time.time()
        if now < self.floor:
            return now - self.floor, limits.NUMERIC_DATE_LAST - now
        return self.uncertainty, self.uncertainty

    def stepped(self) -> bool:
        """Say whether somebody has set the kernel's time since the last call."""
        before, self._offset = self._offset, _offset()
        return abs(self._offset - before) > _STEP_SECONDS


def _offset() -> float:
    return time.time() - time.monotonic()
