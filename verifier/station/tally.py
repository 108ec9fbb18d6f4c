"""The tally: how often each result was given, by quarter hours. No time of a single one, no order, no issuer."""

from dataclasses import replace

from verifier import protocol
from verifier.protocol import BUCKETS, CELLS, LATENCY_EDGES, Tally
from verifier.verdict import Prompt, Verdict

QUARTER_SECONDS = 900
FEW = 10  # a smaller cell could be somebody; it is merged into place 0


class Counter:
    """Counts the running quarter hour; what is read from outside is the last full one."""

    def __init__(self, now: float) -> None:
        self._since = quarter(now)
        self._clear()
        self.full = self._snapshot()

    def count(self, result: Verdict | Prompt, reading: float, judging: float) -> None:
        """Count one result, with its times in seconds. A prompt that says nothing new is not counted."""
        if result is Prompt.SAME_AGAIN:
            return
        self._counts[protocol.code_of(result) >> 8] += 1
        self._reading[_bucket(reading)] += 1
        self._judging[_bucket(judging)] += 1

    def close(self, now: float) -> bool:
        """Close the quarter hour if it is over; say whether it was."""
        if quarter(now) == self._since:
            return False
        self.full = merged(self._snapshot())
        self._since = quarter(now)
        self._clear()
        return True

    def live(self) -> Tally:
        """Give the running counts as they are: for training only, because they tell the moment of each."""
        return self._snapshot()

    def _clear(self) -> None:
        self._counts = [0] * CELLS
        self._reading = [0] * BUCKETS
        self._judging = [0] * BUCKETS

    def _snapshot(self) -> Tally:
        return Tally(self._since, tuple(self._counts), tuple(self._reading), tuple(self._judging))


def quarter(now: float) -> int:
    """Give the start of the quarter hour, in seconds since 1970 UTC."""
    return max(0, int(now // QUARTER_SECONDS) * QUARTER_SECONDS)


def merged(tally: Tally) -> Tally:
    """Merge every small cell into place 0; when what is merged is itself few, nothing is said of it."""
    few = sum(count for count in tally.counts if count < FEW)
    counts = [count if count >= FEW else 0 for count in tally.counts]
    counts[0] = few if few >= FEW else 0
    return replace(tally, counts=tuple(counts), reading=_coarse(tally.reading), judging=_coarse(tally.judging))


def _coarse(histogram: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(count if count >= FEW else 0 for count in histogram)


def _bucket(seconds: float) -> int:
    return sum(seconds * 1_000 > edge for edge in LATENCY_EDGES)
