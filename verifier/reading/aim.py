"""Aim: how well a camera sees a code, in figures and in what to change. It shows no content, and reads none.

Used while a camera is mounted, and by support.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from verifier.frame import Frame
from verifier.reading import warp
from verifier.reading.registration import Luma, Registered, register
from verifier.reading.rungs import RUNGS, luma_of
from verifier.reading.scan import WIDE, Symbol, scan

GLARE_COLUMNS, GLARE_ROWS = 16, 9
_CLIPPED = 250  # of 255: what the sensor cannot tell from brighter

# Where readers still succeed on nearly every frame, measured with the synthetic camera (benchmarks/results/reading.md).
_LEAST_PIXELS, _MOST_PIXELS = 2.0, 16.0  # to a module
_LEAST_SHARPNESS = 0.45  # at 1.2 modules of defocus; the quick reader ends there
_LEAST_WHITE, _LEAST_CONTRAST = 0.35, 0.25
_MOST_BLACK = 0.65
_GLARING = 0.9  # share of some part of a symbol that is clipped


class Advice(StrEnum):
    """What to change, the most important first."""

    SHOW_A_CODE = "hold a code in front of the camera"
    CLOSER = "bring the code closer, or use a longer lens"
    FARTHER = "hold the code farther away, or use a shorter lens"
    FOCUS = "focus the lens at this distance, or shorten the exposure: the code is blurred"
    MORE_LIGHT = "give more light, or a longer exposure"
    LESS_LIGHT = "shorten the exposure: even black is bright"
    GLARE = "move the light to the side, or use a matt cover: it is mirrored in the code"
    GOOD = "good: leave it as it is"


@dataclass(frozen=True, slots=True)
class Aim:
    """What one frame shows. Lights are shares of the sensor's range; with no code in view they are the frame's.

    `sharpness` is the contrast of single modules over that of wide areas: 1 is perfect, 0 a grey blur.
    `glare` is the share of clipped pixels in each cell of the frame, row by row.
    """

    module_pixels: float | None
    sharpness: float | None
    white: float
    black: float
    glare: tuple[tuple[float, ...], ...]
    advice: tuple[Advice, ...]


def aim(frame: Frame) -> Aim:
    """Measure one frame."""
    luma = luma_of(frame)
    seen = _largest(frame, luma)
    glare = _clipped_cells(luma)
    if seen is None:
        white, black = _lights(luma)
        return Aim(None, None, white, black, glare, (Advice.SHOW_A_CODE, *_about_light(white, black)))
    values = _modules(seen)
    white, black = _lights(values)
    pixels, sharpness = _module_pixels(seen), _sharpness(seen, values)
    advice = _about_size(pixels) + _about_light(white, black)
    if _spot(values):  # it takes contrast away, as blur does
        advice.append(Advice.GLARE)
    elif sharpness < _LEAST_SHARPNESS and Advice.CLOSER not in advice:
        advice.append(Advice.FOCUS)
    return Aim(pixels, sharpness, white, black, glare, tuple(advice) or (Advice.GOOD,))


def _largest(frame: Frame, luma: Luma) -> Registered | None:
    """Register the largest symbol that is found, read or not; a blurred one is looked for once more, sharpened."""
    found = scan(frame, WIDE, unread=True) or RUNGS[0].look(luma)
    for symbol in sorted(found, key=_extent, reverse=True):
        registered = register(luma, symbol.quad, symbol.make.version) if symbol.make else None
        if registered is not None:
            return registered
    return None


def _extent(symbol: Symbol) -> float:
    (x0, y0), _, (x1, y1), _ = symbol.quad
    return abs(x1 - x0) + abs(y1 - y0)


def _modules(seen: Registered) -> npt.NDArray[np.float32]:
    """Sample the centre of every module; shape (side, side)."""
    side = len(seen.template)
    at = ((np.arange(side) + 0.5) / side).astype(np.float32)
    u, v = np.meshgrid(at, at)
    return warp.sampled(seen.picture, *warp.placed(seen.fit.warp, u.ravel(), v.ravel())).reshape(side, side)


def _module_pixels(seen: Registered) -> float:
    """Give the mean length of a side over its modules."""
    corners = np.array(seen.quad())
    return float(np.linalg.norm(corners - np.roll(corners, 1, 0), axis=1).mean() / len(seen.template))


def _sharpness(seen: Registered, values: npt.NDArray[np.float32]) -> float:
    """Compare the timing patterns, whose modules alternate, with the wide dark middles of the finder patterns.

    Source: ISO/IEC 18004:2015 section 6.3.4 (timing patterns in row and column 6).
    """
    end = len(values) - 8
    lines, wanted = (values[6, 8:end], values[8:end, 6]), seen.template[6, 8:end]
    single = min(line[wanted > 0].mean() - line[wanted < 0].mean() for line in lines)  # motion blurs one direction
    middles = [values[row, column] for row, column in ((3, 3), (3, end + 4), (end + 4, 3))]
    wide = float(np.percentile(values, 95) - np.mean(middles))
    return float(np.clip(single / wide, 0, 1)) if wide > 0 else 0.0


def _lights(values: npt.NDArray[np.float32] | Luma) -> tuple[float, float]:
    return float(np.percentile(values, 95)) / 255, float(np.percentile(values, 5)) / 255


def _about_size(pixels: float) -> list[Advice]:
    if pixels < _LEAST_PIXELS:
        return [Advice.CLOSER]
    return [Advice.FARTHER] if pixels > _MOST_PIXELS else []


def _about_light(white: float, black: float) -> list[Advice]:
    if black > _MOST_BLACK:
        return [Advice.LESS_LIGHT]
    return [Advice.MORE_LIGHT] if white < _LEAST_WHITE or white - black < _LEAST_CONTRAST else []


def _spot(values: npt.NDArray[np.float32]) -> bool:
    """Say whether some part of the symbol is clipped all over, dark modules too."""
    tiles = max(1, len(values) // 7)
    parts = (tile for row in np.array_split(values, tiles) for tile in np.array_split(row, tiles, axis=1))
    return any(float(np.mean(tile >= _CLIPPED)) > _GLARING for tile in parts)


def _clipped_cells(luma: Luma) -> tuple[tuple[float, ...], ...]:
    rows = np.array_split(luma >= _CLIPPED, min(GLARE_ROWS, luma.shape[0]))
    return tuple(
        tuple(float(cell.mean()) for cell in np.array_split(row, min(GLARE_COLUMNS, luma.shape[1]), axis=1))
        for row in rows
    )
