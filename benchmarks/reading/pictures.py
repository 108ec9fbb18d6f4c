"""Draw the pictures of `docs/explanation/reading.md`: `python -m benchmarks.reading.pictures` makes every one again."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from benchmarks.reading.payloads import Sample, sample
from verifier.devices.synthetic.shot import Shot
from verifier.devices.synthetic.stage import Stage
from verifier.reading import codewords, correction, equaliser, warp
from verifier.reading.registration import Luma, Registered, register
from verifier.reading.rungs import RUNGS
from verifier.reading.scan import Quad, Symbol

FOLDER = Path(__file__).parent.parent.parent / "docs" / "explanation" / "reading"
_SIDE = 360  # pixels of each picture
_FOUND, _FITTED, _GIVEN_UP = (213, 94, 0), (0, 114, 178), (213, 94, 0)
_BLURRED = Shot(width=640, height=480, pitch=3.2, rotation=7, tilt=14, tilt_axis=35, defocus=4.6)

Values = npt.NDArray[np.float32]


def main() -> None:
    """Draw them all."""
    FOLDER.mkdir(exist_ok=True)
    one = sample(0, 7)
    luma = Stage(one.modules, _BLURRED, 1).frame(_BLURRED, 0)
    found = _found(luma)
    seen = _registered(luma, found.quad, one)
    soft, _ = equaliser.soft_values(seen.picture, seen.fit.warp, seen.template)
    _save("1-found", _outlined(luma, found.quad, seen.quad()))
    _save("2-known", _modules(seen.template.astype(np.float32)))
    _save("3-sampled", _modules(_centres(seen)))
    _save("4-equalised", _modules(soft))
    _save("5-corrected", _modules(np.where(one.modules, -1, 1).astype(np.float32)))
    _votes(one)
    _erasures(one)


def _found(luma: Luma) -> Symbol:
    """Find the symbol as the readers do, by the first rung that sees it."""
    return next(symbol for rung in RUNGS for symbol in rung.look(luma) if symbol.make)


def _registered(luma: Luma, quad: Quad, one: Sample) -> Registered:
    seen = register(luma, quad, _version(one))
    if seen is None:
        raise ValueError("the picture chosen to show a step does not show it")
    return seen


def _version(one: Sample) -> int:
    return (len(one.modules) - 17) // 4


def _outlined(luma: Luma, found: Quad, fitted: Quad) -> Image.Image:
    """Draw where zxing-cpp found the symbol, and where registration put it."""
    scale = 4
    left, top, right, bottom = _box(fitted)
    image = Image.fromarray(luma[top:bottom, left:right]).resize(
        ((right - left) * scale, (bottom - top) * scale), Image.Resampling.NEAREST
    )
    drawn = image.convert("RGB")
    pen = ImageDraw.Draw(drawn)
    for quad, colour in ((found, _FOUND), (fitted, _FITTED)):
        points = [((x - left) * scale, (y - top) * scale) for x, y in quad]
        pen.line([*points, points[0]], fill=colour, width=3)
    return drawn


def _box(quad: Quad) -> tuple[int, int, int, int]:
    corners = np.array(quad)
    left, top = (int(value) - 12 for value in corners.min(0))
    right, bottom = (int(value) + 12 for value in corners.max(0))
    return max(0, left), max(0, top), right, bottom


def _centres(seen: Registered) -> Values:
    """Sample the middle of each module, with nothing done about blur; scaled to -1 and 1."""
    side = len(seen.template)
    at = ((np.arange(side) + 0.5) / side).astype(np.float32)
    u, v = np.meshgrid(at, at)
    luma = warp.sampled(seen.picture, *warp.placed(seen.fit.warp, u.ravel(), v.ravel())).reshape(side, side)
    low, high = np.percentile(luma, (2, 98))
    values: Values = ((luma - low) / (high - low) * 2 - 1).astype(np.float32)
    return values


def _modules(values: Values) -> Image.Image:
    """Draw values of -1 to 1 as modules from black to white."""
    luma = ((values.clip(-1, 1) + 1) * 127.5).astype(np.uint8)
    return Image.fromarray(luma).resize((_SIDE, _SIDE), Image.Resampling.NEAREST)


def _votes(one: Sample) -> None:
    """Draw the soft values of one frame in very low light, and the sum of eight."""
    shot = replace(_BLURRED, defocus=0.0, electrons=12)
    stage, bright = Stage(one.modules, shot, 1), replace(shot, electrons=4000)
    found = _found(stage.frame(bright, 0))
    softs = []
    for number in range(8):
        seen = _registered(stage.frame(shot, number), found.quad, one)
        softs.append(equaliser.soft_values(seen.picture, seen.fit.warp, seen.template)[0])
    _save("6-one-vote", _modules(softs[0]))
    _save("7-eight-votes", _modules(np.mean(softs, axis=0).astype(np.float32) * 1.5))


def _erasures(one: Sample) -> None:
    """Draw a symbol under glare, and the codewords that the soft values are least sure of."""
    shot = replace(_BLURRED, defocus=0.0, pitch=4.0, glare=0.5)
    luma = Stage(one.modules, shot, 1).frame(shot, 0)
    seen = _registered(luma, _found(luma).quad, one)
    soft, _ = equaliser.soft_values(seen.picture, seen.fit.warp, seen.template)
    read = correction.read(soft, _version(one))
    if read is None or read.make is None:
        raise ValueError("the picture chosen to show erasures is not read with them")
    layout = codewords.layout(read.make)
    places = np.array(layout.modules).reshape(-1, 8)
    sureness = np.abs(soft.ravel()[places]).min(1)
    given_up = [
        stream
        for block in layout.blocks
        for stream in sorted(block.places, key=lambda place: float(sureness[place]))[: int(0.7 * (block.checks - 4))]
    ]
    grey: Luma = ((_centres(seen).clip(-1, 1) + 1) * 127.5).astype(np.uint8)
    colour = np.repeat(grey[..., None], 3, axis=2)
    marked = colour.reshape(-1, 3)
    marked[places[given_up].ravel()] = marked[places[given_up].ravel()] // 2 + np.array(_GIVEN_UP, np.uint8) // 2
    _save("8-glare", Image.fromarray(colour).resize((_SIDE, _SIDE), Image.Resampling.NEAREST))


def _save(name: str, image: Image.Image) -> None:
    image.thumbnail((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    image.quantize(64).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
