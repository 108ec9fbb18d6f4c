"""The tool that runs published cases: it accounts for every case, and it can tell right from wrong."""

import json
from pathlib import Path

from click.testing import CliRunner

from verifier.cli import main
from verifier.conformance import report
from verifier.conformance.run import Result, Score
from verifier.verdict import Reason


def _published(folder: Path, **changed: object) -> Path:
    """Write one published case of a text that is no credential."""
    case = {
        "id": "one",
        "format": "hc1",
        "payload": "HC1:NOT A CREDENTIAL",
        "clock": "2026-01-01T00:00:00Z",
        "trust": [],
        "expected": {"accept": False},
        **changed,
    }
    (folder / "hc1" / "cases").mkdir(parents=True)
    (folder / "hc1" / "cases" / "one.json").write_text(json.dumps(case))
    return folder


def _run(folder: Path) -> tuple[int, dict[str, object]]:
    counts = folder / "counts.json"
    done = CliRunner().invoke(main, ["conformance", str(folder), "--json", str(counts)])
    return done.exit_code, json.loads(counts.read_text())["formats"]


def test_a_refusal_that_the_source_expects_agrees(tmp_path: Path) -> None:
    status, formats = _run(_published(tmp_path))
    assert status == 0
    assert formats["hc1"] == {
        "cases": 1,
        "agree": 1,
        "wrongly_accepted": [],
        "wrongly_refused": [],
        "undecided": 0,
        "unsupported": 0,
        "inexpressible": [],
        "faults": [],
    }


def test_a_refusal_that_the_source_does_not_expect_fails_the_run(tmp_path: Path) -> None:
    status, formats = _run(_published(tmp_path, expected={"accept": True}))
    assert status == 1
    assert formats["hc1"]["wrongly_refused"] == ["one"]  # type: ignore[index]


def test_what_the_source_leaves_open_is_judged_and_not_scored(tmp_path: Path) -> None:
    status, formats = _run(_published(tmp_path, expected={"accept": None}))
    assert (status, formats["hc1"]["undecided"]) == (0, 1)  # type: ignore[index]


def test_a_format_of_nobody_is_named(tmp_path: Path) -> None:
    status, formats = _run(_published(tmp_path, format="pigeon-post"))
    assert (status, formats["pigeon-post"]["unsupported"]) == (0, 1)  # type: ignore[index]


def test_trust_that_cannot_be_said_is_named(tmp_path: Path) -> None:
    _, formats = _run(_published(tmp_path, trust={"did": "did:web:issuer.example"}))
    assert formats["hc1"]["inexpressible"] == ["one"]  # type: ignore[index]


def test_a_run_of_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert CliRunner().invoke(main, ["conformance", str(tmp_path / "empty")]).exit_code == 1


def test_a_fault_fails_a_run_whatever_the_source_says() -> None:
    faulty = Result("one", "hc1", Score.UNDECIDED, Reason.FAULT)
    assert report.unexplained([faulty]) == [faulty]


def test_an_explanation_that_explains_nothing_is_stale() -> None:
    explained = next(iter(report.explanations()))
    assert report.stale([Result(explained, "hc1", Score.AGREE, None)]) == [explained]
