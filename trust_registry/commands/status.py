"""`trust-registry status`: how long everybody's word still holds, and what to do next."""

import sys
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from trust_registry import keyring, roles
from trust_registry.commands import options
from trust_registry.repository import Repository


@click.command()
@options.folder
@click.option("--renew", is_flag=True, help="Draft the roles whose time is half over, to be signed again.")
def command(folder: Path, renew: bool) -> None:  # noqa: FBT001 - click's calling convention
    """Show when each role of FOLDER expires, what waits for signatures, and the next action."""
    repository, now = Repository(folder), options.now()
    with options.plain_errors():
        if renew:
            repository.draft_expiring(now)
        if repository.root().unrecognized_fields.get(roles.SOLO):
            click.echo("ONE PERSON CONTROLS TRUST in this registry")
        table = Table("role", "version", "expires", "days left", "people", "next action")
        for role in [*repository.names(), roles.TIMESTAMP]:
            table.add_row(*_row(repository, role, now))
        Console(width=None if sys.stdout.isatty() else options.FILE_COLUMNS).print(table)


def _row(repository: Repository, role: str, now: datetime) -> tuple[str, ...]:
    signed = repository.published(role).signed
    left = (signed.expires - now).total_seconds() / 86_400
    people = sorted({keyring.owner(key) for key in repository.people(role).values()})
    return (
        role,
        str(signed.version),
        signed.expires.date().isoformat(),
        f"{left:.0f}",
        ", ".join(people),
        _next(repository, role, left / roles.days(role)),
    )


def _next(repository: Repository, role: str, part_left: float) -> str:
    """Say what to do about a role, weeks before gates would mind."""
    if role in repository.drafted():
        progress = repository.progress(role)
        return f"sign: {progress.missing} more" if progress.missing else "publish"
    if role in (roles.SNAPSHOT, roles.TIMESTAMP):
        return "publish" if part_left < options.HALF else ""
    if part_left < 0:
        return "EXPIRED: gates refuse updates; --renew, sign, publish now"
    return "--renew, sign, publish" if part_left < options.HALF else ""
