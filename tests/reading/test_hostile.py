import numpy as np
import pytest

from benchmarks.reading import hostile
from tests.reading import drawing
from tests.reading.test_parts import with_header
from verifier import limits
from verifier.reading.patient import PatientReader
from verifier.reading.quick import QuickReader
from verifier.reading.rungs import RUNGS
from verifier.reading.scan import WIDE, scan
from verifier.reading.second_opinion import SecondOpinion
from verifier.reading.structured_append import Place

FRAMES = dict(hostile.frames(400, 320))


@pytest.mark.parametrize("name", FRAMES)
@pytest.mark.parametrize("reader", [QuickReader, PatientReader])
def test_frames_made_to_hurt_give_nothing_that_is_not_there(
    name: str, reader: type[QuickReader | PatientReader]
) -> None:
    looking, frame = reader(), drawing.frame(FRAMES[name])
    for moment in range(len(RUNGS)):
        read = looking.read(frame, float(moment))
        assert len(read) <= limits.SYMBOLS_PER_FRAME
        assert not read or "readable" in name


def test_the_readable_ones_are_read() -> None:
    for name in ("many symbols, readable", "the largest symbol, readable"):
        assert QuickReader().read(drawing.frame(FRAMES[name]), 0.0)


@pytest.mark.parametrize("shape", [(1, 1), (1, 700), (700, 1), (21, 21), (40, 41)])
def test_the_patient_reader_looks_at_any_shape(shape: tuple[int, int]) -> None:
    reader = PatientReader()
    for luma in (np.zeros(shape, np.uint8), np.full(shape, 255, np.uint8)):
        assert {reader.read(drawing.frame(luma), float(moment)) for moment in range(12)} == {()}


def test_an_incomplete_structured_append_is_caught_and_counted() -> None:
    """pyzbar raises `ValueError` on it: one sheet of paper would stop an unguarded reader."""
    second = SecondOpinion()
    assert second.read(drawing.frame(with_header(b"the first part", Place(0, 3, 1)))) == ()
    assert second.failures == 1


def test_the_second_opinion_keeps_to_what_it_cannot_have_changed() -> None:
    look = SecondOpinion().read
    assert look(drawing.frame(drawing.symbol(bytes(range(128, 256))))) == ()
    (symbol,) = look(drawing.frame(drawing.symbol(b"plain text")))
    assert symbol.data == b"plain text"


def test_an_empty_symbol_is_none() -> None:
    luma = with_header(b"", Place(0, 1, 0))
    assert scan(drawing.frame(luma), WIDE) == ()
