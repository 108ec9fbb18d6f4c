"""The reader child: looks at frames until it has read symbols, hands their bytes to its judge, and dies.

It knows no key, policy or verdict. What it tells the zygote is one of two bytes.
"""

import os
import time
from collections.abc import Sequence

from verifier.frame import Frame
from verifier.reading.quick import QuickReader
from verifier.station import handover

SAW_NOTHING = b"\x02"
HANDED_OVER = b"\x03"


def job(control: int, judge: int, frames: Sequence[Frame]) -> None:
    """Answer each slot number on the control socket; end at its end, or once symbols were handed to the judge."""
    reader = QuickReader()
    while slot := os.read(control, 1):
        symbols = reader.read(frames[slot[0]], time.monotonic())
        if symbols:
            os.write(judge, handover.pack(symbols))
            os.write(control, HANDED_OVER)
            return
        os.write(control, SAW_NOTHING)
