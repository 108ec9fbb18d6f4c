"""Supervision without systemd: starts the parts of a station as processes, and starts again whatever ends."""

import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from verifier.protocol import Part
from verifier.station.events import Event, emit
from verifier.station.loop import Loop

FIRST_PAUSE_SECONDS, LAST_PAUSE_SECONDS = 0.5, 10.0
_STEADY_SECONDS = 30.0  # a part that ran so long starts with the first pause again
_GRACE_SECONDS = 3.0
_LOOK_SECONDS = 0.2


@dataclass(slots=True, eq=False)
class _Run:
    """One part's process, and when it may start again."""

    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    due_at: float = 0.0
    pause: float = field(default=FIRST_PAUSE_SECONDS)


class Supervisor:
    """Keeps one process of each part alive until SIGTERM or SIGINT."""

    def __init__(self, commands: Mapping[Part, Sequence[str]]) -> None:
        self._runs = {part: _Run(command) for part, command in commands.items()}
        self._loop = Loop()

    def run(self) -> None:
        """Start everything, and end everything when told to."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: self._loop.stop())
        self._look()
        self._loop.every(_LOOK_SECONDS, "look", self._look)
        try:
            self._loop.run()
        finally:
            self._end()

    def _look(self) -> None:
        now = time.monotonic()
        for part, run in self._runs.items():
            if run.process is not None and run.process.poll() is not None:
                emit(Event.PART_ENDED, part=part, status=run.process.returncode)
                steady = now - run.started_at > _STEADY_SECONDS
                run.pause = FIRST_PAUSE_SECONDS if steady else min(2 * run.pause, LAST_PAUSE_SECONDS)
                run.process, run.due_at = None, now + (FIRST_PAUSE_SECONDS if steady else run.pause / 2)
            if run.process is None and now >= run.due_at:
                run.process = subprocess.Popen(  # noqa: S603 - our own command
                    run.command, stdin=subprocess.DEVNULL, process_group=0
                )
                run.started_at = now
                emit(Event.PART_STARTED, part=part)

    def _end(self) -> None:
        """End the camera last, so that it wipes its ring after nobody looks any more."""
        alive = [run.process for run in self._runs.values() if run.process is not None]
        for process in alive:
            process.terminate()
        deadline = time.monotonic() + _GRACE_SECONDS
        for process in alive:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
