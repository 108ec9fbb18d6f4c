"""Registration: where exactly a symbol of a known version lies, from the quad that zxing-cpp found it in."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from verifier.reading import function_modules, warp
from verifier.reading.scan import Quad
from verifier.reading.warp import Fit, Known, Picture, Vector

Luma = npt.NDArray[np.uint8]  # shape (height, width), rows may be strided
Template = npt.NDArray[np.int8]  # shape (side, side): 1 light, -1 dark, 0 unknown
Corners = npt.NDArray[np.float64]  # shape (4, 2): x, y

_MARGIN = 24  # pixels around the quad that the fit may look at
_SMALLEST = 20  # pixels
_SEEN, _SURE, _ENOUGH = 0.08, 0.93, 0.25  # agreement: to begin at all; where nothing is left to gain; to go on
_ALIGNED = 20  # known modules around the far corner, without which there is nothing to search it by


@dataclass(frozen=True, slots=True)
class Registered:
    """A symbol and its surroundings, cut out of the picture and dark on light, with the fit in the cut's own pixels."""

    picture: Picture
    fit: Fit
    template: Template
    left: int
    top: int

    def quad(self) -> Quad:
        """Give the corners in the whole picture."""
        return _quad(np.array(warp.to_quad(self.fit.warp)) + np.array((self.left, self.top)))


def register(luma: Luma, quad: Quad, version: int) -> Registered | None:
    """Fit the symbol's outline to the modules that its version decides; `None` where they do not agree."""
    corners = np.array(quad)
    if not np.isfinite(corners).all():
        return None
    left, top = (int(value) for value in np.maximum(corners.min(0) - _MARGIN, 0))
    right, bottom = (int(value) for value in np.ceil(corners.max(0) + _MARGIN))
    cut = luma[top:bottom, left:right]
    if min(cut.shape) < _SMALLEST:
        return None
    picture, template = cut.astype(np.float32), template_of(version)
    known = known_modules(template)
    start = warp.from_quad(_quad(corners - (left, top)))
    agrees = warp.agreement(picture, start, known)
    if abs(agrees) < _SEEN:
        return None
    if agrees < 0:
        picture = 255 - picture
    fit = _fitted(picture, start, known)
    return Registered(picture, fit, template, left, top) if fit.agreement >= _ENOUGH else None


def template_of(version: int) -> Template:
    """Give the modules that the version decides."""
    side = function_modules.side(version)
    return np.frombuffer(function_modules.without_format(version), np.int8).reshape(side, side)


def known_modules(template: Template) -> Known:
    """Give the known modules, their values softened by their neighbours as a small blur would."""
    side = len(template)
    wide = np.pad(template.astype(np.float32), 1, constant_values=1)  # the quiet zone is light
    around = wide[:-2, 1:-1] + wide[2:, 1:-1] + wide[1:-1, :-2] + wide[1:-1, 2:]
    softened = np.float32(0.6) * template + np.float32(0.1) * around
    rows, columns = np.nonzero(template)
    u, v = ((columns + 0.5) / side).astype(np.float32), ((rows + 0.5) / side).astype(np.float32)
    return Known(u, v, softened[rows, columns], side)


def _fitted(picture: Picture, start: Vector, known: Known) -> Fit:
    """Fit from the quad as it is; where that is not good enough, from its far corner searched.

    That corner has no finder pattern: zxing-cpp extrapolates it, up to modules off.
    """
    fit = warp.fit(picture, start, known)
    if fit.agreement >= _SURE:
        return fit
    again = warp.fit(picture, _far_corner_searched(picture, start, known), known)
    return max(fit, again, key=lambda one: one.agreement)


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


def _quad(corners: Corners) -> Quad:
    first, second, third, fourth = ((float(x), float(y)) for x, y in corners)
    return (first, second, third, fourth)
