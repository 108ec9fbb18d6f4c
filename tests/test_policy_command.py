"""`verifier policy`: each policy in one sentence, and a bad file in one line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from verifier import policies
from verifier.commands.policy import command
from verifier.policies.explain import explain, question
from verifier.questions import AgeAtLeast, AllOf, AnyOf, Has, Tested
from verifier.verdict import Reason


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_the_list_names_every_shipped_policy_with_what_it_asks() -> None:
    lines = run("list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(policies.names())
    assert "yellow-fever          vaccinated against yellow fever, at least 10 days ago" in lines


def test_a_policy_is_shown_with_its_source_and_the_action_for_every_reason() -> None:
    shown = run("show", "yellow-fever").stdout
    assert "International Health Regulations (2005), annex 7" in shown
    for reason in Reason:
        assert f"  {reason.value} " in shown


@pytest.mark.parametrize("name", policies.names())
def test_every_shipped_policy_is_one_plain_sentence(name: str) -> None:
    checked = run("check", name)
    assert checked.exit_code == 0
    assert checked.stdout == f"{name}: {explain(policies.load(name))}\n"
    assert checked.stdout.count(".") == 1


def test_the_sentence_is_made_from_the_rule() -> None:
    assert explain(policies.load("polio-exit")).startswith(
        "Passes a genuine credential in date that shows a dose against polio of a product on the list who-polio-exit at"
        " least 28 days and at most 12 months ago (a fresher one is for a person to decide); "
    )
    assert question(Tested("covid-19", 72, 24)) == (
        "a negative result for covid-19 of a molecular test at most 72 hours ago"
        " or an antigen test at most 24 hours ago"
    )
    both = AllOf((AgeAtLeast(1), AnyOf((Has(("a", "b"), (1,)), Has(("c",), ("x", "y"))))))
    assert question(both) == (
        "an age of at least 1 year on the station's civil date and a.b with the value 1 or c with the value 'x' or 'y'"
    )


def test_a_bad_file_is_one_line_and_status_78(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('place = "venue"\nname = 3\n')
    refused = run("check", str(file))
    assert refused.exit_code == 78
    assert refused.stdout == ""
    assert refused.stderr == f"verifier policy: {file}:2: name must be a text of one line, at most 500 characters\n"
    assert run("show", str(tmp_path / "none.toml")).exit_code == 78
