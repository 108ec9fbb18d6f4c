"""The board: what the station last said. The feed writes it, the pages read it, and nothing of it reaches a disk."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from verifier.console.totals import Totals
from verifier.protocol import Record, Shown, State, Tally

LISTENERS = 256  # screens of one station; each costs a task and a socket
SHOWN_SECONDS = 1.0  # a verdict that a slow listener could not take in this time belongs to a person who has gone
DAY_QUARTERS = 96
REASON_SECONDS = 120.0  # a supervisor walks to the box in this time


class Full(Exception):  # noqa: N818 (it is no error of ours)
    """As many listeners as the board serves are there already."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The station does not answer."""


Clock = Callable[[], float]  # seconds that never run backwards
Change = State | Shown | Tally | Lost
_KINDS: tuple[type[Record], ...] = (State, Shown, Tally)


class Board:
    """The last record of each kind, and a way to wait for the next.

    A listener is given the newest only: there is no queue, so a slow one costs nothing and is shown nothing old.
    """

    def __init__(self, now: Clock) -> None:
        self._now = now
        self.state: State | None = None
        self.tally: Tally | None = None
        self.day: deque[Tally] = deque(maxlen=DAY_QUARTERS)  # the last of each quarter hour, oldest first
        self.totals = Totals()
        self.listeners = 0
        self._shown: Shown | None = None
        self._shown_at = 0.0
        self._serial: dict[type[Record], int] = dict.fromkeys(_KINDS, 0)
        self._changed = asyncio.Event()

    def put(self, record: Record) -> None:
        """Take what the station says; records that are no news for a page are left alone."""
        match record:
            case State():
                self.state = record
            case Shown():
                self._shown, self._shown_at = record, self._now()
            case Tally():
                self.tally = record
                if self.day and self.day[-1].since == record.since:
                    self.day.pop()
                self.day.append(record)
                if self.state and not self.state.training:
                    self.totals.add(record)
            case _:
                return
        self._ring(type(record))

    def lose(self) -> None:
        """Forget everything: the station has gone, and an old word of it would be a lie."""
        self.state = self.tally = self._shown = None
        self._ring(State)

    def last_shown(self) -> Shown | None:
        """Give the result of the scan just made, for as long as a supervisor may need it."""
        return self._shown if self._now() - self._shown_at < REASON_SECONDS else None

    async def listen(self) -> AsyncGenerator[Change]:
        """Give what the station says, newest first served, beginning with its state.

        Raises `Full`.
        """
        if self.listeners >= LISTENERS:
            raise Full
        self.listeners += 1
        try:
            seen = self._serial | {State: -1, Tally: -1}
            while True:
                changed = self._changed
                if change := self._next(seen):
                    yield change
                else:
                    await changed.wait()
        finally:
            self.listeners -= 1

    def _next(self, seen: dict[type[Record], int]) -> Change | None:
        """Give one thing that the listener has not seen, and note it as seen."""
        current = {State: self.state or Lost(), Shown: self._fresh(), Tally: self.tally}
        for kind, change in current.items():
            if seen[kind] != self._serial[kind]:
                seen[kind] = self._serial[kind]
                if change:
                    return change
        return None

    def _fresh(self) -> Shown | None:
        return self._shown if self._now() - self._shown_at < SHOWN_SECONDS else None

    def _ring(self, kind: type[Record]) -> None:
        self._serial[kind] += 1
        self._changed.set()
        self._changed = asyncio.Event()
