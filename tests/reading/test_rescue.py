from dataclasses import replace

import numpy as np
import pytest

from tests.reading import drawing
from verifier.devices.synthetic.shot import Shot
from verifier.devices.synthetic.stage import Stage, outline
from verifier.reading import correction, equaliser, registration, warp
from verifier.reading.ladder import climb
from verifier.reading.make import Make
from verifier.reading.patient import PatientReader
from verifier.reading.rescue import Rescue
from verifier.reading.scan import PLAIN, WIDE, Quad, Symbol, scan

TEXT = b"HC1:" + b"6BF+70790T9WJWG.FKY*4GO0" * 12
SHOT = Shot(width=640, height=480, pitch=3.0, rotation=8, tilt=12, tilt_axis=30)


def modules() -> drawing.Luma:
    return drawing.symbol(TEXT, level="Q", scale=1, quiet=0)


def seen(shot: Shot, number: int = 0) -> drawing.Luma:
    return Stage(modules() == 0, shot, 1).frame(shot, number)


def make() -> Make:
    (symbol,) = scan(drawing.frame(drawing.symbol(TEXT, level="Q")), PLAIN)
    assert symbol.make is not None
    return symbol.make


def quad(shot: Shot) -> Quad:
    first, second, third, fourth = ((float(x), float(y)) for x, y in outline(shot, len(modules())))
    return (first, second, third, fourth)


def said(read: Symbol | None) -> bytes | None:
    return None if read is None else read.data


def test_a_warp_goes_from_the_corners_to_the_corners() -> None:
    assert np.allclose(warp.to_quad(warp.from_quad(quad(SHOT))), quad(SHOT), atol=0.01)


def test_registration_finds_the_outline_from_half_a_module_away() -> None:
    first, (x, y), third, fourth = quad(SHOT)
    known = registration.known_modules(registration.template_of(make().version))
    start = warp.from_quad((first, (x + 1.5, y - 1.2), third, fourth))
    fit = warp.fit(seen(SHOT).astype(np.float32), start, known)
    assert np.abs(np.array(warp.to_quad(fit.warp)) - quad(SHOT)).max() < 1.0
    assert fit.agreement > 0.9


def test_the_far_corner_is_found_from_three_modules_away() -> None:
    first, second, (x, y), fourth = quad(SHOT)
    assert said(Rescue().read(seen(SHOT), Symbol(b"", (first, second, (x + 9, y - 7), fourth), make()), 0.0)) == TEXT


def test_the_equaliser_reads_through_blur() -> None:
    shot = replace(SHOT, defocus=4.5)
    soft, wrong = equaliser.soft_values(
        seen(shot).astype(np.float32), warp.from_quad(quad(shot)), registration.template_of(make().version)
    )
    assert wrong < 0.01
    assert np.mean((soft > 0) != (modules() > 0)) < 0.03


def test_erasures_restore_what_hard_decisions_cannot() -> None:
    soft = np.where(modules() > 0, 1, -1).astype(np.float32)
    soft[14:50, 14:50] = -0.05  # a spot that says "dark", but is not sure of it
    assert said(correction.read(soft, make().version)) == TEXT
    assert correction._parsed(soft > 0) is None


def test_noise_says_nothing() -> None:
    for seed in range(20):
        noise = np.random.default_rng(seed).normal(0, 1, modules().shape).astype(np.float32)
        assert correction.read(noise, make().version) is None


@pytest.mark.parametrize(
    "shot",
    [replace(SHOT, defocus=4.5), replace(SHOT, electrons=40), replace(SHOT, motion=4.5), replace(SHOT, pitch=1.7)],
    ids=["defocus", "low light", "motion", "small"],
)
def test_the_rescue_reads_what_zxing_only_finds(shot: Shot) -> None:
    luma = seen(shot)
    found = scan(drawing.frame(luma), PLAIN, unread=True)
    assert {symbol.data for symbol in found} == {b""}
    assert scan(drawing.frame(luma), WIDE) == ()
    assert said(Rescue().read(luma, found[0], 0.0)) == TEXT
    assert [symbol.data for symbol in climb(drawing.frame(luma))] == [TEXT]


def test_frames_vote_where_none_is_enough_alone() -> None:
    shot = replace(SHOT, electrons=11)
    symbol = Symbol(b"", quad(shot), make())
    lumas = [seen(shot, number) for number in range(6)]
    assert {Rescue().read(luma, symbol, 0.0) for luma in lumas} == {None}
    reader = Rescue()
    assert TEXT in [said(reader.read(luma, symbol, index / 30)) for index, luma in enumerate(lumas)]


def test_a_symbol_unseen_for_a_second_has_no_vote() -> None:
    shot = replace(SHOT, electrons=11)
    symbol, reader = Symbol(b"", quad(shot), make()), Rescue()
    assert {reader.read(seen(shot, number), symbol, 1.1 * number) for number in range(6)} == {None}


def test_a_place_without_a_symbol_is_not_read() -> None:
    empty = Stage(None, SHOT, 4).frame(SHOT, 0)
    assert Rescue().read(empty, Symbol(b"", quad(SHOT), make()), 0.0) is None


@pytest.mark.parametrize("corner", [float("nan"), float("inf"), -1e9, 1e9])
def test_corners_out_of_this_world_are_not_read(corner: float) -> None:
    luma = seen(SHOT)
    (_, second, third, fourth) = quad(SHOT)
    assert Rescue().read(luma, Symbol(b"", ((corner, corner), second, third, fourth), make()), 0.0) is None
    assert Rescue().read(luma, Symbol(b"", ((corner, corner),) * 4, make()), 0.0) is None


def test_the_patient_reader_reads_within_a_few_frames() -> None:
    shot = replace(SHOT, defocus=4.5)
    reader = PatientReader()
    assert (TEXT,) in [reader.read(drawing.frame(seen(shot, number)), number / 30) for number in range(4)]


def test_the_patient_reader_climbs_the_whole_ladder_in_an_empty_lane() -> None:
    luma = Stage(None, SHOT, 4).frame(SHOT, 0)
    reader = PatientReader()
    assert {reader.read(drawing.frame(luma), index / 30) for index in range(20)} == {()}
