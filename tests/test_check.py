"""`verifier check` as people run it: the outcome for every kind of input, and nothing out of a presentation."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from trust_registry.build import Content, build
from verifier.cli import main
from verifier.commands.check import command
from verifier.specimen.picture import draw
from verifier.specimen.scenarios import Scenario, issuers, keys, scenarios
from verifier.specimen.scenarios.scenario import seconds
from verifier.verdict import Outcome

TODAY = date(2026, 11, 24)
AT = "2026-11-24T09:00:00Z"
SCENARIOS = {scenario.name: scenario for scenario in scenarios(TODAY)}
PROGRAM = Path(sys.executable).with_name("verifier")
STATUS = {Outcome.PASS: 0, Outcome.FAIL: 1, Outcome.UNSURE: 2}


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    image = tmp_path_factory.mktemp("registry") / "registry.sqlite"
    build(image, Content(seconds(TODAY), generation=1, keys=keys(), issuers=issuers()))
    return image


def check(registry: Path, *arguments: str | Path, text: Iterable[bytes] = ()) -> Result:
    given = ["--registry", str(registry), "--at", AT, "--training", *map(str, arguments)]
    return CliRunner().invoke(command, given, input=b"\n".join(text))


def picture(folder: Path, *names: str) -> Path:
    """Draw passes side by side in one picture."""
    sheets = []
    for name in names:
        file = folder / f"{name}.png"
        file.write_bytes(draw(SCENARIOS[name].symbol, SCENARIOS[name].story))
        sheets.append(Image.open(file))
    together = Image.new("L", (sum(sheet.width for sheet in sheets), max(sheet.height for sheet in sheets)), 255)
    left = 0
    for sheet in sheets:
        together.paste(sheet, (left, 0))
        left += sheet.width
    target = folder / f"{'-and-'.join(names)}.png"
    together.save(target)
    return target


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=lambda scenario: scenario.name)
def test_every_training_pass_as_text(scenario: Scenario, registry: Path) -> None:
    if not scenario.symbol.isascii():
        pytest.skip("no text")
    done = check(registry, "--text", "--json", "--policy", scenario.policy, text=[scenario.symbol])
    said = json.loads(done.stdout)
    assert (said["input"], said["reason"], said["format"]) == ("line 1", scenario.expected, scenario.format)
    assert said["outcome"] == scenario.expected.outcome
    assert done.exit_code == STATUS[scenario.expected.outcome]


def test_a_picture_is_judged_in_words(registry: Path, tmp_path: Path) -> None:
    file = picture(tmp_path, "hc1-yellow-fever")
    done = check(registry, file, "--policy", "yellow-fever")
    assert done.stdout == f"{file}: PASS claim.met (hc1): Genuine, in date, and it shows what this lane asks. Admit.\n"
    assert done.exit_code == 0


def test_the_gravest_outcome_decides_the_status(registry: Path) -> None:
    good, bad, unsure = (SCENARIOS[f"hc1-{name}"].symbol for name in ("yellow-fever", "forged", "unknown-issuer"))
    for text, status in (
        ([good, good], 0),
        ([good, unsure], 2),
        ([unsure, bad, good], 1),
        ([b"hello", good], 2),
        ([], 2),
    ):
        assert check(registry, "--text", text=text).exit_code == status


def test_other_codes_beside_a_credential_are_skipped_and_two_credentials_are_one_too_many(
    registry: Path, tmp_path: Path
) -> None:
    (tmp_path / "menu.png").write_bytes(draw(b"https://menu.example", "a menu"))
    alone = picture(tmp_path, "hc1-yellow-fever")
    beside = Image.new("L", (1_600, 800), 255)
    beside.paste(Image.open(alone), (0, 0))
    beside.paste(Image.open(tmp_path / "menu.png"), (1_000, 0))
    beside.save(tmp_path / "beside.png")
    two = picture(tmp_path, "hc1-yellow-fever", "hc1-polio")
    done = check(registry, tmp_path / "beside.png", two, tmp_path / "menu.png", "--json")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert records[0]["reason"] == "claim.met"
    assert [record.get("prompt") for record in records] == [None, "two-credentials", "not-a-credential"]
    assert done.exit_code == 2


def test_a_bad_picture_is_one_line_and_does_not_stop_the_next(registry: Path, tmp_path: Path) -> None:
    good = picture(tmp_path, "hc1-yellow-fever")
    cut = tmp_path / "cut.png"
    cut.write_bytes(good.read_bytes()[:900])
    text = tmp_path / "text.png"
    text.write_text("no picture")
    blank = tmp_path / "blank.png"
    Image.new("L", (64, 64), 255).save(blank)
    done = check(registry, cut, text, tmp_path / "none.png", blank, good)
    lines = done.stdout.splitlines()
    assert lines[0] == f"{cut}: the picture is damaged or cut short"
    assert lines[1] == f"{text}: not a PNG, JPEG or WebP picture"
    assert lines[2].startswith(f"{tmp_path / 'none.png'}: the file cannot be opened")
    assert lines[3] == f"{blank}: Hold still, a little closer."
    assert " PASS " in lines[4]
    assert done.exit_code == 2
    assert json.loads(check(registry, text, "--json").stdout) == {"input": str(text), "refusal": "not-a-picture"}


def test_a_live_check_knows_a_specimen(registry: Path) -> None:
    arguments = ["--registry", str(registry), "--at", AT, "--text"]
    done = CliRunner().invoke(command, arguments, input=SCENARIOS["hc1-yellow-fever"].symbol)
    assert " UNSURE specimen (hc1): " in done.stdout
    assert done.exit_code == 2


def test_the_civil_date_is_that_of_the_zone(registry: Path) -> None:
    """Yellow fever of 4 November counts from 14 November, which comes to Auckland first."""
    fever = [SCENARIOS["hc1-yellow-fever"].symbol]
    at = ["--text", "--policy", "yellow-fever", "--at", "2026-11-13T12:00:00+00:00"]
    assert " claim.not-met " in check(registry, *at, text=fever).stdout
    assert " claim.met " in check(registry, *at, "--timezone", "Pacific/Auckland", text=fever).stdout
    wall = ["--text", "--policy", "yellow-fever", "--timezone", "Pacific/Auckland", "--at"]
    assert " claim.not-met " in check(registry, *wall, "2026-11-13T23:59:59", text=fever).stdout
    assert " claim.met " in check(registry, *wall, "2026-11-14", text=fever).stdout


def test_the_holder_is_compared_with_a_document(registry: Path, tmp_path: Path) -> None:
    mine, lines = tmp_path / "mine.toml", tmp_path / "lines.txt"
    shipped = resources.files("verifier.policies").joinpath("yellow-fever.toml").read_text("utf-8")
    mine.write_text(shipped.replace('holder = "none"', 'holder = "mrz"'))
    nora = "P<UTOSPECIMEN<<NORA<<<<<<<<<<<<<<<<<<<<<<<<<"
    for second, reason in (
        ("U0000001<3UTO8804123X3001019<<<<<<<<<<<<<<<8", "claim.met"),
        ("U0000001<3UTO8804134X3001019<<<<<<<<<<<<<<<8", "holder.mismatch"),
        ("U0000001<3UTO8804124X3001019<<<<<<<<<<<<<<<8", "holder.not-shown"),
    ):
        lines.write_text(f"{nora}\n{second}\n")
        arguments = ("--text", "--json", "--policy", str(mine), "--document", str(lines))
        done = check(registry, *arguments, text=[SCENARIOS["hc1-yellow-fever"].symbol])
        assert json.loads(done.stdout)["reason"] == reason


def test_an_unusable_registry_or_policy_is_one_line_and_status_78(registry: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(registry.read_bytes()[:-100] + b"x" * 100)
    policy = tmp_path / "mine.toml"
    policy.write_text("place = 'beach'")
    for image, asked in ((damaged, "polio"), (tmp_path / "none", "polio"), (registry, policy), (registry, "nothing")):
        refused = check(image, "--text", "--policy", asked)
        assert refused.exit_code == 78
        assert refused.stdout == ""
        assert refused.stderr.startswith("verifier check: ")
        assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [[], ["--text", "a.png"], ["--at", "yesterday", "--text"], ["--timezone", "Mars/Olympus", "--text"], ["--colour"]],
)
def test_wrong_use_is_status_64(arguments: list[str]) -> None:
    assert CliRunner().invoke(main, ["check", *arguments]).exit_code == 64


def test_nothing_out_of_a_presentation_is_written(registry: Path, tmp_path: Path) -> None:
    """As a process of its own, with everything that it writes anywhere it can."""
    file = picture(tmp_path, "hc1-covid-19")
    work = tmp_path / "work"
    work.mkdir()
    done = subprocess.run(
        [PROGRAM, "check", str(file), "--registry", str(registry), "--at", AT, "--training"],
        capture_output=True,
        cwd=work,
        env={**os.environ, "TMPDIR": str(work), "HOME": str(work)},
        check=False,
    )
    assert done.returncode == 0
    written = done.stdout + done.stderr + b"".join(path.read_bytes() for path in work.rglob("*") if path.is_file())
    symbol = SCENARIOS["hc1-covid-19"].symbol
    for secret in (b"NORA", b"Nora", b"SPECIMEN", b"1988", b"EU/1/20/1528", symbol[:20], symbol[100:120], symbol[-20:]):
        assert secret not in written


def test_a_crash_would_say_nothing_of_the_presentation(registry: Path) -> None:
    """Any bytes are a line of output with no more than our own words."""
    for junk in (b"HC1:" + b"A" * 8_000, b"HC1:", b"shc:/5676", b"\xff\xfe\x00", b"{" * 5_000):
        done = check(registry, "--text", "--json", text=[junk])
        said = json.loads(done.stdout)
        assert set(said) <= {"input", "outcome", "reason", "format", "policy", "action", "prompt"}
        assert said.get("reason") != "station.fault"
