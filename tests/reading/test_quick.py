import subprocess
import sys

import numpy as np
import pytest

from tests.reading import drawing
from verifier import limits
from verifier.frame import Frame
from verifier.reading.gate import Gate
from verifier.reading.quick import QuickReader

TEXT = b"a symbol that says something"


def scene(*symbols: drawing.Luma) -> drawing.Luma:
    return np.pad(np.hstack([*symbols]), 60, constant_values=128)


def test_a_frame_is_read_at_once() -> None:
    assert QuickReader().read(drawing.frame(scene(drawing.symbol(TEXT))), 0.0) == (TEXT,)


def test_the_rows_of_a_camera_buffer_are_read_where_they_lie() -> None:
    luma = scene(drawing.symbol(TEXT))
    height, width = luma.shape
    strided = np.pad(luma, ((0, height // 2), (0, 37)), constant_values=7)  # chroma below, padding at the right
    assert QuickReader().read(Frame(memoryview(strided.tobytes()), width, height, width + 37), 0.0) == (TEXT,)


def test_a_dark_mode_symbol_is_read_by_the_second_look() -> None:
    reader, frame = QuickReader(), drawing.frame(255 - scene(drawing.symbol(TEXT)))
    assert [reader.read(frame, moment) for moment in (0.0, 0.03)] == [(), (TEXT,)]


def test_the_symbols_of_a_frame_are_capped() -> None:
    many = scene(*(drawing.symbol(b"symbol number %d" % number) for number in range(6)))
    assert len(QuickReader().read(drawing.frame(many), 0.0)) == limits.SYMBOLS_PER_FRAME


def test_the_quick_reader_loads_no_array_or_picture_library() -> None:
    program = "import sys, verifier.reading.quick; print(*{'numpy', 'PIL'} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == ""


def opened(gate: Gate, lumas: list[drawing.Luma], start: float) -> int:
    return sum(gate.opens(drawing.frame(luma), start + index / 30) for index, luma in enumerate(lumas))


@pytest.fixture
def lane() -> drawing.Luma:
    return np.random.default_rng(1).integers(30, 200, (480, 640), np.uint8)


def noisy(luma: drawing.Luma, seed: int) -> drawing.Luma:
    noise = np.random.default_rng(seed).integers(-5, 6, luma.shape)
    return (luma + noise).clip(0, 255).astype(np.uint8)


def test_the_gate_lets_five_frames_a_second_of_a_still_scene_through(lane: drawing.Luma) -> None:
    frames = [noisy(lane, seed) for seed in range(90)]
    gate = Gate()
    assert opened(gate, frames[:30], 0.0) == 30
    assert 8 <= opened(gate, frames[30:], 1.0) <= 12


def test_the_gate_opens_as_soon_as_something_comes_into_view(lane: drawing.Luma) -> None:
    gate = Gate()
    opened(gate, [lane] * 90, 0.0)
    held = lane.copy()
    held[200:320, 200:320] = 255
    assert all(gate.opens(drawing.frame(held), 3.0 + index / 30) for index in range(10))


def test_the_gate_opens_for_darker_as_for_brighter(lane: drawing.Luma) -> None:
    gate = Gate()
    opened(gate, [lane] * 90, 0.0)
    assert gate.opens(drawing.frame(lane // 2), 3.0)


@pytest.mark.parametrize("shape", [(1, 1), (1, 700), (700, 1), (21, 21)])
def test_a_frame_of_any_shape_is_looked_at(shape: tuple[int, int]) -> None:
    reader = QuickReader()
    assert [reader.read(drawing.frame(np.zeros(shape, np.uint8)), moment) for moment in (0.0, 0.1)] == [(), ()]


@pytest.mark.parametrize(("width", "height", "stride"), [(0, 0, 0), (10, 0, 10), (11, 9, 10), (10, 11, 10)])
def test_a_buffer_shorter_than_its_shape_is_no_frame(width: int, height: int, stride: int) -> None:
    with pytest.raises(ValueError, match="a frame needs"):
        Frame(bytes(100), width, height, stride)
