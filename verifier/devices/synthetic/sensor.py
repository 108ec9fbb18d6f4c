"""Lens, motion and sensor: linear light in, 8-bit luma out."""

from math import ceil, cos, radians, sin

import numpy as np
import numpy.typing as npt

from verifier.devices.synthetic.sheet import Light
from verifier.devices.synthetic.shot import Shot

Luma = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.float64]

_LEVELS = 4096
_TONE = ((np.arange(_LEVELS) / (_LEVELS - 1)) ** (1 / 2.2) * 255).round().astype(np.uint8)  # the camera's tone curve
_FAST = 64  # pixels: the transform is quick at sizes with small factors


def blurred(light: Light, shot: Shot) -> Light:
    """Blur by the disc of defocus, the path of motion and the softness of the lens, as one convolution."""
    kernel = _kernel(shot)
    reach = len(kernel) // 2
    padded = np.pad(light, reach, mode="edge")
    shape = tuple(-(-size // _FAST) * _FAST for size in padded.shape)
    spectrum = np.fft.rfft2(padded, shape) * np.fft.rfft2(kernel, shape)
    height, width = light.shape
    whole = np.fft.irfft2(spectrum, shape).astype(np.float32)
    return whole[2 * reach : 2 * reach + height, 2 * reach : 2 * reach + width]


def _kernel(shot: Shot) -> Light:
    """Average Gaussians over the points of the disc and the path; shape (2 * reach + 1) each way."""
    spread = max(shot.softness, 0.2)
    reach = ceil(shot.defocus / 2 + shot.motion / 2 + 3 * spread)
    steps = np.arange(-reach, reach + 1, dtype=np.float64)
    x, y = _spread_of_a_point(shot)
    across = np.exp(-((steps - x[:, None]) ** 2) / (2 * spread**2))
    down = np.exp(-((steps - y[:, None]) ** 2) / (2 * spread**2))
    kernel = down.T @ across
    normal: Light = (kernel / kernel.sum()).astype(np.float32)
    return normal


def _spread_of_a_point(shot: Shot) -> tuple[Offsets, Offsets]:
    """Give where the light of one point falls: evenly spaced offsets in pixels, across and down."""
    radius = shot.defocus / 2
    across = _even(shot.defocus)
    x, y = (grid.ravel() for grid in np.meshgrid(across, across))
    disc = x * x + y * y <= radius * radius
    along = _even(shot.motion)
    angle = radians(shot.motion_angle)
    return (
        (x[disc, None] + along * cos(angle)).ravel(),
        (y[disc, None] + along * sin(angle)).ravel(),
    )


def _even(length: float) -> Offsets:
    count = max(1, ceil(2 * length))
    return ((np.arange(count) + 0.5) / count - 0.5) * length


def exposed(light: Light, shot: Shot, chance: np.random.Generator) -> Luma:
    """Expose: shot noise and read noise, clipping, tone curve, 8 bits."""
    electrons = np.maximum(light * np.float32(shot.exposure * shot.electrons), 0)
    deviation = np.sqrt(electrons + np.float32(shot.read_noise**2))
    noise = chance.standard_normal(light.shape, dtype=np.float32)
    level = (electrons + noise * deviation) * np.float32((_LEVELS - 1) / shot.electrons)
    luma: Luma = _TONE[level.clip(0, _LEVELS - 1).astype(np.uint16)]
    return luma
