"""The interface for programs: what it says, what it does not, and that its description is true."""

import json
import re
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from tests.console.station import READY, TRAINING, Station, desk, lane, tally
from verifier.console import metrics
from verifier.console.app import build
from verifier.console.board import Board
from verifier.console.totals import Totals
from verifier.protocol import Readiness, Record, Tally, Trouble

DOCS = Path(__file__).parents[2] / "docs"
OPENAPI = DOCS / "reference" / "openapi.json"


def read(*records: Record) -> dict[str, float]:
    """Give every sample of the metrics, by name and label."""
    board = Board(lambda: 0.0)
    for record in records:
        board.put(record)
    written = metrics.exposition(lane(), board).decode()
    families = text_string_to_metric_families(written)  # type: ignore[no-untyped-call]  # the library's
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in families
        for sample in family.samples
    }


def test_a_ready_station_is_healthy_and_a_closed_one_is_not(console: str, station: Station) -> None:
    def health() -> tuple[int, object]:
        answer = httpx.get(f"{console}/healthz")
        return answer.status_code, answer.json()

    while health() != (200, {"ready": True}):
        pass
    station.say(replace(READY, readiness=Readiness.NOT_READY))
    while health() != (503, {"ready": False}):
        pass


def test_the_condition_is_told_in_public_codes(console: str) -> None:
    while (answer := httpx.get(f"{console}/api/v1/station")).status_code == 503:
        assert answer.json() == {"error": "lost"}
    assert answer.json() == {
        "lane": "3",
        "readiness": "ready",
        "troubles": [],
        "training": False,
        "policy": "yellow-fever",
        "generation": 7,
        "as_of": READY.as_of,
        "clock": "proved",
        "uncertainty_seconds": 0.5,
    }


def test_metrics_tell_the_condition() -> None:
    told = read(replace(READY, readiness=Readiness.DEGRADED, troubles=frozenset({Trouble.HOT})))
    assert told["credential_gate_up"] == 1
    assert told["credential_gate_readiness degraded"] == 1
    assert told["credential_gate_readiness ready"] == 0
    assert told["credential_gate_trouble hot"] == 1
    assert told["credential_gate_policy_info yellow-fever 1"] == 1
    assert told["credential_gate_registry_as_of_seconds"] == READY.as_of


def test_a_lost_station_tells_no_condition() -> None:
    assert not any("readiness" in name for name in read())
    assert read()["credential_gate_up"] == 0


def test_counts_grow_by_whole_quarters_and_are_never_counted_twice() -> None:
    first = tally(CLAIM_MET=20, EXPIRED=10)
    later = replace(tally(CLAIM_MET=30), since=first.since + 900)
    told = read(READY, tally(), first, first, later, later)
    assert told["credential_gate_results_total pass claim.met"] == 50
    assert told["credential_gate_results_total fail time.expired"] == 10


def test_a_training_exports_no_count_at_all() -> None:
    assert read(TRAINING, tally(CLAIM_MET=20))["credential_gate_results_total pass claim.met"] == 0


def test_latencies_are_histograms_in_seconds() -> None:
    empty = tally()
    slow = Tally(empty.since, empty.counts, (0, 10, 0, 0, 0, 0, 0, 0, 0, 20), empty.judging)
    told = read(READY, slow)
    assert told["credential_gate_reading_seconds_bucket 0.005"] == 10
    assert told["credential_gate_reading_seconds_bucket +Inf"] == 30


def test_totals_never_shrink() -> None:
    totals = Totals()
    totals.add(tally(CLAIM_MET=20))
    totals.add(tally(CLAIM_MET=10))
    assert totals.counts[1] == 20


def test_the_description_in_the_documentation_is_the_one_that_the_routes_give(tmp_path: Path) -> None:
    described = build(desk(tmp_path / "c.sock")).openapi()
    assert json.loads(OPENAPI.read_text(encoding="utf-8")) == json.loads(json.dumps(described))


@pytest.mark.parametrize(
    "page", ["reference/console.md", "how-to/monitoring/alerts.yml", "how-to/monitoring/dashboard.json"]
)
def test_the_documentation_names_metrics_that_there_are(page: str) -> None:
    told = {name.partition(" ")[0] for name in read(READY, tally(CLAIM_MET=20))}
    named = set(re.findall(r"credential_gate_[a-z_]+", (DOCS / page).read_text(encoding="utf-8")))
    assert {name for name in named if name not in told and f"{name}_bucket" not in told} == set()
    if page.endswith("console.md"):
        assert {name.removesuffix("_bucket") for name in told} == named
