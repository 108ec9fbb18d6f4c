"""The scene gate: lets every frame of a moving scene through, and a few a second of a still one.

It looks at every 16th pixel of every 16th row and counts those that changed by more than sensor noise. The counting is
done on whole integers, 16 bits to a pixel, because the quick reader has no array library: about 0.03 ms a frame.
"""

from verifier.frame import Frame

_STEP = 16  # pixels: the narrowest symbol of interest (29 modules at 1.5 px) still covers several sample points
_CHANGE = 16  # grey levels: four times the noise of a well lit sensor
_SHARE = 0.005  # of the sample points: a phone at arm's length covers ten times as many
_STILL_SECONDS = 1.0  # a hand trembles; a whole second without change is an empty lane or a mounted code
_IDLE_SECONDS = 0.2  # a still scene is looked at five times a second


class Gate:
    """Tells which frames are worth a scan. One for each camera."""

    def __init__(self) -> None:
        self._last = b""
        self._moved_at = float("-inf")
        self._scanned_at = float("-inf")

    def opens(self, frame: Frame, now: float) -> bool:
        """Say whether to scan this frame. `now` is any steady clock, in seconds."""
        points = _sample(frame)
        if _changed(self._last, points):
            self._moved_at = now
        self._last = points
        if now - self._moved_at > _STILL_SECONDS and now - self._scanned_at < _IDLE_SECONDS:
            return False
        self._scanned_at = now
        return True


def _sample(frame: Frame) -> bytes:
    first = min(_STEP, frame.height) // 2
    starts = range(first * frame.stride, frame.height * frame.stride, _STEP * frame.stride)
    return b"".join(bytes(frame.luma[start : start + frame.width : _STEP]) for start in starts)


def _changed(before: bytes, after: bytes) -> bool:
    """Say whether more than a small share of the points changed by more than noise."""
    if len(before) != len(after):
        return True
    return _brighter(before, after) + _brighter(after, before) > _SHARE * len(after)


def _brighter(dark: bytes, light: bytes) -> int:
    """Count the points where `light` exceeds `dark` by more than `_CHANGE`: bit 15 of `light - dark + bias`."""
    lanes = len(dark) // 2 + 1
    one = int.from_bytes(b"\x01\x00" * lanes, "little")
    even = one * 0xFF
    bias, top = one * (0x8000 - _CHANGE - 1), one * 0x8000
    low, high = int.from_bytes(dark, "little"), int.from_bytes(light, "little")
    total = 0
    for shift in (0, 8):
        difference = (high >> shift & even) + bias - (low >> shift & even)
        total += (difference & top).bit_count()
    return total
