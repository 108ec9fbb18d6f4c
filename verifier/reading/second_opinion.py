"""The second opinion: pyzbar, which reads some codes that zxing-cpp does not (no quiet zone on a dark ground).

libzbar is not safe on hostile symbols: only ever called in a process that may die, a caged reader child or the child of
`still`. A missing library takes nothing but the second opinion away.
"""

from dataclasses import dataclass

from pyzbar.pyzbar import ZBarSymbol, decode

from verifier.frame import Frame


@dataclass(eq=False, slots=True)
class SecondOpinion:
    """Asks pyzbar, and counts how often it failed on a frame."""

    failures: int = 0

    def read(self, frame: Frame) -> tuple[bytes, ...]:
        """Give the bytes of the symbols that hold ASCII alone: pyzbar re-encodes every other payload by guessing."""
        rows = range(0, frame.height * frame.stride, frame.stride)
        pixels = b"".join(frame.luma[start : start + frame.width] for start in rows)
        try:
            found = decode((pixels, frame.width, frame.height), symbols=[ZBarSymbol.QRCODE])
        except ValueError:  # a structured append symbol whose group is incomplete has no orientation that pyzbar knows
            self.failures += 1
            return ()
        return tuple(symbol.data for symbol in found if symbol.data and symbol.data.isascii())
