"""Opens a still picture of any kind within bounds: PNG, JPEG or WebP in, a frame of luma out.

Only ever called in the child of `still`: picture libraries are not safe on hostile bytes.
"""

from io import BytesIO

from PIL import Image, UnidentifiedImageError

from verifier import limits
from verifier.frame import Frame
from verifier.reading.refusal import PictureError, Refusal

_FORMATS = ("PNG", "JPEG", "WEBP")
_DEEP_MODES = ("I", "I;16", "I;16B", "I;16L", "F")  # 16 bits to a sample


def opened(data: bytes) -> Frame:
    """Open a picture, its first image where it has several; what is transparent is white.

    Raises `PictureError`.
    """
    try:
        image = Image.open(BytesIO(data), formats=_FORMATS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise PictureError(Refusal.NOT_A_PICTURE) from None
    except Image.DecompressionBombError:
        raise PictureError(Refusal.TOO_LARGE) from None
    if image.width * image.height > limits.PICTURE_PIXELS:
        raise PictureError(Refusal.TOO_LARGE)
    try:
        luma = _luma(image)
    except (OSError, ValueError, SyntaxError):
        raise PictureError(Refusal.DAMAGED) from None
    return Frame(luma.tobytes(), luma.width, luma.height, luma.width)


def _luma(image: Image.Image) -> Image.Image:
    if image.mode in _DEEP_MODES:  # convert() alone would clip at 255
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        shown = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), shown)
    return image.convert("L")
