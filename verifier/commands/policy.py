"""`verifier policy`: list, show and check policies."""

import sys
from pathlib import Path
from typing import NoReturn

import click

from verifier import policies
from verifier.policies.explain import explain
from verifier.policies.imported import QueryError, policy_text
from verifier.policy import Policy
from verifier.settings import EXIT_CONFIGURATION
from verifier.verdict import FormatId, Reject
from verifier.wire import json


@click.group()
def command() -> None:
    """List the policies that are shipped, explain one, or check a file of your own."""


@command.command("list")
def list_() -> None:
    """Name the policies that are shipped, each with what it asks."""
    for name in policies.names():
        click.echo(f"{name:<22}{policies.load(name).asks}")


@command.command()
@click.argument("policy", metavar="NAME|FILE")
def show(policy: str) -> None:
    """Explain a policy: the rule, where it comes from, and what staff do for each reason."""
    _show(_found(policy))


@command.command()
@click.argument("policy", metavar="NAME|FILE")
def check(policy: str) -> None:
    """Say in one sentence what a policy passes; status 78 and the faulty line when its file cannot be used."""
    found = _found(policy)
    click.echo(f"{found.name}: {explain(found)}")


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", default="imported", help="The name of the policy.")
def import_(file: Path, name: str) -> None:
    """Write the policy that asks what a wallet query asks, or say which part of the query a policy cannot express.

    FILE is a DCQL query or a Presentation Exchange definition, as JSON. The policy goes to standard output.
    """
    try:
        text = policy_text(json.decode(file.read_bytes()), name)
        policies.parse(text, name)
    except OSError as error:
        _refuse(f"{file}: cannot be read: {error.strerror}")
    except Reject:
        _refuse(f"{file}: is not strict JSON")
    except (QueryError, policies.PolicyError) as error:
        _refuse(f"{file}: {error}")
    click.echo(text, nl=False)


def _refuse(message: str) -> NoReturn:
    click.echo(f"verifier policy: {message}", err=True)
    sys.exit(EXIT_CONFIGURATION)


def _found(name_or_file: str) -> Policy:
    """Read the policy or end the command."""
    try:
        return policies.find(name_or_file)
    except policies.PolicyError as error:
        _refuse(str(error))


def _show(policy: Policy) -> None:
    formats = [fmt.value for fmt in FormatId if fmt.judged and fmt in policy.formats]
    click.echo(f"{policy.name}, version {policy.version}: {policy.asks}")
    click.echo(f"  {explain(policy)}")
    click.echo(f"  Source: {policy.source}")
    click.echo(f"  Formats: {', '.join(formats)}")
    click.echo(f"  Clocks may differ by {policy.skew_seconds} seconds.")
    for reason, action in policy.actions.items():
        click.echo(f"  {reason.value:<24}{action.value}")
