"""The ladder: everything that we have on one still picture, from the cheapest rung to the dearest."""

from collections.abc import Iterator

from verifier import limits
from verifier.frame import Frame
from verifier.reading.scan import WIDE, scan


def climb(frame: Frame) -> Iterator[bytes]:
    """Give the bytes of each symbol as soon as a rung reads it; stop after the first rung that reads anything."""
    found = [symbol.data for symbol in scan(frame, WIDE)] or _second_opinion(frame)
    yield from found[: limits.SYMBOLS_PER_FRAME]


def _second_opinion(frame: Frame) -> list[bytes]:
    try:
        from verifier.reading.second_opinion import SecondOpinion  # noqa: PLC0415 - it may be missing
    except ImportError:
        return []
    return list(SecondOpinion().read(frame))
