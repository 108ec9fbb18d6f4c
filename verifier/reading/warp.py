"""Warp: from a symbol's own square to the picture, fitted to the modules that are known.

Model. A point (u, v) of the unit square, the symbol's, lies in the picture at

    x = (h0 u + h1 v + h2) / (h6 u + h7 v + 1) + b0 U + b1 V + b2 U V        U = 4 u (1 - u)
    y = (h3 u + h4 v + h5) / (h6 u + h7 v + 1) + b3 U + b4 V + b5 U V        V = 4 v (1 - v)

a plane seen by a pin-hole camera (eight numbers, h) plus the bending of paper (six numbers in pixels, b), which is zero
at the corners. Known modules must then satisfy luma(x, y) = gain * module + offset.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from verifier.reading.scan import Quad

Picture = npt.NDArray[np.float32]  # shape (height, width), 0 to 255
Values = npt.NDArray[np.float32]  # shape (n,)
Vector = npt.NDArray[np.float64]  # shape (14,): h0..h7, b0..b5

_ROUNDS = 10
_FARTHEST = 1.5  # modules that a round may move any point: beyond it the picture's gradient says nothing
_ENOUGH = 2e-4  # of correlation: less is not worth another round


@dataclass(frozen=True, slots=True)
class Known:
    """Modules whose colour is known: their centres in the unit square, and their value, 1 light and -1 dark."""

    u: Values
    v: Values
    value: Values
    side: int  # modules along a side of the symbol

    def where(self, chosen: npt.NDArray[np.bool_]) -> "Known":
        """Keep some of them."""
        return Known(self.u[chosen], self.v[chosen], self.value[chosen], self.side)


@dataclass(frozen=True, slots=True)
class Fit:
    """A warp, and how well the picture agrees with the known modules under it: their correlation, -1 to 1."""

    warp: Vector
    agreement: float


def from_quad(quad: Quad) -> Vector:
    """Give the warp without bending that takes the unit square's corners to four points, clockwise from (0, 0)."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = quad
    lean = np.array([[x1 - x2, x3 - x2], [y1 - y2, y3 - y2]])
    gap = np.array([x0 - x1 + x2 - x3, y0 - y1 + y2 - y3])
    g, h = np.linalg.lstsq(lean, gap, rcond=None)[0]
    plane = [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h]
    return np.array(plane + [0.0] * 6)


def to_quad(warp: Vector) -> Quad:
    """Give the four corners in the picture."""
    x, y = placed(warp, np.array([0, 1, 1, 0], np.float32), np.array([0, 0, 1, 1], np.float32))
    first, second, third, fourth = zip(x.tolist(), y.tolist(), strict=True)
    return (first, second, third, fourth)


def placed(warp: Vector, u: Values, v: Values) -> tuple[Values, Values]:
    """Give where points of the unit square lie in the picture, in pixels."""
    h, b = warp[:8].astype(np.float32), warp[8:].astype(np.float32)
    depth = h[6] * u + h[7] * v + 1
    across, down = 4 * u * (1 - u), 4 * v * (1 - v)
    both = across * down
    x = (h[0] * u + h[1] * v + h[2]) / depth + b[0] * across + b[1] * down + b[2] * both
    y = (h[3] * u + h[4] * v + h[5]) / depth + b[3] * across + b[4] * down + b[5] * both
    return x, y


def sampled(picture: Picture, x: Values, y: Values) -> Values:
    """Give the luma at points between pixels, by bilinear interpolation; pixel (0, 0) has its centre at (0.5, 0.5)."""
    height, width = picture.shape
    x = np.clip(x - np.float32(0.5), 0, np.float32(width - 1.001))
    y = np.clip(y - np.float32(0.5), 0, np.float32(height - 1.001))
    column, row = x.astype(np.int32), y.astype(np.int32)
    x -= column
    y -= row
    flat, at = picture.reshape(-1), row * width + column
    above = flat[at] + (flat[at + 1] - flat[at]) * x
    at += width
    below = flat[at] + (flat[at + 1] - flat[at]) * x
    luma: Values = above + (below - above) * y
    return luma


def agreement(picture: Picture, warp: Vector, known: Known) -> float:
    """Give the correlation of the picture with the known modules."""
    return _correlation(sampled(picture, *placed(warp, known.u, known.v)), known.value)


def fit(picture: Picture, start: Vector, known: Known) -> Fit:
    """Improve a warp until known modules and picture agree best: Gauss-Newton with Levenberg's damping."""
    warp, damping = start, 1e-3
    luma = sampled(picture, *placed(warp, known.u, known.v))
    best = _correlation(luma, known.value)
    target = known.value - known.value.mean()
    for _ in range(_ROUNDS):
        gain = float(luma @ target) / float(target @ target)
        if gain <= 0:
            break
        slopes = _slopes(picture, warp, known)
        lhs, rhs = slopes.T @ slopes, slopes.T @ (target * gain - (luma - luma.mean()))
        before = best
        for _try in range(4):
            step = np.linalg.solve(lhs + damping * np.diag(np.diag(lhs) + 1e-6), rhs)
            moved = warp + step * _shorten(warp, step, known)
            tried = sampled(picture, *placed(moved, known.u, known.v))
            value = _correlation(tried, known.value)
            if value > best:
                warp, luma, best, damping = moved, tried, value, max(damping * 0.3, 1e-6)
                break
            damping *= 8
        if best - before < _ENOUGH:
            break
    return Fit(warp, best)


def _correlation(luma: Values, value: Values) -> float:
    luma, value = luma - luma.mean(), value - value.mean()
    norm = float(np.sqrt((luma @ luma) * (value @ value)))
    return float(luma @ value) / norm if norm > 1e-6 else 0.0


def _shorten(warp: Vector, step: Vector, known: Known) -> float:
    """Give the factor that keeps every point's move under `_FARTHEST` modules."""
    u, v = np.array([0, 1, 1, 0, 0.5], np.float32), np.array([0, 0, 1, 1, 0.5], np.float32)
    x0, y0 = placed(warp, u, v)
    x1, y1 = placed(warp + step, u, v)
    pitch = float(np.hypot(x0[1] - x0[0], y0[1] - y0[0])) / known.side
    farthest = float(np.hypot(x1 - x0, y1 - y0).max())
    return min(1.0, _FARTHEST * pitch / farthest) if np.isfinite(farthest) and farthest > 0 else 0.0


def _slopes(picture: Picture, warp: Vector, known: Known) -> npt.NDArray[np.float64]:
    """Give how each known module's luma changes with each of the fourteen numbers; shape (n, 14), columns centred."""
    u, v = known.u, known.v
    x, y = placed(warp, u, v)
    reach = np.float32(0.75)  # pixels: wide enough to see over noise, narrow enough for one module
    gx = (sampled(picture, x + reach, y) - sampled(picture, x - reach, y)) / (2 * reach)
    gy = (sampled(picture, x, y + reach) - sampled(picture, x, y - reach)) / (2 * reach)
    h = warp[:8].astype(np.float32)
    depth = h[6] * u + h[7] * v + 1
    px, py = (h[0] * u + h[1] * v + h[2]) / depth, (h[3] * u + h[4] * v + h[5]) / depth
    toward = -(gx * px + gy * py) / depth
    across, down = 4 * u * (1 - u), 4 * v * (1 - v)
    both = across * down
    plane = [gx * u / depth, gx * v / depth, gx / depth, gy * u / depth, gy * v / depth, gy / depth]
    columns = [*plane, toward * u, toward * v, gx * across, gx * down, gx * both, gy * across, gy * down, gy * both]
    slopes = np.stack(columns, axis=1).astype(np.float64)
    slopes -= slopes.mean(0)
    return slopes
