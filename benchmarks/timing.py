"""Timing: the median of many calls, in the quietest of a few rounds, since other programs share the machine.

The collector is off, as in a judge, which dies before it would run.
"""

import gc
import statistics
import time
from collections.abc import Callable


def milliseconds(function: Callable[[], object], *, calls: int = 100, rounds: int = 25) -> float:
    """Time one call."""
    gc.disable()
    try:
        return min(_median(function, calls) for _ in range(rounds)) / 1e6
    finally:
        gc.enable()


def _median(function: Callable[[], object], calls: int) -> float:
    times = []
    for _ in range(calls):
        start = time.perf_counter_ns()
        function()
        times.append(time.perf_counter_ns() - start)
    return statistics.median(times)
