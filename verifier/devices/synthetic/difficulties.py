"""Difficulties: the sixteen ways that a presentation goes wrong at a gate, and the hand that holds it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from verifier.devices.synthetic.shot import Shot
from verifier.devices.synthetic.stage import outline

_EDGE = 3  # pixels: the whole symbol is in the frame


@dataclass(frozen=True, slots=True)
class Difficulty:
    """A shot to start from, and how far the hand strays from it."""

    name: str
    shot: Shot
    tilt: float = 12.0  # degrees, at most
    rotation: float = 20.0  # degrees, at most
    shake: float = 1.0  # pixels of motion blur, on average
    focusing: float = 0.0  # extra defocus in pixels at first, which autofocus takes away in 0.3 s


ALL = (
    Difficulty("easy", Shot(pitch=4)),
    Difficulty("small 3 px", Shot(pitch=3)),
    Difficulty("small 2 px", Shot(pitch=2)),
    Difficulty("small 1.75 px", Shot(pitch=1.75), shake=0.5),
    Difficulty("tilted", Shot(pitch=4), tilt=35, rotation=40),
    Difficulty("defocus 4 px at 3 px", Shot(pitch=3, defocus=4.0)),
    Difficulty("defocus 6 px at 4 px", Shot(pitch=4, defocus=6.0)),
    Difficulty("motion", Shot(pitch=3.5), shake=5.0),
    Difficulty("low light", Shot(pitch=3, electrons=60)),
    Difficulty("overexposed", Shot(pitch=3.5, exposure=1.9, veil=0.25)),
    Difficulty("glare", Shot(glare=0.45)),
    Difficulty("moire and bands", Shot(pitch=3, moire=0.3, banding=0.5)),
    Difficulty("cracks and thumb", Shot(cracks=6, thumb=0.13)),
    Difficulty("dark mode", Shot(pitch=3.5, inverted=True)),
    Difficulty("bent paper", Shot(pitch=3.5, paper=True, bend=0.8, veil=0.05)),
    Difficulty(
        "entrance",
        Shot(pitch=2.6, defocus=2.5, electrons=300, veil=0.2, moire=0.08),
        tilt=22,
        rotation=30,
        shake=2.0,
        focusing=4.0,
    ),
)
BY_NAME = {difficulty.name: difficulty for difficulty in ALL}
SCENES = {"easy": ALL[:1], "hard": ALL[1:]}  # what a demonstration can ask for


def held(difficulty: Difficulty, modules: int, chance: np.random.Generator) -> Shot:
    """Choose how a hand holds the code: tilted and turned within bounds, and whole in the frame."""
    shot = difficulty.shot
    for _ in range(40):
        posed = replace(
            shot,
            rotation=float(chance.uniform(-difficulty.rotation, difficulty.rotation)),
            tilt=float(chance.uniform(0.3, 1.0) * difficulty.tilt),
            tilt_axis=float(chance.uniform(0, 360)),
            x=float(chance.uniform(0.35, 0.65)),
            y=float(chance.uniform(0.4, 0.6)),
        )
        at = outline(posed, modules)
        if at.min() > _EDGE and at[:, 0].max() < shot.width - _EDGE and at[:, 1].max() < shot.height - _EDGE:
            return posed
    return shot


def moving(
    difficulty: Difficulty, start: Shot, chance: np.random.Generator, frames_per_second: float = 30.0
) -> Iterator[Shot]:
    """Give the exposures of a hand that trembles, and of a lens that settles, for as long as asked."""
    number = 0
    while True:
        settling = max(0.0, 1 - number / frames_per_second / 0.3) * difficulty.focusing
        yield replace(
            start,
            pitch=start.pitch * float(1 + chance.normal(0, 0.006)),
            rotation=start.rotation + float(chance.normal(0, 0.6)),
            x=start.x + float(chance.normal(0, 0.004)),
            y=start.y + float(chance.normal(0, 0.004)),
            motion=abs(float(chance.normal(0, difficulty.shake * 1.25))),
            motion_angle=float(chance.uniform(0, 180)),
            defocus=start.defocus + settling,
            glare_x=start.glare_x + 0.012 * number,
            glare_y=start.glare_y + float(chance.normal(0, 0.02)),
        )
        number += 1
