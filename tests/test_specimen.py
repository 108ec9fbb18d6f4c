"""Training passes: each means what it says, on any day, as a picture too, and none passes a live lane."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from trust_registry.image import open_image
from trust_registry.model import HeldTrust, Standing
from verifier import policies
from verifier.cli import main
from verifier.commands.specimen import REGISTRY, command
from verifier.context import NOT_ASKED, Context, Mode
from verifier.decide import decide
from verifier.instant import Instant
from verifier.specimen.coverage import table
from verifier.specimen.picture import draw
from verifier.specimen.scenarios import Scenario, keys, scenarios
from verifier.specimen.scenarios.scenario import seconds
from verifier.specimen.sd_jwt_vc import IDENTITY
from verifier.verdict import FormatId, Outcome, Reason, Verdict

TODAY = date(2026, 11, 24)
SCENARIOS = scenarios(TODAY)


def judged(scenario: Scenario, today: date = TODAY, mode: Mode = Mode.TRAINING) -> Verdict | None:
    """Judge at nine in the morning of the day that the pass was made for."""
    now = seconds(today, 9)
    trust = HeldTrust(now, keys())
    context = Context(mode, NOT_ASKED, NOT_ASKED, NOT_ASKED, seen_before=False)
    return decide(scenario.symbol, trust, policies.load(scenario.policy), Instant.between(now, now, UTC), context)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_training_station_says_what_the_scenario_expects(scenario: Scenario) -> None:
    assert judged(scenario) == Verdict(scenario.expected, scenario.format)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_live_station_passes_none_of_them(scenario: Scenario) -> None:
    verdict = judged(scenario, mode=Mode.LIVE)
    assert verdict is not None
    assert verdict.outcome is not Outcome.PASS
    if scenario.expected.outcome is Outcome.PASS:
        assert verdict.reason is Reason.SPECIMEN


@settings(max_examples=4, deadline=None)
@given(st.dates(date(2025, 1, 1), date(2040, 12, 31)))
def test_a_demonstration_works_on_any_day(today: date) -> None:
    for scenario in scenarios(today):
        assert judged(scenario, today) == Verdict(scenario.expected, scenario.format), scenario.name


def test_the_same_day_makes_the_same_passes() -> None:
    assert scenarios(TODAY) == SCENARIOS
    assert len({scenario.name for scenario in SCENARIOS}) == len(SCENARIOS)


def test_every_training_key_is_marked_as_a_specimen() -> None:
    assert {key.standing for key in keys()} == {Standing.SPECIMEN}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_picture_reads_back_byte_for_byte(scenario: Scenario, tmp_path: Path) -> None:
    picture = tmp_path / "pass.png"
    picture.write_bytes(draw(scenario.symbol, scenario.story))
    found = zxingcpp.read_barcodes(np.asarray(Image.open(picture)))
    assert [symbol.bytes for symbol in found] == [scenario.symbol]


def test_a_symbol_of_any_bytes_is_drawn_and_one_too_large_is_refused(tmp_path: Path) -> None:
    picture = tmp_path / "bytes.png"
    picture.write_bytes(draw(bytes(range(256)) * 8, "every byte"))
    found = zxingcpp.read_barcodes(np.asarray(Image.open(picture)))
    assert [symbol.bytes for symbol in found] == [bytes(range(256)) * 8]
    with pytest.raises(ValueError, match="larger than a QR code holds"):
        draw(b"\xff" * 3_000, "too large")


def test_the_command_writes_pictures_and_a_registry(tmp_path: Path) -> None:
    folder = tmp_path / "passes"
    done = CliRunner().invoke(command, [str(folder), "--at", "2026-11-24", "--format", "hc1"])
    assert done.exit_code == 0
    names = {scenario.name for scenario in SCENARIOS if scenario.format == "hc1"}
    assert {file.stem for file in folder.glob("*.png")} == names
    assert {line.split()[0] for line in done.stdout.splitlines()} == names
    with closing(open_image(folder / REGISTRY)) as image:
        assert len(list(image.every_key())) == len(keys())
        assert image.as_of == datetime(2026, 11, 24, tzinfo=UTC).timestamp()


def test_the_list_writes_nothing_and_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    listed = CliRunner().invoke(command, ["--list"])
    assert listed.exit_code == 0
    assert "hc1-yellow-fever " in listed.stdout
    blocked = tmp_path / "file"
    blocked.write_text("")
    refused = CliRunner().invoke(command, [str(blocked / "below")])
    assert refused.exit_code == 73
    assert refused.stderr.count("\n") == 1
    assert CliRunner().invoke(main, ["specimen"]).exit_code == 64


def test_the_coverage_page_is_what_the_passes_prove() -> None:
    made = CliRunner().invoke(command, ["--coverage"]).stdout
    page = (Path(__file__).parents[1] / "docs/reference/coverage.md").read_text("utf-8")
    assert page.endswith("\n\n" + made), "write it again with `verifier specimen --coverage`"


@pytest.mark.parametrize("name", policies.names())
def test_every_policy_that_asks_for_no_proof_is_passed_by_some_specimen(name: str) -> None:
    row = next(line for line in table().splitlines() if line.startswith(f"| `{name}` "))
    assert policies.load(name).binding or row.count("`") > 2


@pytest.mark.parametrize(("kind", "reason"), [(IDENTITY, Reason.CLAIM_MET), ("another", Reason.CLAIM_NOT_MET)])
def test_a_policy_may_ask_for_a_type_of_credential(kind: str, reason: Reason) -> None:
    shown = next(scenario for scenario in SCENARIOS if scenario.name == "sd-jwt-vc-over-18")
    now = seconds(TODAY, 9)
    policy = replace(policies.load("age-over-18"), types=frozenset({kind}))
    context = Context(Mode.TRAINING, NOT_ASKED, NOT_ASKED, NOT_ASKED, seen_before=False)
    verdict = decide(shown.symbol, HeldTrust(now, keys()), policy, Instant.between(now, now, UTC), context)
    assert verdict == Verdict(reason, FormatId.SD_JWT_VC)
