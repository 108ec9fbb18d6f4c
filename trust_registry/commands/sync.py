"""`trust-registry sync`: bring a gate's registry image up to date, once or for ever."""

import signal
import sys
import time
from hashlib import sha256
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from trust_registry.commands import options
from trust_registry.faults import Fault, SyncError
from trust_registry.sync import Box, Synced, sync
from trust_registry.update import install_root

_MOST_SECONDS = 900  # for one sync: a source that drips must not hold the lock for ever
_MOST_WAIT_FACTOR = 8


@click.command()
@click.argument("source", metavar="URL|PATH")
@options.folder
@click.option("--root", type=click.Path(exists=True, path_type=Path), help="Install this root.json first, once.")
@click.option("--box", default="", help="This gate's name, for its receipt on a stick.")
@click.option("--site", default="", help="This gate's site, for its own policies.")
@click.option("--ring", default="all", help="The ring whose policies this gate tries first.")
@click.option("--every", type=click.IntRange(min=1), help="Go on for ever, every so many seconds.")
def command(  # noqa: PLR0913, PLR0917 - what a gate has to know
    source: str, folder: Path, root: Path | None, box: str, site: str, ring: str, every: int | None
) -> None:
    """Sync the registry image in FOLDER from a web server, a mirror or a stick. Refused updates change nothing."""
    signal.signal(signal.SIGALRM, _too_slow)
    with options.plain_errors():
        if root is not None:
            install_root(folder, root.read_bytes())
    this, failures = Box(box, site, ring), 0
    while True:
        failures = 0 if _once(source, folder, this) else failures + 1
        if every is None:
            sys.exit(1 if failures else 0)
        time.sleep(wait_seconds(this.name, every, failures, time.time()))


def wait_seconds(box: str, every: int, failures: int, now: float) -> float:
    """Say how long to wait: each box has its own moment in the interval, and a failing one waits longer and longer."""
    phase = int.from_bytes(sha256(box.encode()).digest()[:4]) / 2**32 * every
    interval = every * min(1 << failures, _MOST_WAIT_FACTOR)
    return interval - (now - phase) % every


def _once(source: str, folder: Path, box: Box) -> bool:
    signal.alarm(_MOST_SECONDS)
    try:
        click.echo(_words(sync(source, folder, box, time.time())))
    except SyncError as error:
        click.echo(error, err=True)
        return False
    finally:
        signal.alarm(0)
    return True


def _words(done: Synced) -> str:
    news = "new" if done.is_new else "unchanged"
    return "\n".join(
        [*done.warnings, f"generation {done.generation}: {news}, current as of {options.written(done.as_of)}"]
    )


def _too_slow(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SyncError(Fault.TOO_SLOW, f"not done within {_MOST_SECONDS} seconds")
