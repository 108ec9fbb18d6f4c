"""Scenery: what stands behind the code at an entrance. Blobs, posters with rows of text, edges, all from a seed."""

import numpy as np
from PIL import Image, ImageDraw

from verifier.devices.synthetic.sheet import Light


def draw(width: int, height: int, clutter: float, chance: np.random.Generator) -> Light:
    """Draw a place in linear light, shape (height, width)."""
    coarse = Image.fromarray(chance.random((9, 12), dtype=np.float32)).resize((width, height), Image.Resampling.BICUBIC)
    image = Image.fromarray((np.asarray(coarse) * 64 + 38).clip(0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    for _ in range(int(40 * clutter)):
        _shape(pen, width, height, chance)
    for _ in range(int(6 * clutter)):
        _poster(pen, width, height, chance)
    light: Light = np.asarray(image, np.float32) / np.float32(255)
    if clutter:
        grain = chance.standard_normal((height // 2 + 1, width // 2 + 1), dtype=np.float32) * np.float32(0.02 * clutter)
        light = light + grain.repeat(2, 0).repeat(2, 1)[:height, :width]
    return light.clip(0.01, 1.0)


def _shape(pen: ImageDraw.ImageDraw, width: int, height: int, chance: np.random.Generator) -> None:
    x, y = int(chance.integers(width)), int(chance.integers(height))
    box = (x, y, x + int(chance.integers(8, width // 5)), y + int(chance.integers(8, height // 5)))
    ink = int(chance.integers(5, 204))
    if chance.random() < 0.5:
        pen.rectangle(box, fill=ink)
    else:
        pen.ellipse(box, fill=ink)


def _poster(pen: ImageDraw.ImageDraw, width: int, height: int, chance: np.random.Generator) -> None:
    left, top, size = int(chance.integers(width)), int(chance.integers(height)), int(chance.integers(4, 14))
    for row in range(int(chance.integers(3, 12))):
        x, y = left, top + 2 * row * size
        while x < min(width, left + 40 * size):
            step = int(chance.integers(1, 4)) * max(1, size // 3)
            if chance.random() < 0.6:
                pen.rectangle((x, y, x + step, y + size), fill=10)
            x += step + max(1, size // 4)
