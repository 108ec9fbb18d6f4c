"""The rescue: reads a symbol that was found but could not be corrected, and follows it from frame to frame.

zxing-cpp says where such a symbol is and of which make: then 400 to 1,900 of its modules are known in advance. They are
used as a modem uses a training sequence:

1. *register*: move the symbol's outline until the known modules agree best with the picture (`warp`);
2. *equalise*: learn from them the filter that undoes blur (`equaliser`);
3. *vote*: add the soft values of several frames of the same symbol;
4. *correct*: hard decisions first, then with erasures where the vote is unsure (`correction`).
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from verifier.reading import correction, equaliser, warp
from verifier.reading.equaliser import Soft, Template
from verifier.reading.scan import Quad, Symbol
from verifier.reading.warp import Fit, Known, Picture, Vector

Luma = npt.NDArray[np.uint8]  # shape (height, width), rows may be strided

_MARGIN = 24  # pixels around the outline that the fit may look at
_SMALLEST = 20  # pixels
_SEEN, _SURE, _ENOUGH = 0.08, 0.93, 0.25  # agreement: to begin at all; where nothing is left to gain; to go on
_SAME_SECONDS = 1.0  # a symbol unseen for longer is another one
_FRAMES = 8  # that a vote remembers; older ones fade
_FADE = 0.7
_ALIGNED = 20  # known modules around the far corner, without which there is nothing to search it by


@dataclass(frozen=True, slots=True)
class _Sight:
    """A symbol in one picture: how it lies there, and what its modules say."""

    fit: Fit
    soft: Soft
    wrong: float  # share of the known modules that came out wrong


@dataclass(frozen=True, slots=True)
class _Track:
    """A symbol over several pictures: where it was last, and the votes on each module."""

    version: int
    quad: Quad
    votes: Soft
    frames: int
    seen_at: float


class Rescue:
    """Reads symbols that nobody else could. One for each camera."""

    def __init__(self) -> None:
        self._track: _Track | None = None

    def read(self, luma: Luma, found: Symbol, now: float) -> Symbol | None:
        """Try to read a symbol that was found in this picture, alone and together with earlier ones."""
        if found.make is None:
            return None
        version = found.make.version  # level and mask are often misread where the symbol is: only correction decides
        sight = _looked_at(luma, found.quad, version)
        if sight is None:
            return None
        read = correction.read(sight.soft, version) or self._voted(sight, version, now)
        return None if read is None else replace(read, quad=warp.to_quad(sight.fit.warp))

    def _voted(self, sight: _Sight, version: int, now: float) -> Symbol | None:
        weight = np.float32(max(0.05, 0.5 - sight.wrong))
        quad = warp.to_quad(sight.fit.warp)
        track = self._track
        if track is None or track.version != version or now - track.seen_at > _SAME_SECONDS:
            self._track = _Track(version, quad, weight * sight.soft, 1, now)
            return None
        votes = track.votes * np.float32(_FADE if track.frames >= _FRAMES else 1) + weight * sight.soft
        self._track = replace(track, quad=quad, votes=votes, frames=track.frames + 1, seen_at=now)
        return correction.read(votes, version)


def _looked_at(luma: Luma, quad: Quad, version: int) -> _Sight | None:
    """Register and equalise a symbol of a known version near a quad; `None` where none agrees."""
    corners = np.array(quad)
    if not np.isfinite(corners).all():
        return None
    low = np.maximum(corners.min(0) - _MARGIN, 0).astype(int)
    high = np.ceil(corners.max(0) + _MARGIN).astype(int)
    cut = luma[low[1] : high[1], low[0] : high[0]]
    if min(cut.shape) < _SMALLEST:
        return None
    template = correction.template(version)
    sight = _in_cut(cut.astype(np.float32), corners - low, template)
    if sight is None:
        return None
    moved = sight.fit.warp.copy()
    moved[:3] += low[0] * np.array([moved[6], moved[7], 1.0])
    moved[3:6] += low[1] * np.array([moved[6], moved[7], 1.0])
    return replace(sight, fit=replace(sight.fit, warp=moved))


def _in_cut(picture: Picture, corners: npt.NDArray[np.float64], template: Template) -> _Sight | None:
    known = known_modules(template)
    start = warp.from_quad(_quad(corners))
    agrees = warp.agreement(picture, start, known)
    if abs(agrees) < _SEEN:
        return None
    if agrees < 0:  # light on dark
        picture = 255 - picture
    fit = warp.fit(picture, start, known)
    if fit.agreement < _SURE:
        # the far corner has no finder pattern: zxing-cpp extrapolates it, up to modules off
        again = warp.fit(picture, _far_corner_searched(picture, start, known), known)
        fit = max(fit, again, key=lambda one: one.agreement)
    if fit.agreement < _ENOUGH:
        return None
    return _Sight(fit, *equaliser.soft_values(picture, fit.warp, template))


def known_modules(template: Template) -> Known:
    """Give the known modules, their values softened by their neighbours as a small blur would."""
    side = len(template)
    wide = np.pad(template.astype(np.float32), 1, constant_values=1)  # the quiet zone is light
    around = wide[:-2, 1:-1] + wide[2:, 1:-1] + wide[1:-1, :-2] + wide[1:-1, 2:]
    softened = np.float32(0.6) * template + np.float32(0.1) * around
    rows, columns = np.nonzero(template)
    u, v = ((columns + 0.5) / side).astype(np.float32), ((rows + 0.5) / side).astype(np.float32)
    return Known(u, v, softened[rows, columns], side)


def _far_corner_searched(picture: Picture, start: Vector, known: Known) -> Vector:
    """Try the corner opposite the first one on a grid of a few modules around where it seems to be."""
    near = known.where((known.u > 1 / 3) & (known.v > 1 / 3))  # the modules that feel that corner
    if len(near.value) < _ALIGNED:
        return start
    corners = np.array(warp.to_quad(start))
    pitch = float(np.linalg.norm(corners - np.roll(corners, 1, 0), axis=1).mean()) / known.side
    best, best_agreement = start, -1.0
    for down in np.arange(-4, 4.1, 0.8):
        for across in np.arange(-4, 4.1, 0.8):
            moved = corners.copy()
            moved[2] += (across * pitch, down * pitch)
            tried = warp.from_quad(_quad(moved))
            agreement = warp.agreement(picture, tried, near)
            if agreement > best_agreement:
                best, best_agreement = tried, agreement
    return best


def _quad(corners: npt.NDArray[np.float64]) -> Quad:
    first, second, third, fourth = ((float(x), float(y)) for x, y in corners)
    return (first, second, third, fourth)
