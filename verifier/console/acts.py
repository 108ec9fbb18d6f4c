"""What administrators did: one line each, in a file of their own. Officers and holders are in no log."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

SHOWN = 100
BYTES = 1_000_000  # then the file begins anew, and the old one is kept once

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what, when (seconds since 1970 UTC), and what came of it."""

    at: float
    who: str
    what: str
    came: str


class Acts:
    """The log of one console."""

    def __init__(self, path: Path, now: Clock) -> None:
        self._path, self._now = path, now

    def add(self, who: str, what: str, came: str) -> None:
        """Write an act. Raises `OSError`: an act that cannot be written is not to be done."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._path.exists() and self._path.stat().st_size > BYTES:
            self._path.rename(self._path.with_suffix(".old"))
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(Act(self._now(), who, what, came))) + "\n")

    def last(self) -> list[Act]:
        """Give the last acts, newest first."""
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()[-SHOWN:]
        except OSError:
            return []
        return [Act(**json.loads(line)) for line in reversed(lines)]
