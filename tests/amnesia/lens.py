"""The world in front of the camera: shared memory that the proof draws on and the station's own camera sees."""

import mmap
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.amnesia.people import HEIGHT, WIDTH
from verifier.frame import Frame
from verifier.station import camera
from verifier.station.link import reach

BYTES = WIDTH * HEIGHT
EMPTY = b"\xeb" * BYTES
_PAUSE_SECONDS = 0.004


class Lens:
    """The proof's side: what is held up, and taken away again."""

    def __init__(self) -> None:
        self.descriptor = os.memfd_create("lens", 0)
        os.ftruncate(self.descriptor, BYTES)
        self._map = mmap.mmap(self.descriptor, BYTES)
        self.clear()

    def hold(self, frame: Frame) -> None:
        """Hold something up."""
        self._map[:] = bytes(frame.luma)

    def clear(self) -> None:
        """Show an empty lane."""
        self._map[:] = EMPTY


class LensCamera:
    """A camera that sees what is held up."""

    def __init__(self, descriptor: int) -> None:
        self._seen = memoryview(mmap.mmap(descriptor, BYTES, prot=mmap.PROT_READ))

    def frames(self) -> Iterator[Frame]:
        """See the lane as it is, again and again."""
        while True:
            yield Frame(self._seen, WIDTH, HEIGHT, WIDTH)
            time.sleep(_PAUSE_SECONDS)

    def close(self) -> None:
        """Let go of nothing."""


if __name__ == "__main__":
    camera.run(LensCamera(int(sys.argv[1])), reach(Path(sys.argv[2]) / "camera.sock"))
