"""Shot: everything that decides how a symbol looks on the sensor, and where its modules land on it.

The camera is a pin-hole; light is linear, 1.0 being what just clips at `exposure` 1.
"""

from dataclasses import dataclass
from math import cos, radians, sin, tan

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]
Points = npt.NDArray[np.float64]  # shape (n, 2): x, y


@dataclass(frozen=True, slots=True)
class Shot:
    """One exposure. Lengths are pixels and angles degrees unless the comment says otherwise."""

    width: int = 1456
    height: int = 1088
    pitch: float = 4.0  # pixels to a module at the symbol's centre
    rotation: float = 0.0  # in the plane of the symbol
    tilt: float = 0.0  # out of it
    tilt_axis: float = 0.0
    x: float = 0.5  # the symbol's centre, as a share of the frame
    y: float = 0.5
    field_of_view: float = 66.0  # horizontal
    paper: bool = False  # else a phone's screen
    inverted: bool = False  # a wallet's dark mode
    defocus: float = 0.0  # diameter of the blur disc
    softness: float = 0.6  # lens and demosaicing: standard deviation of a Gaussian
    motion: float = 0.0  # length of the path during the exposure
    motion_angle: float = 0.0
    electrons: float = 4000.0  # that white frees in a pixel
    read_noise: float = 4.0  # electrons
    exposure: float = 0.85  # white, relative to clipping
    veil: float = 0.08  # light added everywhere: a reflection
    gradient: float = 0.15  # slow change of light over the frame
    glare: float = 0.0  # diameter of a specular spot, as a share of the symbol's side
    glare_x: float = 0.5  # as a share of the symbol
    glare_y: float = 0.5
    moire: float = 0.0  # contrast of beats between screen and sensor
    banding: float = 0.0  # contrast of rows lit unevenly by a dimmed screen under a rolling shutter
    thumb: float = 0.0  # size of what covers the middle of an edge, as a share of the side
    cracks: int = 0  # in the glass
    bend: float = 0.0  # of the paper, in modules
    clutter: float = 0.5  # of the scenery, 0 to 1


def projection(shot: Shot, modules: int) -> Matrix:
    """Give the homography (3, 3) from module coordinates, 0 to `modules` each way, to pixels."""
    focal = shot.width / 2 / tan(radians(shot.field_of_view) / 2)
    distance = focal / shot.pitch  # in modules
    rotation = _about((cos(radians(shot.tilt_axis)), sin(radians(shot.tilt_axis)), 0.0), shot.tilt)
    rotation = rotation @ _about((0.0, 0.0, 1.0), shot.rotation)
    offset = np.array([(shot.x - 0.5) * shot.width / shot.pitch, (shot.y - 0.5) * shot.height / shot.pitch, distance])
    lens = np.array([[focal, 0, shot.width / 2], [0, focal, shot.height / 2], [0, 0, 1]])
    centred = np.array([[1, 0, -modules / 2], [0, 1, -modules / 2], [0, 0, 1]])
    full: Matrix = lens @ np.stack([rotation[:, 0], rotation[:, 1], offset], axis=1) @ centred
    full /= full[2, 2]
    return full


def project(homography: Matrix, points: Points) -> Points:
    """Map points (n, 2) by a homography (3, 3)."""
    mapped: Points = np.column_stack([points, np.ones(len(points))]) @ homography.T
    flat: Points = mapped[:, :2] / mapped[:, 2:]
    return flat


def corners(side: float) -> Points:
    """Give the corners (4, 2) of a square, clockwise from the origin."""
    return np.array([(0, 0), (side, 0), (side, side), (0, side)], float)


def _about(axis: tuple[float, float, float], degrees: float) -> Matrix:
    """Give the rotation (3, 3) about a unit axis, by Rodrigues' formula."""
    x, y, z = axis
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    angle = radians(degrees)
    rotation: Matrix = np.eye(3) + sin(angle) * cross + (1 - cos(angle)) * cross @ cross
    return rotation
