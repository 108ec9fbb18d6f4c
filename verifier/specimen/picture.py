"""Pictures of specimens: one QR code on a white sheet, marked as training, as PNG."""

import io

import zxingcpp
from PIL import Image, ImageDraw, ImageFont

_MODULE_PIXELS = 6  # a pixel a module reads too; six survive a phone's screen and a printer
_LEVELS = ("Q", "M", "L")  # as an issuer does: as much error correction as the symbol has room for
_MARGIN = 24
_SIZES = (34, 20)  # of the mark, and of the line below it, in pixels
_INK = 0


def draw(symbol: bytes, caption: str) -> bytes:
    """Draw a symbol over the word TRAINING and a caption, and give the PNG.

    Text is encoded as text, in the alphanumeric mode where its characters allow it, anything else byte for byte.
    """
    code = _code(symbol)
    mark, line = (ImageFont.load_default(size) for size in _SIZES)
    width = max(code.width, round(line.getlength(caption))) + 2 * _MARGIN
    sheet = Image.new("L", (width, code.height + 4 * _MARGIN + sum(_SIZES)), 255)
    sheet.paste(code, ((width - code.width) // 2, _MARGIN))
    pen, middle = ImageDraw.Draw(sheet), width // 2
    pen.text((middle, code.height + 2 * _MARGIN), "TRAINING", fill=_INK, font=mark, anchor="mt")
    pen.text((middle, code.height + 3 * _MARGIN + _SIZES[0]), caption, fill=_INK, font=line, anchor="mt")
    file = io.BytesIO()
    sheet.save(file, "PNG", optimize=True)
    return file.getvalue()


def _code(symbol: bytes) -> Image.Image:
    """Encode at the highest level of error correction with room. Source: ISO/IEC 18004:2015 table 7."""
    content = symbol.decode("ascii") if symbol.isascii() else symbol
    for level in _LEVELS:
        try:
            barcode = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
        except ValueError:
            continue
        return Image.fromarray(barcode.to_image(scale=_MODULE_PIXELS))
    raise ValueError("a symbol larger than a QR code holds")
