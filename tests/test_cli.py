"""Both commands: every name they list is there, and nothing is imported before it is asked for."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

import trust_registry.cli
import verifier.cli

GROUPS = {"verifier": verifier.cli.main, "trust_registry": trust_registry.cli.main}


@pytest.mark.parametrize("package", GROUPS)
def test_every_listed_command_explains_itself(package: str) -> None:
    group = GROUPS[package]
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        assert command.help, name


@pytest.mark.parametrize("package", GROUPS)
def test_help_and_version_are_there_and_an_unknown_command_is_a_usage_error(package: str) -> None:
    run = CliRunner().invoke
    assert run(GROUPS[package], ["--version"]).exit_code == 0
    assert run(GROUPS[package], ["--help"]).exit_code == 0
    assert run(GROUPS[package], ["no-such-command"]).exit_code == 64


@pytest.mark.parametrize("package", GROUPS)
def test_a_command_is_imported_only_when_it_is_asked_for(package: str) -> None:
    loaded = f"import sys, {package}.cli; print([n for n in sys.modules if n.startswith('{package}.commands.')])"
    assert subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True, text=True).stdout == "[]\n"
