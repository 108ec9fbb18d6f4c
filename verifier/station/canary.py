"""The canary: the station's test of itself, a symbol that goes through reader and judge like anybody's.

Its issuer's key has the standing `CANARY`, so its answer is `specimen`, never PASS, whoever shows it. That answer
comes after the signature check, so it shows that reading, parsing, the registry and the check of signatures work.
"""

import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files

from trust_registry.model import Algorithm, IssuerKey, Standing
from verifier.devices.ring import FrameRing
from verifier.frame import Frame
from verifier.protocol import Ring
from verifier.station.clock import Clock
from verifier.station.judge import KEY_BYTES, TAG_BYTES, Charge
from verifier.station.loop import Loop
from verifier.station.spares import Mapped, Spares
from verifier.station.trial import Ending, Trial
from verifier.verdict import FormatId, Reason, Verdict

EVERY_SECONDS = 10.0
_AGAIN_SECONDS = 0.25
_PATIENCE_SECONDS = 30.0  # without a spare for so long, something is wrong
_FORMATS = {name.value: name for name in FormatId}
_MODULE_PIXELS, _QUIET_MODULES = 4, 4  # ISO/IEC 18004 section 6.3.8: a quiet zone of four modules


@dataclass(frozen=True, slots=True)
class Canary:
    """The symbol, as text and as rows of modules (`1` dark), and the key that signed it."""

    symbol: bytes
    modules: tuple[str, ...]
    key: IssuerKey

    @property
    def expected(self) -> Verdict:
        """What a working station says to it."""
        return Verdict(Reason.SPECIMEN, self.key.format)


def load() -> Canary:
    """Read the canary that we ship."""
    table = tomllib.loads(files(__package__).joinpath("canary.toml").read_text("utf-8"))
    key = IssuerKey(
        _FORMATS[table["format"]],
        bytes.fromhex(table["key_id"]),
        table["issuer"],
        Algorithm(table["algorithm"]),
        bytes.fromhex(table["public_key"]),
        standing=Standing.CANARY,
    )
    return Canary(table["symbol"].encode(), tuple(table["modules"]), key)


def draw(modules: tuple[str, ...]) -> Frame:
    """Draw modules as luma."""
    margin = "0" * _QUIET_MODULES
    rows = ["0" * (len(modules[0]) + 2 * _QUIET_MODULES)] * _QUIET_MODULES
    luma = bytearray()
    for row in [*rows, *(margin + row + margin for row in modules), *rows]:
        line = b"".join((b"\x00" if module == "1" else b"\xff") * _MODULE_PIXELS for module in row)
        luma += line * _MODULE_PIXELS
    side = (len(modules) + 2 * _QUIET_MODULES) * _MODULE_PIXELS
    return Frame(bytes(luma), side, side, side)


def hold(frame: Frame) -> Mapped:
    """Put the picture into a ring of its own, for readers to map."""
    shape = Ring(1, frame.width, frame.height, frame.stride)
    made = FrameRing(shape)
    made.put(0, frame)
    return Mapped(made.descriptor, shape)


class SelfTest:
    """Shows the canary to a spare set every ten seconds, and tells whether the answer was the expected one."""

    def __init__(
        self, loop: Loop, spares: Spares, clock: Clock, expected: Verdict, on_done: Callable[[bool], None]
    ) -> None:
        self._loop, self._spares, self._clock, self._on_done = loop, spares, clock, on_done
        self._expected = expected
        self._trial: Trial | None = None
        self._waited = 0.0
        loop.after(0, self, self._start)

    def _start(self) -> None:
        spare = self._spares.take(leave=1)
        if spare is None:
            self._wait()
            return
        self._waited = 0.0
        self._trial = Trial(self._loop, self._spares, spare, self)
        self._trial.look(self._trial.canary_slot)
        self._loop.after(EVERY_SECONDS, self, self._start)

    def _wait(self) -> None:
        """Leave the last spare to people."""
        self._waited += _AGAIN_SECONDS
        if self._waited > _PATIENCE_SECONDS:
            self._waited = 0.0
            self._on_done(False)  # noqa: FBT003 - the answer
        self._loop.after(_AGAIN_SECONDS, self, self._start)

    def saw_nothing(self) -> None:
        """Fail: the picture is perfect."""
        if self._trial:
            self._trial.end()
        self._on_done(False)  # noqa: FBT003 - the answer

    def handed_over(self) -> Charge:
        """Charge the judge to judge the canary."""
        behind, ahead = self._clock.margins()
        key, other = os.urandom(KEY_BYTES), os.urandom(KEY_BYTES)
        return Charge(True, behind, ahead, other, os.urandom(TAG_BYTES), key, other)  # noqa: FBT003 - the canary

    def used(self, _mark: bytes, /) -> bool:
        """Say no: the canary is shown again and again."""
        return False

    def ended(self, ending: Ending, /) -> None:
        """Compare."""
        self._on_done(ending.answer is not None and ending.answer.result == self._expected)
