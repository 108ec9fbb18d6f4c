"""A folder of pictures as a camera: each is held still for a moment, with an empty scene before it."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from verifier import limits
from verifier.devices.camera import DeviceError
from verifier.frame import Frame

_KINDS = ("PNG", "JPEG", "WEBP")
_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")
_SHOWN_SECONDS, _EMPTY_SECONDS = 1.0, 0.5
_EMPTY = 128


def pictures(folder: Path) -> tuple[Path, ...]:
    """Name the pictures of a folder, in the order of their names.

    Raises `DeviceError` when there is none.
    """
    found = tuple(sorted(path for path in folder.glob("*") if path.suffix.lower() in _SUFFIXES))
    if not found:
        raise DeviceError(f"{folder}: holds no picture (PNG, JPEG or WebP) to show")
    return found


@dataclass(frozen=True, slots=True)
class FolderCamera:
    """Shows pictures in turn, for ever, scaled down to fit; a file that is no picture is an empty scene."""

    paths: tuple[Path, ...]
    width: int
    height: int
    frames_per_second: float

    def frames(self) -> Iterator[Frame]:
        """Give one frame after the other, at the camera's pace."""
        for path in cycle(self.paths):
            yield from self._held(bytes([_EMPTY]) * (self.width * self.height), _EMPTY_SECONDS)
            yield from self._held(self._luma(path), _SHOWN_SECONDS)

    def close(self) -> None:
        """Let go of nothing: there is no device."""

    def _held(self, luma: bytes, seconds: float) -> Iterator[Frame]:
        frame = Frame(luma, self.width, self.height, self.width)
        for _ in range(max(1, round(seconds * self.frames_per_second))):
            yield frame
            time.sleep(1 / self.frames_per_second)

    def _luma(self, path: Path) -> bytes:
        """Draw the picture in the middle of an empty scene."""
        scene = Image.new("L", (self.width, self.height), _EMPTY)
        try:
            with Image.open(path, formats=_KINDS) as picture:
                if picture.width * picture.height <= limits.PICTURE_PIXELS:
                    shown = picture.convert("L")
                    shown.thumbnail((self.width, self.height))
                    scene.paste(shown, ((self.width - shown.width) // 2, (self.height - shown.height) // 2))
        except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
            return scene.tobytes()
        return scene.tobytes()
