"""Metrics: the condition of a station and its quarter hours, in OpenMetrics text. Source: OpenMetrics 1.0."""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import CollectorRegistry

from verifier.console.board import Board
from verifier.console.lane import Lane
from verifier.console.totals import Totals
from verifier.protocol import LATENCY_EDGES, ClockQuality, Readiness, State, Trouble
from verifier.verdict import Reason
from verifier.words import key

MEDIA = CONTENT_TYPE_LATEST
NAME = "credential_gate"


def exposition(lane: Lane, board: Board) -> bytes:
    """Write all metrics; a station that is lost has no condition to tell."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Told(lambda: _all(lane, board)))
    # the library leaves its writer untyped
    written: bytes = generate_latest(registry)  # type: ignore[no-untyped-call]
    return written


class _Told:
    """What the library calls a collector: it asks once, for everything."""

    def __init__(self, tell: Callable[[], Iterator[Metric]]) -> None:
        self._tell = tell

    def collect(self) -> Iterator[Metric]:
        """Tell the metrics."""
        return self._tell()


def _all(lane: Lane, board: Board) -> Iterator[Metric]:
    yield _gauge("up", "Whether the station answers its console.", float(board.state is not None))
    yield from _results(board.totals)
    if board.state:
        yield from _condition(board.state, lane)


def _results(totals: Totals) -> Iterator[Metric]:
    results = CounterMetricFamily(f"{NAME}_results", "Results of whole quarter hours.", labels=("reason", "outcome"))
    for reason in Reason:
        results.add_metric((reason.value, reason.outcome.value), totals.counts[reason.number])
    results.add_metric(("merged", "merged"), totals.counts[0])
    yield results
    yield _histogram("reading_seconds", "Time from a frame to a symbol.", totals.reading)
    yield _histogram("judging_seconds", "Time from a symbol to a verdict.", totals.judging)


def _condition(state: State, lane: Lane) -> Iterator[Metric]:
    yield _states("readiness", "How ready the lane is.", {key(one): state.readiness is one for one in Readiness})
    yield _states("trouble", "What needs attention.", {key(one): one in state.troubles for one in Trouble})
    yield _states(
        "clock_quality", "How far the clock is believed.", {key(one): state.clock is one for one in ClockQuality}
    )
    yield _gauge("training", "Whether specimens are judged as real ones.", float(state.training))
    yield _gauge("clock_uncertainty_seconds", "How far the clock may be off.", state.uncertainty_seconds)
    yield _gauge("registry_generation", "The generation of the registry.", float(state.generation))
    yield _gauge("registry_as_of_seconds", "When the registry was last known to be current.", state.as_of)
    if state.policy < len(lane.policies):
        asked = lane.policies[state.policy]
        yield InfoMetricFamily(
            f"{NAME}_policy", "What the lane asks.", {"policy": asked.name, "version": asked.version}
        )


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(f"{NAME}_{name}", says, value=value)


def _states(name: str, says: str, states: dict[str, bool]) -> Metric:
    family = GaugeMetricFamily(f"{NAME}_{name}", says, labels=(name,))
    for state, holds in states.items():
        family.add_metric((state,), float(holds))
    return family


def _histogram(name: str, says: str, counts: Sequence[int]) -> Metric:
    edges = [*(f"{edge / 1_000}" for edge in LATENCY_EDGES), "+Inf"]
    family = HistogramMetricFamily(f"{NAME}_{name}", says)
    family.add_metric((), list(zip(edges, map(float, accumulate(counts)), strict=True)), sum_value=None)
    return family
