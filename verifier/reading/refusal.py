"""Why a still picture is not read, in one place for the child that finds out and the parent that says so."""

from enum import IntEnum

from verifier import limits


class Refusal(IntEnum):
    """The reasons; each number is also the child's exit status."""

    NOT_OPENED = 65
    NOT_A_PICTURE = 66
    TOO_LARGE = 67
    DAMAGED = 68
    FAILED = 69


_SENTENCES = {
    Refusal.NOT_OPENED: "the file cannot be opened: check its name and permissions",
    Refusal.NOT_A_PICTURE: "not a PNG, JPEG or WebP picture",
    Refusal.TOO_LARGE: (
        f"larger than {limits.PICTURE_PIXELS // 1_000_000} megapixels or {limits.PICTURE_BYTES // 1_000_000} megabytes:"
        " scale it down"
    ),
    Refusal.DAMAGED: "the picture is damaged or cut short",
    Refusal.FAILED: "the reader failed or took too long on this picture: try another one of the same code",
}


class PictureError(Exception):
    """A picture cannot be read. The message is one line for a person, without anything out of the picture."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(_SENTENCES[refusal])
        self.refusal = refusal
