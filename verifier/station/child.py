"""A one-shot child: forked, caged, waiting for its single job, and gone after it."""

import gc
import os
import signal
from collections.abc import Callable, Collection
from dataclasses import dataclass

from verifier.station import cage, kernel

READY = b"\x01"
_FAULT_STATUS = 70  # sysexits.h: EX_SOFTWARE

Job = Callable[[], None]
Prepare = Callable[[], tuple[Job, Collection[int]]]


@dataclass(frozen=True, slots=True)
class Child:
    """A child as its parent knows it."""

    pid: int

    def kill(self) -> None:
        """End it at once, whatever it does. It may have ended already."""
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    def reaped(self) -> bool:
        """Collect it if it has ended; say whether it has. Never waits."""
        try:
            return os.waitpid(self.pid, os.WNOHANG)[0] == self.pid
        except ChildProcessError:
            return True


def fork(prepare: Prepare, ready: int, bounds: cage.Bounds) -> Child:
    """Fork a child that prepares, closes its cage, writes `READY` on a descriptor, and does the job.

    `prepare` runs in the child, before the cage: there it opens and maps what it needs, and names the descriptors to
    keep. Whatever goes wrong in the child ends it, silently: an exception's text may hold a presentation.
    """
    pid = os.fork()
    if pid == 0:
        _live(prepare, ready, bounds)
    return Child(pid)


def _live(prepare: Prepare, ready: int, bounds: cage.Bounds) -> None:
    status = _FAULT_STATUS
    try:
        kernel.die_with_parent(signal.SIGKILL)
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        gc.disable()
        job, keep = prepare()
        cage.close({ready, *keep}, bounds)
        os.write(ready, READY)
        job()
        status = 0
    finally:
        os._exit(status)
