"""Totals: what whole quarter hours have counted since this console began, for those who watch from afar.

They grow when the station closes a quarter hour and at no other time, so nobody can tell from them when a person came.
"""

from collections.abc import Sequence

from verifier.protocol import BUCKETS, CELLS, Tally


class Totals:
    """Sums of tallies. One that is told again, or told more fully, is not counted twice."""

    def __init__(self) -> None:
        self.counts = [0] * CELLS
        self.reading = [0] * BUCKETS
        self.judging = [0] * BUCKETS
        self._last = Tally(0, (0,) * CELLS, (0,) * BUCKETS, (0,) * BUCKETS)

    def add(self, tally: Tally) -> None:
        """Add what a tally says beyond the last one."""
        last = self._last if tally.since == self._last.since else None
        _grow(self.counts, tally.counts, last.counts if last else None)
        _grow(self.reading, tally.reading, last.reading if last else None)
        _grow(self.judging, tally.judging, last.judging if last else None)
        self._last = tally


def _grow(totals: list[int], told: Sequence[int], before: Sequence[int] | None) -> None:
    for place, count in enumerate(told):
        totals[place] += max(0, count - (before[place] if before else 0))
