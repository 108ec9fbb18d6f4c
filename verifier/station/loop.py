"""The loop of a single-threaded process: it waits for descriptors and for moments, and never for anything else."""

import heapq
import itertools
import selectors
import time
from collections.abc import Callable, Hashable

Callback = Callable[[], None]


class Loop:
    """Calls back when a descriptor can be read and when a time has come. Times are seconds of a steady clock."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._due: dict[Hashable, tuple[float, int, Callback]] = {}
        self._queue: list[tuple[float, int, Hashable]] = []
        self._count = itertools.count()
        self._running = False

    def watch(self, descriptor: int, callback: Callback) -> None:
        """Call back whenever the descriptor can be read."""
        self._selector.register(descriptor, selectors.EVENT_READ, callback)

    def forget(self, descriptor: int) -> None:
        """Stop watching a descriptor, before it is closed."""
        self._selector.unregister(descriptor)

    def after(self, seconds: float, name: Hashable, callback: Callback) -> None:
        """Call back once, in so many seconds; the same name again replaces the earlier wish."""
        entry = (time.monotonic() + seconds, next(self._count))
        self._due[name] = (*entry, callback)
        heapq.heappush(self._queue, (*entry, name))

    def every(self, seconds: float, name: Hashable, callback: Callback) -> None:
        """Call back again and again, first in so many seconds."""

        def again() -> None:
            self.every(seconds, name, callback)
            callback()

        self.after(seconds, name, again)

    def cancel(self, name: Hashable) -> None:
        """Drop the wish of this name, if there is one."""
        self._due.pop(name, None)

    def stop(self) -> None:
        """Return from `run` after the callback at work."""
        self._running = False

    def run(self) -> None:
        """Wait and call back until `stop`."""
        self._running = True
        while self._running:
            ready = self._selector.select(self._next())
            for key, _ in ready:
                if self._selector.get_map().get(key.fd) is key and self._running:  # not forgotten meanwhile
                    key.data()
            self._ring()

    def _next(self) -> float | None:
        """Give the seconds until the next moment that is still wished for."""
        while self._queue and not self._wished(self._queue[0]):
            heapq.heappop(self._queue)
        return max(0.0, self._queue[0][0] - time.monotonic()) if self._queue else None

    def _wished(self, entry: tuple[float, int, Hashable]) -> bool:
        wish = self._due.get(entry[2])
        return wish is not None and wish[1] == entry[1]

    def _ring(self) -> None:
        now = time.monotonic()
        while self._running and self._queue and self._queue[0][0] <= now:
            entry = heapq.heappop(self._queue)
            if self._wished(entry):
                self._due.pop(entry[2])[2]()
