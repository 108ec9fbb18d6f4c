"""Frame: one picture of a camera as luma, lent to a reader and never copied."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Frame:
    """Rows of 8-bit luma, 0 black and 255 white: row `y` starts at byte `y * stride` and shows `width` pixels.

    The Y plane of a YUV420 buffer is one as it stands. Raises `ValueError` where the buffer is shorter than its shape.
    """

    luma: memoryview | bytes = field(repr=False)
    width: int
    height: int
    stride: int

    def __post_init__(self) -> None:
        shown = (self.height - 1) * self.stride + self.width
        if self.width < 1 or self.height < 1 or self.stride < self.width or len(self.luma) < shown:
            raise ValueError("a frame needs at least one pixel, and a buffer that holds all of its rows")
