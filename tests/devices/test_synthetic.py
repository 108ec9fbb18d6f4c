from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from tests.reading import drawing
from verifier.devices.camera import Camera
from verifier.devices.synthetic import difficulties, sheet
from verifier.devices.synthetic.camera import SyntheticCamera
from verifier.devices.synthetic.shot import Shot
from verifier.devices.synthetic.stage import Stage, outline
from verifier.reading.quick import QuickReader
from verifier.reading.scan import WIDE, scan

TEXT = b"a pass that somebody holds up"
SMALL = Shot(width=640, height=480)


def held_up(seed: int = 0) -> Camera:
    pictures = [drawing.png(drawing.symbol(TEXT))]
    return SyntheticCamera(pictures, seed=seed, width=640, height=480, frames_per_second=None)


def test_modules_come_out_of_a_picture_as_they_went_in() -> None:
    modules = drawing.symbol(TEXT, scale=1, quiet=0) == 0
    for scale in (1, 3, 4):
        assert np.array_equal(sheet.modules_of(drawing.png(drawing.symbol(TEXT, scale=scale))), modules)


def test_the_same_seed_gives_the_same_frames() -> None:
    first, again, other = (
        [bytes(frame.luma) for frame in islice(held_up(seed).frames(), 44, 47)] for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other


def test_an_empty_lane_and_then_a_code_that_reads() -> None:
    reader = QuickReader()
    read = [reader.read(frame, index / 30) for index, frame in enumerate(islice(held_up().frames(), 60))]
    assert set(read[:45]) == {()}
    assert (TEXT,) in read[45:]


@pytest.mark.parametrize("difficulty", difficulties.ALL, ids=lambda difficulty: difficulty.name)
def test_every_difficulty_shows_the_whole_symbol(difficulty: difficulties.Difficulty) -> None:
    shot = difficulties.held(difficulty, 57, np.random.default_rng(3))
    at = outline(shot, 57)
    assert at.min() > 0
    assert (at.max(0) < (shot.width, shot.height)).all()


def test_the_corners_are_where_the_reader_finds_them() -> None:
    modules = drawing.symbol(TEXT, scale=1, quiet=0) == 0
    shot = replace(SMALL, rotation=10, tilt=15, tilt_axis=40)
    luma = Stage(modules, shot, 1).frame(shot, 0)
    (symbol,) = scan(drawing.frame(luma), WIDE)
    assert np.abs(np.array(symbol.quad) - outline(shot, len(modules))).max() < 2.5


@pytest.mark.parametrize(
    "shot",
    [
        replace(SMALL, defocus=20.0),
        replace(SMALL, motion=20.0),
        replace(SMALL, electrons=4.0),
        replace(SMALL, veil=3.0),
        replace(SMALL, glare=3.0),
        replace(SMALL, pitch=1.0),
    ],
)
def test_each_fault_of_the_picture_can_make_it_unreadable(shot: Shot) -> None:
    modules = drawing.symbol(TEXT, scale=1, quiet=0) == 0
    assert len(scan(drawing.frame(Stage(modules, SMALL, 1).frame(SMALL, 0)), WIDE)) == 1
    assert scan(drawing.frame(Stage(modules, shot, 1).frame(shot, 0)), WIDE) == ()
