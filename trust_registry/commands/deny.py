"""`trust-registry deny`: take trust away, now, by one person on call."""

from pathlib import Path

import click

from trust_registry import contents, roles
from trust_registry.commands import options
from trust_registry.model import Denial
from trust_registry.repository import PublishError, Repository


@click.command()
@options.folder
@click.argument("what", metavar="ISSUER[#KEYID]")
@click.option("--why", required=True, help="The reason, for the record.")
@click.option("--lift", is_flag=True, help="Draft that this denial no longer stands; owners sign it.")
@click.option("--with", "key", metavar="KEY", help="Sign with this key at once.")
@options.passphrase_file
def command(
    folder: Path,
    what: str,
    why: str,
    lift: bool,  # noqa: FBT001 - click's calling convention
    key: str | None,
    passphrase_file: Path | None,
) -> None:
    """Draft in FOLDER that gates no longer believe an issuer, or one key of it (KEYID in hexadecimal).

    One person on call denies one issuer; a second issuer takes two people. A denial stands until owners lift it.
    """
    repository, denial = Repository(folder), _denial(what, why)
    with options.plain_errors():
        _check_known(repository, denial)
        if lift:
            contents.draft_lift(repository, denial, options.now())
            role = roles.TARGETS
        else:
            role = contents.draft_denial(repository, denial, options.now())
        if key is not None:
            repository.sign(options.signer(repository, key, passphrase_file))
        progress = repository.progress(role)
        left = f"{progress.missing} more to sign, of {', '.join(progress.others)}" if progress.missing else "complete"
        click.echo(f"{role}: {left}; gates learn of it with `trust-registry publish`")


def _denial(what: str, why: str) -> Denial:
    issuer, _, key_id = what.partition("#") if "#" in what else (what, "", "")
    try:
        return Denial(issuer, bytes.fromhex(key_id) if key_id else None, why)
    except ValueError:
        raise click.BadParameter(f"{key_id}: is not hexadecimal", param_hint="ISSUER#KEYID") from None


def _check_known(repository: Repository, denial: Denial) -> None:
    """Catch a misspelling: in the worst hour it would look like a denial."""
    known = [one.key for one in contents.listed(repository, draft=False)]
    if not any(key.issuer == denial.issuer and denial.key_id in (None, key.key_id) for key in known):
        raise PublishError(f"{denial.issuer}: no such issuer or key is published; nothing was denied")
