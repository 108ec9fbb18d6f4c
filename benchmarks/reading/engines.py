"""One face for every engine: a frame in, the symbols that it reads out."""

from collections.abc import Callable

import zxingcpp
from pyzbar import pyzbar

from verifier.frame import Frame
from verifier.reading import ladder
from verifier.reading.quick import QuickReader
from verifier.reading.scan import Symbol

Engine = Callable[[Frame], tuple[Symbol, ...]]


def zbar_everything(frame: Frame) -> tuple[Symbol, ...]:
    """Run pyzbar with its defaults, as most self-built gates do."""
    return _zbar(frame, None)


def zbar(frame: Frame) -> tuple[Symbol, ...]:
    """Run pyzbar for QR alone."""
    return _zbar(frame, [pyzbar.ZBarSymbol.QRCODE])


def zxing(frame: Frame) -> tuple[Symbol, ...]:
    """Run zxing-cpp for QR alone, its other settings at their defaults."""
    lum = zxingcpp.ImageFormat.Lum
    view = zxingcpp.ImageView(frame.luma, frame.width, frame.height, lum, frame.stride)  # type: ignore[arg-type]
    found = zxingcpp.read_barcodes(view, zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    return tuple(_symbol(one.bytes, [(p.x, p.y) for p in _corners(one.position)]) for one in found)


def quick(frame: Frame) -> tuple[Symbol, ...]:
    """Run our quick reader on a frame by itself, both of its looks."""
    reader = QuickReader()
    read = reader.read(frame, 0.0) or reader.read(frame, 0.1)
    return tuple(_symbol(data, [(0.0, 0.0)] * 4) for data in read)


def ours(frame: Frame) -> tuple[Symbol, ...]:
    """Run everything that we have on one picture: ladder, rescue and second opinion."""
    return tuple(ladder.climb(frame))


ENGINES: dict[str, Engine] = {
    "pyzbar, all formats": zbar_everything,
    "pyzbar": zbar,
    "zxing-cpp": zxing,
    "quick reader": quick,
    "ladder and rescue": ours,
}


def _zbar(frame: Frame, kinds: list[pyzbar.ZBarSymbol] | None) -> tuple[Symbol, ...]:
    rows = range(0, frame.height * frame.stride, frame.stride)
    pixels = b"".join(frame.luma[start : start + frame.width] for start in rows)
    try:
        found = pyzbar.decode((pixels, frame.width, frame.height), symbols=kinds)
    except ValueError:
        return ()
    return tuple(_symbol(one.data, [(p.x, p.y) for p in one.polygon]) for one in found if one.type == "QRCODE")


def _corners(at: zxingcpp.Position) -> tuple[zxingcpp.Point, ...]:
    return (at.top_left, at.top_right, at.bottom_right, at.bottom_left)


def _symbol(data: bytes, points: list[tuple[float, float]]) -> Symbol:
    """Keep the middle of whatever polygon an engine gives."""
    x, y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    return Symbol(data, ((x, y),) * 4, None)
