"""Rungs: other ways to look at a picture, each for something that went wrong when it was taken.

In the order of what they read for what they cost, measured over photographs and the synthetic camera.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from verifier.frame import Frame
from verifier.reading.registration import Luma
from verifier.reading.scan import PLAIN, SMALLEST, WIDE, Effort, Symbol, scan


@dataclass(frozen=True, slots=True)
class Rung:
    """A change of the picture, and how hard to look at what comes out. `scale` is its size over the picture's."""

    name: str
    change: Callable[[Luma], Luma]
    effort: Effort
    scale: float = 1.0

    def look(self, luma: Luma) -> tuple[Symbol, ...]:
        """Give the symbols that this rung reads or finds, their corners in the picture's own pixels."""
        if min(luma.shape) * self.scale < SMALLEST:
            return ()
        found = scan(frame_of(self.change(luma)), self.effort, unread=True)
        return found if self.scale == 1.0 else tuple(symbol.scaled(1 / self.scale) for symbol in found)


def luma_of(frame: Frame) -> Luma:
    """View a frame as an array, without a copy."""
    return np.ndarray((frame.height, frame.width), np.uint8, frame.luma, strides=(frame.stride, 1))


def frame_of(luma: Luma) -> Frame:
    """View an array as a frame; rows that lie apart are copied together."""
    height, width = luma.shape
    return Frame(np.ascontiguousarray(luma).data.cast("B"), width, height, width)


def _tone(power: float) -> Callable[[Luma], Luma]:
    """Lift the shadows (power below 1) or the lights (above)."""
    curve = ((np.arange(256) / 255) ** power * 255).astype(np.uint8)
    return lambda luma: np.take(curve, luma)


def _as_it_is(luma: Luma) -> Luma:
    return luma


def _sharpened(luma: Luma) -> Luma:
    """Strengthen what is a few pixels wide but not the finest noise, so that blurred finder patterns stand out."""
    image = Image.fromarray(luma)
    fine, coarse = image.filter(ImageFilter.BoxBlur(0.5)), image.filter(ImageFilter.BoxBlur(4))
    return np.asarray(Image.blend(coarse, fine, 4.0))


def _halved(luma: Luma) -> Luma:
    """Average squares of two by two pixels: a large blurred symbol gets sharper, and noise goes."""
    height, width = luma.shape[0] // 2 * 2, luma.shape[1] // 2 * 2
    total = luma[:height:2, :width:2].astype(np.uint16)
    for down, across in ((0, 1), (1, 0), (1, 1)):
        total += luma[down:height:2, across:width:2]
    return (total >> 2).astype(np.uint8)


def _evened(luma: Luma) -> Luma:
    """Give every neighbourhood of 31 pixels the same mean and the same contrast."""
    blur = ImageFilter.BoxBlur(15)
    centred = luma.astype(np.int16)
    centred -= np.asarray(Image.fromarray(luma).filter(blur))
    spread = np.asarray(Image.fromarray(np.abs(centred).astype(np.uint8)).filter(blur))
    gain = np.float32(48) / np.maximum(spread, np.uint8(4))
    evened: Luma = (centred * gain + np.float32(128)).clip(0, 255).astype(np.uint8)
    return evened


RUNGS = (
    Rung("sharp", _sharpened, PLAIN),
    Rung("wide", _as_it_is, WIDE),
    Rung("lifted shadows", _tone(0.4), WIDE),
    Rung("half size", _halved, PLAIN, 0.5),
    Rung("lifted lights", _tone(3.0), WIDE),
    Rung("one threshold", _as_it_is, Effort(histogram=True)),
    Rung("local contrast", _evened, WIDE),
)
