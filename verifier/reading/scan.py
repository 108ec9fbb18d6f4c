"""The one call into zxing-cpp: a frame in, its QR symbols out, read or merely found."""

from dataclasses import dataclass, field, replace
from typing import TypeAlias

import zxingcpp

from verifier.frame import Frame
from verifier.reading import structured_append
from verifier.reading.make import Make
from verifier.reading.structured_append import Place

# "QRCode" alone would search Micro QR and rMQR too: slower, and a source of phantoms. No other format is ever enabled.
_FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2])
SMALLEST = 21  # pixels: version 1 has 21 modules, ISO/IEC 18004 section 6.3.1; smaller pictures hold no symbol

_DARK = bytes([1, *[0] * 255])  # of a luma of 0 and 255
_VERSIONS, _MASKS = range(1, 41), range(8)

Point: TypeAlias = tuple[float, float]
Quad: TypeAlias = tuple[Point, Point, Point, Point]  # clockwise from the corner between two others with finders


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to look. All three off is the plain scan: it costs a third of the widest."""

    rotate: bool = False
    downscale: bool = False
    invert: bool = False
    histogram: bool = False  # one threshold for the whole picture in place of a local one


PLAIN = Effort()
WIDE = Effort(rotate=True, downscale=True, invert=True)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR symbol in a frame, its corners in pixels. `data` is empty where it was found but could not be corrected."""

    data: bytes = field(repr=False)
    quad: Quad
    make: Make | None
    place: Place | None = None  # in a message of several symbols

    def scaled(self, factor: float) -> "Symbol":
        """Give the same symbol in a picture that is larger by a factor."""
        first, second, third, fourth = ((x * factor, y * factor) for x, y in self.quad)
        return replace(self, quad=(first, second, third, fourth))

    def lies_on(self, other: "Symbol") -> bool:
        """Say whether its middle lies within the bounds of another."""
        (x0, x1), (y0, y1) = ((min(axis), max(axis)) for axis in zip(*other.quad, strict=True))
        x, y = (sum(axis) / 4 for axis in zip(*self.quad, strict=True))
        return x0 <= x <= x1 and y0 <= y <= y1


def scan(frame: Frame, effort: Effort, *, unread: bool = False) -> tuple[Symbol, ...]:
    """Give the symbols that can be read; with `unread` also those that were found but could not be corrected."""
    if min(frame.width, frame.height) < SMALLEST:
        return ()
    lum = zxingcpp.ImageFormat.Lum
    # any buffer will do, though the stub asks for an array
    view = zxingcpp.ImageView(frame.luma, frame.width, frame.height, lum, frame.stride)  # type: ignore[arg-type]
    binarizer = zxingcpp.Binarizer.GlobalHistogram if effort.histogram else zxingcpp.Binarizer.LocalAverage
    found = zxingcpp.read_barcodes(
        view,
        _FORMATS,
        try_rotate=effort.rotate,
        try_downscale=effort.downscale,
        try_invert=effort.invert,
        binarizer=binarizer,
        return_errors=unread,
    )
    symbols = (_symbol(barcode) for barcode in found)
    return tuple(symbol for symbol in symbols if symbol.data or (unread and symbol.make))


def _symbol(barcode: zxingcpp.Barcode) -> Symbol:
    at = barcode.position
    corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
    first, second, third, fourth = ((float(corner.x), float(corner.y)) for corner in corners)
    data, make = bytes(barcode.bytes) if barcode.valid else b"", _make(barcode.extra)
    place = structured_append.place(_dark(barcode), make) if data and make else None
    return Symbol(data, (first, second, third, fourth), make, place)


def _dark(barcode: zxingcpp.Barcode) -> bytes:
    """Give the modules as they were sampled, errors and all: row by row, 1 where dark."""
    luma = barcode.to_image(scale=1, add_quiet_zones=False)
    # it is a buffer, though the stub does not say so
    return memoryview(luma).tobytes().translate(_DARK)  # type: ignore[arg-type]


def _make(extra: object) -> Make | None:
    """Read what zxing-cpp knows of the make; it knows nothing where the format bits were too damaged."""
    if not isinstance(extra, dict):
        return None
    version, level, mask = extra.get("Version"), extra.get("ECLevel"), extra.get("DataMask")
    if not (isinstance(version, str) and version.isdecimal() and level in ("L", "M", "Q", "H")):
        return None
    if type(mask) is not int or mask not in _MASKS or int(version) not in _VERSIONS:
        return None
    return Make(int(version), str(level), mask)
