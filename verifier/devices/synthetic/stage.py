"""Stage: one symbol in one place, and a frame of it for each exposure."""

from math import cos, pi, sin

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from verifier.devices.synthetic import scenery, sensor, sheet
from verifier.devices.synthetic.sheet import Light, Modules
from verifier.devices.synthetic.shot import Matrix, Points, Shot, corners, project, projection

_FINE = 3  # samples each way to a pixel
_MARGIN = 24  # pixels around the carrier that are blurred with it


class Stage:
    """A presentation: the carrier, the place and the light stay, the pose and the noise change with each frame.

    `seed` fixes what stays. With no modules the place is empty.
    """

    def __init__(self, modules: Modules | None, shot: Shot, seed: int) -> None:
        self._seed = seed
        self._sheet = None if modules is None else sheet.make(modules, shot, np.random.default_rng([seed, 1]))
        self._scenery = scenery.draw(shot.width, shot.height, shot.clutter, np.random.default_rng([seed, 2]))
        self._behind = sensor.blurred(self._scenery, shot)

    def frame(self, shot: Shot, number: int) -> sensor.Luma:
        """Expose frame `number`, shape (height, width)."""
        light = self._behind.copy()
        if self._sheet is not None:
            self._hold_up(light, self._sheet, shot)
        light = self._lit(light, shot)
        return sensor.exposed(light, shot, np.random.default_rng([self._seed, 3, number]))

    def _hold_up(self, light: Light, carrier: sheet.Sheet, shot: Shot) -> None:
        """Put the carrier into the light of the scene, and blur both where they meet."""
        to_pixels = projection(shot, carrier.modules) @ _to_modules(carrier)
        width, height = carrier.picture.size
        outline = project(to_pixels, np.array([(0, 0), (width, 0), (width, height), (0, height)], float))
        left, top = np.floor(outline.min(0) - _MARGIN).astype(int).clip(0)
        right, bottom = np.minimum(np.ceil(outline.max(0) + _MARGIN).astype(int), (shot.width, shot.height))
        if right <= left or bottom <= top:
            return
        box = (int(left), int(top), int(right), int(bottom))
        patch, covered = _seen(carrier, to_pixels, outline, box, _FINE)
        if shot.moire:
            patch = patch * _beats(shot, box, np.random.default_rng([self._seed, 4]))
        area = self._scenery[top:bottom, left:right]
        light[top:bottom, left:right] = sensor.blurred(area * (1 - covered) + patch * covered, shot)

    def _lit(self, light: Light, shot: Shot) -> Light:
        """Add what the light does: a slow gradient, a veil, bands, a glare spot."""
        chance = np.random.default_rng([self._seed, 5])
        angle, period, phase = chance.uniform(0, 2 * pi), chance.uniform(0.12, 0.4) * shot.height, chance.uniform(0, 6)
        across = np.linspace(-0.7, 0.7, shot.width, dtype=np.float32) * np.float32(cos(angle) * shot.gradient)
        down = np.linspace(-0.7, 0.7, shot.height, dtype=np.float32) * np.float32(sin(angle) * shot.gradient)
        light = light * (1 + across + down[:, None]) + np.float32(shot.veil)
        if shot.banding:
            wave = np.sin(2 * pi * np.arange(shot.height) / period + phase)
            dark = 0.5 + 0.5 * np.sign(wave) * np.abs(wave) ** 0.3
            light *= (1 - shot.banding * dark)[:, None].astype(np.float32)
        if shot.glare and self._sheet is not None:
            light += _spot(shot, self._sheet.modules)
        return light


def _to_modules(carrier: sheet.Sheet) -> Matrix:
    """Give the homography from the sheet's pixels to module coordinates."""
    scale = carrier.modules / carrier.side
    return np.array([[scale, 0, -carrier.left * scale], [0, scale, -carrier.top * scale], [0, 0, 1]])


def _seen(
    carrier: sheet.Sheet, to_pixels: Matrix, outline: Points, box: tuple[int, int, int, int], fine: int
) -> tuple[Light, Light]:
    """Project the carrier into a box of pixels, `fine` samples each way to a pixel; give its light and its cover."""
    left, top, right, bottom = box
    size = ((right - left) * fine, (bottom - top) * fine)
    from_samples = np.array([[1 / fine, 0, left], [0, 1 / fine, top], [0, 0, 1]])
    back = np.linalg.inv(to_pixels) @ from_samples
    coefficients = tuple(float(value) for value in (back / back[2, 2]).ravel()[:8])
    patch = carrier.picture.transform(size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR)
    cover = Image.new("L", size)
    ImageDraw.Draw(cover).polygon([((x - left) * fine, (y - top) * fine) for x, y in outline.tolist()], fill=255)
    return _shrunk(patch, fine), _shrunk(cover, fine)


def _shrunk(image: Image.Image, fine: int) -> Light:
    return np.asarray(image.reduce(fine), np.float32) / np.float32(255)


def _beats(shot: Shot, box: tuple[int, int, int, int], chance: np.random.Generator) -> Light:
    """Beat a screen's pixels against the sensor's: three waves of a few pixels' length."""
    left, top, right, bottom = box
    x, y = np.meshgrid(np.arange(left, right, dtype=np.float32), np.arange(top, bottom, dtype=np.float32))
    waves: Light = np.zeros_like(x)
    for _ in range(3):
        period, angle, phase = chance.uniform(3.0, 14.0), chance.uniform(0, pi), chance.uniform(0, 2 * pi)
        waves += np.sin(2 * pi * (x * cos(angle) + y * sin(angle)) / period + phase).astype(np.float32)
    return 1 + np.float32(shot.moire / 1.7) * waves


def _spot(shot: Shot, modules: int) -> Light:
    """Shine a lamp's mirror image on the symbol: a Gaussian that clips the sensor at its middle."""
    centre = np.array([(shot.glare_x * modules, shot.glare_y * modules)])
    x, y = project(projection(shot, modules), centre)[0]
    spread = shot.glare * modules * shot.pitch / 2.355  # full width at half maximum to standard deviation
    across = np.exp(-((np.arange(shot.width) - x) ** 2) / (2 * spread**2))
    down = np.exp(-((np.arange(shot.height) - y) ** 2) / (2 * spread**2))
    light: npt.NDArray[np.float32] = (1.6 * down[:, None] * across).astype(np.float32)
    return light


def outline(shot: Shot, modules: int) -> Points:
    """Give the corners (4, 2) of the symbol in the frame."""
    return project(projection(shot, modules), corners(modules))
