"""Correction: soft values of modules in, the symbol with its exact bytes out, or nothing.

First the hard decisions go to zxing-cpp as a clean drawing. If that fails, Reed-Solomon decoding with erasures: the
codewords that the soft values are least sure of (glare, a thumb, a crack) are given up, which doubles how many of
them can be restored (generalised minimum distance decoding, Forney 1966). Some check codewords are kept back, so that
nothing is read that is not there.
"""

import numpy as np
import numpy.typing as npt

from verifier.frame import Frame
from verifier.reading import codewords, function_modules, reed_solomon
from verifier.reading.codewords import Block, Layout
from verifier.reading.equaliser import Soft
from verifier.reading.make import Make
from verifier.reading.scan import PLAIN, Symbol, scan

Light = npt.NDArray[np.bool_]  # shape (side, side)

_SCALE, _QUIET = 3, 4  # pixels to a module, and modules, of the clean drawing
_GIVEN_UP = (0.0, 0.4, 0.7, 1.0)  # shares of the check codewords spent on erasures, tried in turn
_SPARE = 4  # check codewords kept back in each block: one accident in 2**32


def read(soft: Soft, version: int) -> Symbol | None:
    """Give the symbol that the soft values say, as it was drawn, if it can be corrected."""
    soft, make = _oriented(soft, version)
    known = np.frombuffer(function_modules.template(make), np.int8).reshape(soft.shape)
    light = np.where(known != 0, known > 0, soft > 0)
    return _parsed(light) or _with_erasures(light, soft, make)


def _oriented(soft: Soft, version: int) -> tuple[Soft, Make]:
    """Choose between the symbol and its mirror image, and level and mask, by the format information.

    The likeliest of the 32 format words is the one that agrees best with the soft values of both of its copies.
    """
    choices = [(level, mask) for level in function_modules.LEVELS for mask in function_modules.MASKS]
    dark = np.array([function_modules.format_bits(level, mask) * 2 for level, mask in choices])
    places = function_modules.format_places(version)
    sides = (soft, soft.T)
    disagreements = np.array([np.where(dark, side.ravel()[places], -side.ravel()[places]).sum(1) for side in sides])
    mirrored, best = np.unravel_index(int(np.argmin(disagreements)), disagreements.shape)
    level, mask = choices[int(best)]
    return sides[int(mirrored)], Make(version, level, mask)


def _parsed(light: Light) -> Symbol | None:
    """Let zxing-cpp correct and parse a clean drawing."""
    drawn = np.pad(light, _QUIET, constant_values=True).repeat(_SCALE, 0).repeat(_SCALE, 1)
    pixels = drawn.astype(np.uint8) * np.uint8(255)
    side = len(pixels)
    symbols = scan(Frame(pixels.tobytes(), side, side, side), PLAIN)
    return symbols[0] if symbols else None


def _with_erasures(light: Light, soft: Soft, make: Make) -> Symbol | None:
    layout = codewords.layout(make)
    places = np.array(layout.modules)
    turned = np.frombuffer(layout.turned, np.uint8).astype(bool)
    stream = np.packbits(~light.ravel()[places] ^ turned)
    sureness = np.abs(soft.ravel()[places]).reshape(-1, 8).min(1)
    restored = _restored(stream.tobytes(), sureness, layout)
    if restored is None:
        return None
    bits = np.unpackbits(np.frombuffer(restored, np.uint8)).astype(bool)
    clean = light.copy()
    clean.ravel()[places] = ~(bits ^ turned)
    return _parsed(clean)


def _restored(stream: bytes, sureness: Soft, layout: Layout) -> bytes | None:
    """Correct every block of a stream of codewords; `None` as soon as one cannot be."""
    restored = bytearray(stream)
    for block in layout.blocks:
        corrected = _corrected(stream, sureness, block)
        if corrected is None:
            return None
        for place, value in zip(block.places, corrected, strict=True):
            restored[place] = value
    return bytes(restored)


def _corrected(stream: bytes, sureness: Soft, block: Block) -> bytes | None:
    values = [stream[place] for place in block.places]
    least_sure = np.argsort(sureness[list(block.places)]).tolist()
    budget = block.checks - _SPARE
    for share in _GIVEN_UP:
        corrected = reed_solomon.corrected(values, block.checks, least_sure[: int(share * budget)], _SPARE)
        if corrected is not None:
            return corrected
    return None
