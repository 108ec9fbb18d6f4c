"""Sheet: a symbol on its carrier, a phone's screen or paper, with the text, cracks and thumb that come with it."""

from dataclasses import dataclass
from io import BytesIO
from math import ceil, cos, pi, sin

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from verifier.devices.synthetic.shot import Shot

Modules = npt.NDArray[np.bool_]  # shape (n, n), true is dark
Page = npt.NDArray[np.float64]  # linear light
Light = npt.NDArray[np.float32]  # linear

_QUIET = 4  # modules, ISO/IEC 18004 section 6.3.8
_FINDER = 7  # modules: the dark run that begins the first row of every symbol
_LEAST_SCALE, _MOST_SCALE = 4, 10
_THRESHOLD = 128


def modules_of(picture: bytes) -> Modules:
    """Take the modules out of one of our own clean pictures of a symbol: no rotation, whole pixels to a module.

    What stands below the symbol, after an empty row, is left out: a caption.
    """
    with Image.open(BytesIO(picture)) as image:
        dark = np.asarray(image.convert("L")) < _THRESHOLD
    dark = dark[np.argmax(dark.any(1)) :]
    inked = dark.any(1)
    dark = dark if inked.all() else dark[: np.argmin(inked)]
    columns = np.nonzero(dark.any(0))[0]
    dark = dark[:, columns[0] : columns[-1] + 1]
    scale = int(np.argmin(dark[0])) // _FINDER
    return dark[scale // 2 :: scale, scale // 2 :: scale]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The carrier's picture (8-bit linear light) and where the symbol lies on it, in the sheet's own pixels."""

    picture: Image.Image
    left: float
    top: float
    side: float
    modules: int


@dataclass(frozen=True, slots=True)
class _Inks:
    white: float
    black: float
    body: float
    text: float


def make(modules: Modules, shot: Shot, chance: np.random.Generator) -> Sheet:
    """Lay a symbol out on its carrier."""
    count = len(modules)
    scale = int(min(_MOST_SCALE, max(_LEAST_SCALE, ceil(shot.pitch * 2))))
    inks = _inks(shot)
    tile = np.where(np.pad(modules, _QUIET), inks.black, inks.white).repeat(scale, 0).repeat(scale, 1)
    left, top = count // 10 * scale, int(0.45 * count) * scale
    page = np.full((len(tile) + 2 * top, len(tile) + 2 * left), inks.body)
    page[top : top + len(tile), left : left + len(tile)] = tile
    _write_text(page, (left, top, len(tile), scale), inks.text, chance)
    if not shot.paper:
        page, left, top = np.pad(page, 3 * scale, constant_values=0.02), left + 3 * scale, top + 3 * scale
    if shot.bend:
        page = _bent(page, shot.bend * scale, len(tile), chance)
    picture = Image.fromarray((page * 255).round().astype(np.uint8))
    sheet = Sheet(picture, left + _QUIET * scale, top + _QUIET * scale, count * scale, count)
    _damage(sheet, shot, scale, chance)
    return sheet


def _inks(shot: Shot) -> _Inks:
    white, black = (0.85, 0.05) if shot.paper else (0.95, 0.012)
    if shot.inverted:
        return _Inks(black, white, black * 4, white)
    return _Inks(white, black, white if shot.paper else 0.9, black * 3)


def _write_text(page: Page, place: tuple[int, int, int, int], ink: float, chance: np.random.Generator) -> None:
    """Put rows of word-like bars above and below the symbol."""
    left, top, side, scale = place
    for start in (top // 4, top + side + top // 4):
        for row in range(3):
            x, y = left, start + row * top // 5
            while x < left + side - 6 * scale:
                length = int(chance.integers(1, 6)) * scale
                page[y : y + 2 * scale, x : x + length] = ink
                x += length + int(chance.integers(1, 3)) * scale


def _bent(page: Page, reach: float, side: int, chance: np.random.Generator) -> Page:
    """Displace the page by slow waves of `reach` pixels, as paper in a hand bends."""
    phase = float(chance.uniform(0, 2 * pi))
    rows, columns = np.indices(page.shape)
    across = columns + reach * np.sin(2 * pi * rows / (0.9 * side) + phase)
    down = rows + 0.6 * reach * np.sin(2 * pi * columns / (1.1 * side) + 2 * phase)
    height, width = page.shape
    rows, columns = down.round().astype(int).clip(0, height - 1), across.round().astype(int).clip(0, width - 1)
    bent: Page = page[rows, columns]
    return bent


def _damage(sheet: Sheet, shot: Shot, scale: int, chance: np.random.Generator) -> None:
    pen = ImageDraw.Draw(sheet.picture)
    for _ in range(shot.cracks):
        _crack(pen, sheet, scale, chance)
    if shot.thumb:
        _thumb(pen, sheet, shot.thumb, chance)


def _crack(pen: ImageDraw.ImageDraw, sheet: Sheet, scale: int, chance: np.random.Generator) -> None:
    x, y = (float(chance.uniform(0, sheet.side)) for _ in range(2))
    angle = float(chance.uniform(0, 2 * pi))
    ink, width = (230 if chance.random() < 0.5 else 13), max(1, int(scale * chance.uniform(0.3, 0.9)))
    path = [(sheet.left + x, sheet.top + y)]
    for _ in range(14):
        angle += float(chance.uniform(-0.5, 0.5))
        x, y = x + sheet.side * 0.07 * cos(angle), y + sheet.side * 0.07 * sin(angle)
        path.append((sheet.left + x, sheet.top + y))
    pen.line(path, fill=ink, width=width)


def _thumb(pen: ImageDraw.ImageDraw, sheet: Sheet, size: float, chance: np.random.Generator) -> None:
    """Cover the middle of one edge, clear of the finder patterns."""
    edges = ((0.5, 1.0), (1.0, 0.5), (0.5, 0.0), (0.0, 0.5))
    across, down = edges[int(chance.integers(len(edges)))]
    x, y, reach = sheet.left + across * sheet.side, sheet.top + down * sheet.side, size * sheet.side
    pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=89)
