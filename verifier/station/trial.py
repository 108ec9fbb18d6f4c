"""A trial: one set of children at work on one presentation, as the zygote sees it.

It holds no frame and no payload: a slot number goes to the reader, two bytes and a keyed tag come from the judge.
"""

import socket
import time
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from verifier import limits
from verifier.station import judge, reader
from verifier.station.judge import Answer, Charge
from verifier.station.loop import Loop
from verifier.station.spares import Spares, SpareSet, receive, tell

FRAME_SECONDS = 1.0  # a reader that has not done with a frame by then never will be


class Phase(Enum):
    """How far the presentation has come."""

    WAITING = auto()  # for a frame
    LOOKING = auto()  # the reader is at a frame
    JUDGING = auto()  # the judge has the bytes


@dataclass(frozen=True, slots=True)
class Ending:
    """How a trial ended: `answer` is `None` where a child failed or was late. Times are in seconds."""

    phase: Phase
    answer: Answer | None
    reading: float
    judging: float


class Owner(Protocol):
    """Whoever holds a trial."""

    def saw_nothing(self) -> None:
        """Hear that the frame showed no symbol."""

    def handed_over(self) -> Charge:
        """Hear that the judge has symbols, and charge it."""

    def used(self, mark: bytes, /) -> bool:
        """Say whether a credential with this mark was used up."""

    def ended(self, ending: Ending, /) -> None:
        """Hear the end; both children are gone."""


class Trial:
    """Runs one set of children to its end."""

    def __init__(self, loop: Loop, spares: Spares, spare: SpareSet, owner: Owner) -> None:
        self._loop, self._spares, self._spare, self._owner = loop, spares, spare, owner
        self._given_at = self._handed_at = 0.0
        self._watched: set[socket.socket] = {spare.reader, spare.judge}
        self.phase = Phase.WAITING
        loop.watch(spare.reader.fileno(), self._heard_reader)
        loop.watch(spare.judge.fileno(), self._heard_judge)

    @property
    def canary_slot(self) -> int:
        """The slot with the station's own picture."""
        return self._spare.recipe.canary_slot

    def look(self, slot: int) -> None:
        """Give the reader a frame."""
        self.phase, self._given_at = Phase.LOOKING, time.monotonic()
        tell(self._spare.reader, bytes([slot]))
        self._loop.after(FRAME_SECONDS, self, self._fail)

    def end(self) -> None:
        """End both children."""
        self._loop.cancel(self)
        for end in [*self._watched]:
            self._ignore(end)
        self._spares.bury(self._spare)

    def _ignore(self, end: socket.socket) -> None:
        self._watched.remove(end)
        self._loop.forget(end.fileno())

    def _heard_reader(self) -> None:
        message = receive(self._spare.reader)
        if message is None:
            return
        if self.phase is Phase.LOOKING and message == reader.SAW_NOTHING:
            self.phase = Phase.WAITING
            self._loop.cancel(self)
            self._owner.saw_nothing()
        elif self.phase is Phase.LOOKING and message == reader.HANDED_OVER:
            self._ignore(self._spare.reader)  # its job is done; let it die
            self.phase, self._handed_at = Phase.JUDGING, time.monotonic()
            tell(self._spare.judge, self._owner.handed_over().pack())
            self._loop.after(limits.JUDGE_SECONDS, self, self._fail)
        else:  # dead, or not itself any more
            self._fail()

    def _heard_judge(self) -> None:
        message = receive(self._spare.judge)
        if message is None:
            return
        if self.phase is Phase.JUDGING and judge.is_mark(message):
            tell(self._spare.judge, judge.SEEN if self._owner.used(message) else judge.UNSEEN)
        elif self.phase is Phase.JUDGING:
            self._finish(judge.read_answer(message))
        else:  # it cannot have anything to say
            self._fail()

    def _fail(self) -> None:
        self._finish(None)

    def _finish(self, answer: Answer | None) -> None:
        ending = Ending(self.phase, answer, self._handed_at - self._given_at, time.monotonic() - self._handed_at)
        self.end()
        self._owner.ended(ending)
