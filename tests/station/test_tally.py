"""The tally: whole quarter hours, and no cell that could be somebody."""

from verifier import protocol
from verifier.station.tally import FEW, QUARTER_SECONDS, Counter, merged
from verifier.verdict import Prompt, Reason, Verdict

START = 1_000 * QUARTER_SECONDS
PASS, FAIL = Verdict(Reason.CLAIM_MET), Verdict(Reason.EXPIRED)


def _cell(result: Verdict | Prompt) -> int:
    return protocol.code_of(result) >> 8


def _count(counter: Counter, result: Verdict | Prompt, times: int) -> None:
    for _ in range(times):
        counter.count(result, 0.004, 0.0015)


def test_what_is_read_changes_at_the_quarter_hour_only() -> None:
    counter = Counter(START + 1.0)
    before = counter.full
    _count(counter, PASS, 50)
    assert not counter.close(START + QUARTER_SECONDS - 0.1)
    assert counter.full == before
    assert counter.close(START + QUARTER_SECONDS)
    assert counter.full.counts[_cell(PASS)] == 50
    assert counter.full.since == START
    assert counter.live().counts[_cell(PASS)] == 0


def test_small_cells_are_merged_and_a_small_rest_is_not_told() -> None:
    counter = Counter(START)
    _count(counter, PASS, FEW)
    _count(counter, FAIL, FEW - 1)
    tally = merged(counter.live())
    assert tally.counts[_cell(PASS)] == FEW
    assert tally.counts[_cell(FAIL)] == 0
    assert tally.counts[0] == 0
    _count(counter, Verdict(Reason.REVOKED), 1)
    assert merged(counter.live()).counts[0] == FEW


def test_a_code_held_in_view_counts_once() -> None:
    counter = Counter(START)
    _count(counter, PASS, 1)
    _count(counter, Prompt.SAME_AGAIN, 30)
    assert sum(counter.live().counts) == 1


def test_times_fall_into_fixed_buckets() -> None:
    counter = Counter(START)
    for seconds in (0.0, 0.002, 0.0021, 1.0, 60.0):
        counter.count(PASS, seconds, seconds)
    assert counter.live().reading == (2, 1, 0, 0, 0, 0, 0, 0, 1, 1)
