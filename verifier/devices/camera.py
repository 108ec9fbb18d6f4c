"""Camera: what the station asks of anything that makes frames."""

from collections.abc import Iterator
from typing import Protocol

from verifier.frame import Frame


class Camera(Protocol):
    """A device that makes frames at its own pace until it is closed or has no more."""

    def frames(self) -> Iterator[Frame]:
        """Give one frame after the other. A frame's buffer is the caller's until the next frame is asked for.

        Raises `DeviceError` when the device fails.
        """

    def close(self) -> None:
        """Let go of the device."""


class DeviceError(Exception):
    """A device cannot be used: the message says which, why, and what to do next."""
