"""Equaliser: undoes blur and the interference of neighbouring modules, as a modem does with a training sequence.

Model. The soft value of a module is a weighted sum of the luma at 25 points around its centre, half a module apart,
made independent of local light; the 26 weights (one is of a constant) are one least-squares solution for the whole
symbol over the modules that are known, and then over those too that it is itself sure of.
"""

from itertools import product

import numpy as np
import numpy.typing as npt

from verifier.reading.registration import Template
from verifier.reading.warp import Picture, Vector, placed, sampled

Soft = npt.NDArray[np.float32]  # shape (side, side): about 1 for light, -1 for dark, 0 for no idea

_REACH = 2  # half modules on each side
_WINDOW = 21  # half modules: what counts as local light
_RIDGE = 3.0
_ROUNDS = 3
_UNSURE = 0.35  # share of the modules that take no part in a further round
_MOST = 1.5


def soft_values(picture: Picture, warp: Vector, known: Template) -> tuple[Soft, float]:
    """Give every module's soft value, and the share of known modules that came out wrong."""
    taps = _taps(_evenly_lit(_half_modules(picture, warp, len(known))), len(known))
    wanted = known.ravel().astype(np.float32)
    sure = wanted != 0
    values = taps @ _weights(taps[sure], wanted[sure])
    for _ in range(_ROUNDS):
        strength = np.abs(values)
        chosen = sure | (strength > np.quantile(strength, _UNSURE))
        target = np.where(sure, wanted, np.sign(values))
        values = taps @ _weights(taps[chosen], target[chosen])
    wrong = float(np.mean(np.sign(values[sure]) != wanted[sure]))
    return values.clip(-_MOST, _MOST).reshape(known.shape), wrong


def _half_modules(picture: Picture, warp: Vector, side: int) -> Picture:
    """Sample a grid of points half a module apart, from `_REACH` before the first centre to as far after the last."""
    at = ((np.arange(-_REACH, 2 * side - 1 + _REACH) + 1) * 0.5 / side).astype(np.float32)
    u, v = np.meshgrid(at, at)
    return sampled(picture, *placed(warp, u.ravel(), v.ravel())).reshape(u.shape)


def _evenly_lit(samples: Picture) -> Picture:
    """Take the local mean away and divide by the local deviation."""
    centred = samples - _local_mean(samples)
    deviation = np.sqrt(np.maximum(_local_mean(centred * centred), np.float32(16)))
    evened: Picture = (centred / deviation).astype(np.float32)
    return evened


def _local_mean(samples: Picture) -> Picture:
    """Average over a square window, edges repeated."""
    reach = _WINDOW // 2
    padded = np.pad(samples.astype(np.float64), ((reach + 1, reach), (reach + 1, reach)), mode="edge")
    sums = padded.cumsum(0).cumsum(1)
    rows = sums[_WINDOW:] - sums[:-_WINDOW]
    mean: Picture = ((rows[:, _WINDOW:] - rows[:, :-_WINDOW]) / _WINDOW**2).astype(np.float32)
    return mean


def _taps(samples: Picture, side: int) -> npt.NDArray[np.float32]:
    """Give each module's points as a row; shape (side * side, 26)."""
    span = 2 * side - 1
    offsets = product(range(2 * _REACH + 1), repeat=2)
    columns = [samples[down : down + span : 2, across : across + span : 2].ravel() for down, across in offsets]
    return np.stack([*columns, np.ones(side * side, np.float32)], axis=1)


def _weights(taps: npt.NDArray[np.float32], target: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Solve the regularised least squares."""
    normal = taps.T @ taps + np.float32(_RIDGE) * np.eye(taps.shape[1], dtype=np.float32)
    return np.linalg.solve(normal, taps.T @ target).astype(np.float32)
