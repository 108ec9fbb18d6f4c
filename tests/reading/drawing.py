"""Draws the QR symbols that the tests of reading look at."""

from io import BytesIO

import numpy as np
import numpy.typing as npt
import zxingcpp
from PIL import Image

from verifier.frame import Frame

Luma = npt.NDArray[np.uint8]


def symbol(data: bytes, *, level: str = "M", scale: int = 4, quiet: int = 4) -> Luma:
    code = zxingcpp.create_barcode(data, zxingcpp.BarcodeFormat.QRCodeModel2, ec_level=level)
    modules = np.array(code.to_image(scale=1, add_quiet_zones=False), np.uint8)
    bordered = np.pad(modules, quiet, constant_values=255)
    return bordered.repeat(scale, 0).repeat(scale, 1)


def frame(luma: Luma) -> Frame:
    height, width = luma.shape
    return Frame(luma.tobytes(), width, height, width)


def png(luma: npt.NDArray[np.uint8 | np.uint16], form: str = "PNG", **options: int | bool) -> bytes:
    out = BytesIO()
    Image.fromarray(luma).save(out, form, **options)
    return out.getvalue()
