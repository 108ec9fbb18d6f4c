"""Sessions: who has signed in, in memory only. A restart of the console signs everybody out."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from verifier.console.access import Role, Visitor

IDLE_SECONDS = 900.0
LONGEST_SECONDS = 43_200.0  # half a day: a shift
SESSIONS = 64

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class _Session:
    visitor: Visitor
    began: float
    seen: float


class Sessions:
    """The sessions of one console."""

    def __init__(self, now: Clock) -> None:
        self._now = now
        self._open: dict[str, _Session] = {}

    def begin(self, role: Role, name: str) -> str:
        """Open a session and give its secret; the one that was idle longest makes room."""
        if len(self._open) >= SESSIONS:
            del self._open[min(self._open, key=lambda token: self._open[token].seen)]
        token = secrets.token_urlsafe(32)
        self._open[token] = _Session(Visitor(role, name, secrets.token_urlsafe(32)), self._now(), self._now())
        return token

    def visitor(self, token: str) -> Visitor | None:
        """Say whose session it is, and note that it was used."""
        session = self._open.get(token)
        if session is None:
            return None
        now = self._now()
        if now - session.seen > IDLE_SECONDS or now - session.began > LONGEST_SECONDS:
            del self._open[token]
            return None
        self._open[token] = replace(session, seen=now)
        return session.visitor

    def end(self, token: str) -> None:
        """Close a session."""
        self._open.pop(token, None)
