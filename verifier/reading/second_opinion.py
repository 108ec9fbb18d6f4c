"""The second opinion: pyzbar, which reads some codes that zxing-cpp does not (no quiet zone on a dark ground).

libzbar is not safe on hostile symbols, and slow on some: only ever called in the child of `still`, which may die. A
missing library takes nothing but the second opinion away.
"""

from dataclasses import dataclass

from pyzbar.pyzbar import Decoded, ZBarSymbol, decode

from verifier.frame import Frame
from verifier.reading.scan import Symbol


@dataclass(eq=False, slots=True)
class SecondOpinion:
    """Asks pyzbar, and counts how often it failed on a frame."""

    failures: int = 0

    def read(self, frame: Frame) -> tuple[Symbol, ...]:
        """Give the symbols that hold ASCII alone: pyzbar re-encodes every other payload by guessing."""
        rows = range(0, frame.height * frame.stride, frame.stride)
        pixels = b"".join(frame.luma[start : start + frame.width] for start in rows)
        try:
            found = decode((pixels, frame.width, frame.height), symbols=[ZBarSymbol.QRCODE])
        except ValueError:  # a structured append symbol whose group is incomplete has no orientation that pyzbar knows
            self.failures += 1
            return ()
        return tuple(_symbol(decoded) for decoded in found if decoded.data and decoded.data.isascii())


def _symbol(decoded: Decoded) -> Symbol:
    box = decoded.rect
    left, top, right, bottom = float(box.left), float(box.top), float(box.left + box.width), float(box.top + box.height)
    return Symbol(decoded.data, ((left, top), (right, top), (right, bottom), (left, bottom)), None)
