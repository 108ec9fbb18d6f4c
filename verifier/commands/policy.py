"""`verifier policy`: list, show and check policies."""

import sys

import click

from verifier import policies
from verifier.policies.explain import explain
from verifier.policy import Policy
from verifier.settings import EXIT_CONFIGURATION
from verifier.verdict import FormatId


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


def _found(name_or_file: str) -> Policy:
    """Read the policy or end the command."""
    try:
        return policies.find(name_or_file)
    except policies.PolicyError as error:
        click.echo(f"verifier policy: {error}", err=True)
        sys.exit(EXIT_CONFIGURATION)


def _show(policy: Policy) -> None:
    formats = [fmt.value for fmt in FormatId if fmt.judged and fmt in policy.formats]
    click.echo(f"{policy.name}, version {policy.version}: {policy.asks}")
    click.echo(f"  {explain(policy)}")
    click.echo(f"  Source: {policy.source}")
    click.echo(f"  Formats: {', '.join(formats)}")
    click.echo(f"  Clocks may differ by {policy.skew_seconds} seconds.")
    for reason, action in policy.actions.items():
        click.echo(f"  {reason.value:<24}{action.value}")
