"""A station as a test holds it: the test is its camera, its lamp and its console."""

import select
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from tests.reading import drawing
from verifier.devices.ring import FrameRing
from verifier.frame import Frame
from verifier.protocol import Frame as FrameRecord
from verifier.protocol import Hello, Order, Part, Record, Reply, Ring, Shown, State, Want, Wipe
from verifier.station.link import reach
from verifier.verdict import Prompt, Verdict

SIDE = 400
PATIENCE_SECONDS = 10.0
EMPTY = Frame(bytes([255]) * (SIDE * SIDE), SIDE, SIDE, SIDE)


def picture(data: bytes) -> Frame:
    """Draw a symbol as a camera would see it at its best."""
    scene = np.full((SIDE, SIDE), 255, np.uint8)
    drawn = drawing.symbol(data, level="L", scale=3)
    scene[8 : 8 + drawn.shape[0], 8 : 8 + drawn.shape[1]] = drawn
    return drawing.frame(scene)


class HeldStation:
    """Connects as camera and console."""

    def __init__(self, pid: int, runtime: Path) -> None:
        self.pid = pid
        self.console = reach(runtime / "console.sock")
        self.console.wait(PATIENCE_SECONDS)
        self.console.send(Hello(Part.CONSOLE))
        self._ring = FrameRing(Ring(2, SIDE, SIDE, SIDE))
        self.camera = reach(runtime / "camera.sock")
        self.camera.wait(PATIENCE_SECONDS)
        self.wipes = 0
        self._pending: Want | None = None  # a frame that is wanted and was not given yet

    def open_eye(self) -> None:
        """Hand the ring over."""
        self.camera.send(Hello(Part.CAMERA))
        self.camera.send(self._ring.shape, self._ring.descriptor)

    def hold(self, frame: Frame) -> None:
        """Give the frame when one is wanted."""
        while self._pending is None:
            self._wanted()
        reader, self._pending = self._pending.reader, None
        self._ring.put(0, frame)
        self.camera.send(FrameRecord(reader, 0))

    def result(self) -> Verdict | Prompt:
        """Wait for the next result."""
        shown = self.hear(lambda record: isinstance(record, Shown))
        assert isinstance(shown, Shown)
        return shown.result

    def judged(self, frame: Frame) -> Verdict | Prompt:
        """Give the frame whenever one is wanted, until there is a result that says something new."""
        while True:
            ready, _, _ = select.select([self.console.fileno(), self.camera.fileno()], [], [], PATIENCE_SECONDS)
            if self.console.fileno() in ready:
                record = self.console.receive()
                if isinstance(record, Shown) and record.result is not Prompt.SAME_AGAIN:
                    return record.result
            elif ready:
                self.hold(frame)
            else:
                raise TimeoutError

    def seen(self, frame: Frame) -> Verdict | Prompt | None:
        """Give the frame once; its result, or `None` when the next frame is wanted without one."""
        self.hold(frame)
        while True:
            ready, _, _ = select.select([self.console.fileno(), self.camera.fileno()], [], [], PATIENCE_SECONDS)
            if self.console.fileno() in ready:
                record = self.console.receive()
                if isinstance(record, Shown):
                    return record.result
            elif not ready:
                raise TimeoutError
            elif self._wanted():
                return None

    def _wanted(self) -> bool:
        """Take what the camera is told; a wish stays for the next frame."""
        record = self.camera.receive()
        if isinstance(record, Wipe):
            self._ring.wipe()
            self.wipes += 1
        self._pending = record if isinstance(record, Want) else None
        return self._pending is not None

    def order(self, order: Order) -> Reply:
        """Give an order and hear what comes of it."""
        self.console.send(order)
        reply = self.hear(lambda record: isinstance(record, Reply))
        assert isinstance(reply, Reply)
        return reply

    def state(self, holds: Callable[[State], bool]) -> State:
        """Wait for a state in which something holds."""
        found = self.hear(lambda record: isinstance(record, State) and holds(record))
        assert isinstance(found, State)
        return found

    def hear(self, wanted: Callable[[Record], bool]) -> Record:
        """Wait for a record on the console's link."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            record = self.console.receive()
            if record is not None and wanted(record):
                return record
        raise TimeoutError

    def close(self) -> None:
        """Let go of both links and the ring."""
        self.console.close()
        self.camera.close()
        self._ring.close()


Start = Callable[[], HeldStation]
