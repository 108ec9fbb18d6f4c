"""`trust-registry diff`: say what the drafts change for a gate."""

from pathlib import Path

import click

from trust_registry import contents, diff
from trust_registry.commands import options
from trust_registry.repository import Repository


@click.command()
@options.folder
def command(folder: Path) -> None:
    """Show what the drafts in FOLDER change for a gate, in words, and who has to sign."""
    repository = Repository(folder)
    with options.plain_errors():
        change = contents.change(repository)
        before, after = (contents.denials(repository, draft=draft) for draft in (False, True))
        lines = [*diff.words(change), *diff.denial_words(before, after), *contents.resource_words(repository)]
        for line in lines or ["nothing changes for a gate"]:
            click.echo(line)
        if change.alarming:
            click.echo(f"{len(change.lost)} issuers are lost: each signer has to say so with --lost {len(change.lost)}")
        for role in repository.drafted():
            progress = repository.progress(role)
            who = f"signed by {', '.join(progress.signed)}" if progress.signed else "not signed"
            need = f"{progress.missing} more of {', '.join(progress.others)}" if progress.missing else "complete"
            click.echo(f"draft {role}: {who}; {need}")
