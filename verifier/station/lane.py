"""The lane: one presentation after the other. It moves messages and decides nothing.

The only result that it makes itself is `station.late`. The tag of the presentation before lives ten seconds, so that a
code held in view is judged once.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from verifier.station.clock import Clock
from verifier.station.judge import KEY_BYTES, TAG_BYTES, Charge
from verifier.station.loop import Loop
from verifier.station.spares import Spares
from verifier.station.trial import Ending, Phase, Trial
from verifier.verdict import Outcome, Prompt, Reason, Verdict

LOOK_SECONDS = 5.0  # faces are personal data too: a reader that has seen no symbol for so long ends
KEY_SECONDS = 10.0  # how long the presentation before can be recognised
SAME_SECONDS = 0.1  # a code held in view is looked at no more often
_BUSY_SECONDS = 0.05
_LATE = Verdict(Reason.LATE)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one presentation, with how long its last frame and its judge took, in seconds."""

    result: Verdict | Prompt
    reading: float
    judging: float


@dataclass(frozen=True, slots=True)
class _Last:
    """Recognises the presentation before."""

    key: bytes
    tag: bytes


class Camera(Protocol):
    """What the lane asks of the camera."""

    def want(self) -> bool:
        """Ask for a frame, which comes to `Lane.frame`; say whether there is a camera."""

    def wipe(self) -> None:
        """Have every frame overwritten."""


class Lane:
    """Takes a set, asks for frames until its reader has symbols, and passes its judge's answer on."""

    def __init__(
        self, loop: Loop, spares: Spares, clock: Clock, camera: Camera, on_result: Callable[[Result], None]
    ) -> None:
        self._loop, self._spares, self._clock, self._camera, self._on_result = loop, spares, clock, camera, on_result
        self._trial: Trial | None = None
        self._wanted_at: float | None = None
        self._rests_until = 0.0
        self._key = os.urandom(KEY_BYTES)
        self._last = _unknown()
        self._boot_key = os.urandom(KEY_BYTES)
        self._mark = b""
        self._used: set[bytes] = set()

    @property
    def waited(self) -> float:
        """How long a frame that was asked for has not come, in seconds."""
        return 0.0 if self._wanted_at is None else time.monotonic() - self._wanted_at

    @property
    def judging(self) -> bool:
        """Say whether somebody's code is being judged right now."""
        return self._trial is not None and self._trial.phase is Phase.JUDGING

    def start(self) -> None:
        """Take a set and ask for a frame, unless there is one at work; called whenever a set is ready."""
        if time.monotonic() < self._rests_until:
            return
        if self._trial is None and (spare := self._spares.take()):
            self._trial = Trial(self._loop, self._spares, spare, self)
            self._loop.after(LOOK_SECONDS, self, self._renew)
        self._ask()

    def stop(self) -> None:
        """Let go of the set at work, without a result: the camera or what sets are made from has changed."""
        self._wanted_at = None
        if self._trial is not None:
            self._trial.end()
            self._trial = None

    def frame(self, slot: int) -> None:
        """Take the frame that was asked for."""
        self._wanted_at = None
        if self._trial is not None and self._trial.phase is Phase.WAITING:
            self._trial.look(slot)

    def saw_nothing(self) -> None:
        """Ask for the next frame."""
        self._ask()

    def handed_over(self) -> Charge:
        """Charge the judge, with a new key for this presentation; nobody needs the frames any more."""
        self._camera.wipe()
        self._key = os.urandom(KEY_BYTES)
        behind, ahead = self._clock.margins()
        return Charge(False, behind, ahead, self._last.key, self._last.tag, self._key, self._boot_key)  # noqa: FBT003 - no canary

    def used(self, mark: bytes, /) -> bool:
        """Look the mark up among those that passed since the station started."""
        self._mark = mark
        return mark in self._used

    def ended(self, ending: Ending, /) -> None:
        """Pass the result on, then look for the next."""
        self._trial = None
        if ending.answer is not None:
            self._last = _Last(self._key, ending.answer.tag)
            self._loop.after(KEY_SECONDS, (self, "key"), self._forget)
        if ending.answer is not None or ending.phase is not Phase.WAITING:
            self._pass_on(Result(ending.answer.result if ending.answer else _LATE, ending.reading, ending.judging))
        rest = SAME_SECONDS if ending.answer and ending.answer.result is Prompt.SAME_AGAIN else 0.0
        self._rests_until = time.monotonic() + rest
        self._loop.after(rest, (self, "start"), self.start)

    def _pass_on(self, result: Result) -> None:
        if self._mark and isinstance(result.result, Verdict) and result.result.outcome is Outcome.PASS:
            self._used.add(self._mark)
        self._mark = b""
        self._on_result(result)

    def _ask(self) -> None:
        waiting = self._trial is not None and self._trial.phase is Phase.WAITING
        if waiting and self._wanted_at is None and self._camera.want():
            self._wanted_at = time.monotonic()

    def _renew(self) -> None:
        """End a set that has seen nothing for a while; one at work on a frame gets to finish it."""
        if self._trial is not None and self._trial.phase is not Phase.WAITING:
            self._loop.after(_BUSY_SECONDS, self, self._renew)
            return
        if self._trial is not None:
            self._trial.end()
            self._trial = None
        self._camera.wipe()
        self.start()

    def _forget(self) -> None:
        self._last = _unknown()


def _unknown() -> _Last:
    """Make a key and a tag that recognise nothing."""
    return _Last(os.urandom(KEY_BYTES), os.urandom(TAG_BYTES))
