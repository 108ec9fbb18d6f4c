from dataclasses import replace

import numpy as np
import pytest

from tests.reading import drawing
from verifier.devices.synthetic.shot import Shot
from verifier.devices.synthetic.stage import Stage
from verifier.reading.aim import GLARE_COLUMNS, GLARE_ROWS, Advice, aim
from verifier.reading.rungs import frame_of

SHOT = Shot(width=640, height=480, pitch=4.0, tilt=8, tilt_axis=20, rotation=6)
MODULES = drawing.symbol(b"HC1:" + b"6BF+70790T9WJWG" * 8, level="Q", scale=1, quiet=0) == 0


def seen(shot: Shot) -> drawing.Luma:
    return Stage(MODULES, shot, 1).frame(shot, 0)


@pytest.mark.parametrize(
    ("shot", "advice"),
    [
        (SHOT, Advice.GOOD),
        (replace(SHOT, inverted=True), Advice.GOOD),
        (replace(SHOT, defocus=6.4), Advice.FOCUS),
        (replace(SHOT, motion=6.0), Advice.FOCUS),
        (replace(SHOT, pitch=1.7), Advice.CLOSER),
        (replace(SHOT, glare=0.5), Advice.GLARE),
        (replace(SHOT, exposure=0.06), Advice.MORE_LIGHT),
        (replace(SHOT, exposure=1.9, veil=0.25), Advice.LESS_LIGHT),
    ],
    ids=lambda value: value.name if isinstance(value, Advice) else "",
)
def test_it_says_what_to_change(shot: Shot, advice: Advice) -> None:
    assert aim(frame_of(seen(shot))).advice == (advice,)


def test_a_code_too_large_is_to_be_held_farther_away() -> None:
    assert Advice.FARTHER in aim(frame_of(drawing.symbol(b"close", scale=20))).advice


def test_without_a_code_it_asks_for_one() -> None:
    empty = aim(frame_of(Stage(None, SHOT, 1).frame(SHOT, 0)))
    assert empty.advice[0] is Advice.SHOW_A_CODE
    assert (empty.module_pixels, empty.sharpness) == (None, None)


def test_the_size_of_a_module_is_measured() -> None:
    measured = aim(frame_of(seen(SHOT))).module_pixels
    assert measured is not None
    assert abs(measured - SHOT.pitch) < 0.1


def test_sharpness_falls_with_defocus() -> None:
    sharpness = [aim(frame_of(seen(replace(SHOT, defocus=size)))).sharpness or 0.0 for size in (1.0, 3.0, 4.5, 6.0)]
    assert sharpness == sorted(sharpness, reverse=True)


def test_the_glare_map_shows_where() -> None:
    luma = np.full((480, 640), 90, np.uint8)
    luma[:60, 600:] = 255
    glare = np.array(aim(frame_of(luma)).glare)
    assert glare.shape == (GLARE_ROWS, GLARE_COLUMNS)
    assert glare[0, -1] == 1.0
    assert glare.sum() < 3


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (21, 21)])
def test_any_shape_is_measured(shape: tuple[int, int]) -> None:
    assert Advice.SHOW_A_CODE in aim(frame_of(np.zeros(shape, np.uint8))).advice
