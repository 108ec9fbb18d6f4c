"""The ladder: everything that we have on one still picture, from the cheapest rung to the dearest."""

from collections.abc import Iterator

from verifier.frame import Frame
from verifier.reading.registration import Luma
from verifier.reading.rescue import Rescue
from verifier.reading.rungs import RUNGS, luma_of
from verifier.reading.scan import PLAIN, Symbol, scan

_RESCUES = 3  # symbols on each rung that get the dearest treatment


def climb(frame: Frame) -> Iterator[Symbol]:
    """Give each symbol as soon as a rung reads it.

    All rungs are climbed, since a second code may need another one than the first. The second opinion, the dearest,
    is asked only where nothing was read.
    """
    luma = luma_of(frame)
    read: list[Symbol] = []
    for found in _looks(frame, luma):
        new = [symbol for symbol in found if not _among(symbol, read)]
        for symbol in _read_of(new, luma):
            if not _among(symbol, read):
                read.append(symbol)
                yield symbol
    if not read:
        yield from _second_opinion(frame)


def _looks(frame: Frame, luma: Luma) -> Iterator[tuple[Symbol, ...]]:
    """Give what each rung finds, read or not."""
    yield scan(frame, PLAIN, unread=True)
    for rung in RUNGS:
        yield rung.look(luma)


def _second_opinion(frame: Frame) -> tuple[Symbol, ...]:
    try:
        from verifier.reading.second_opinion import SecondOpinion  # noqa: PLC0415 - its library may be missing
    except ImportError:
        return ()
    return SecondOpinion().read(frame)


def _read_of(found: list[Symbol], luma: Luma) -> Iterator[Symbol]:
    yield from (symbol for symbol in found if symbol.data)
    for symbol in [symbol for symbol in found if not symbol.data][:_RESCUES]:
        rescued = Rescue().read(luma, symbol, 0.0)
        if rescued is not None:
            yield rescued


def _among(symbol: Symbol, read: list[Symbol]) -> bool:
    return any(symbol.lies_on(other) for other in read)
