"""The ladder: everything that we have on one still picture, from the cheapest rung to the dearest."""

from collections.abc import Iterator
from dataclasses import replace

from verifier.frame import Frame
from verifier.reading.rescue import Luma, Rescue
from verifier.reading.rungs import RUNGS, luma_of
from verifier.reading.scan import PLAIN, Symbol, scan

_RESCUES = 3  # symbols on each rung that get the dearest treatment


def climb(frame: Frame) -> Iterator[Symbol]:
    """Give each symbol as soon as a rung reads it; stop when something was read and nothing seen is left unread."""
    luma = luma_of(frame)
    read: list[Symbol] = []
    for found in _looks(frame, luma):
        for symbol in _read_of(found, luma):
            if not _among(symbol, read):
                read.append(symbol)
                yield symbol
        if read and all(_among(symbol, read) for symbol in found):
            return


def _looks(frame: Frame, luma: Luma) -> Iterator[tuple[Symbol, ...]]:
    """Give what each rung finds, read or not."""
    yield scan(frame, PLAIN, unread=True)
    for rung in RUNGS:
        yield rung.look(luma)
    yield _second_opinion(frame)


def _second_opinion(frame: Frame) -> tuple[Symbol, ...]:
    try:
        from verifier.reading.second_opinion import SecondOpinion  # noqa: PLC0415 - its library may be missing
    except ImportError:
        return ()
    return SecondOpinion().read(frame)


def _read_of(found: tuple[Symbol, ...], luma: Luma) -> Iterator[Symbol]:
    yield from (symbol for symbol in found if symbol.data)
    for symbol in [symbol for symbol in found if not symbol.data][:_RESCUES]:
        rescued = Rescue().read(luma, symbol, 0.0)
        if rescued is not None:
            yield replace(symbol, data=rescued)


def _among(symbol: Symbol, read: list[Symbol]) -> bool:
    return any(symbol.lies_on(other) for other in read)
