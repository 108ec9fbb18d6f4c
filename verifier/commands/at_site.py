"""The options that say which station a command is about, and the end of a command that cannot start."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, ParamSpec

import click

from verifier.settings import EXIT_CONFIGURATION

_P = ParamSpec("_P")

_OPTIONS = (
    click.option(
        "--settings",
        type=click.Path(path_type=Path),
        default=Path("/etc/credential-gate/station.toml"),
        show_default=True,
        help="The settings file.",
    ),
    click.option(
        "--runtime",
        type=click.Path(path_type=Path),
        help="The folder of the sockets between processes. [default for a part: /run/credential-gate]",
    ),
    click.option("--camera", type=click.Path(path_type=Path), help="Show the pictures of this folder to the station."),
    click.option("--training", is_flag=True, help="Judge specimens as real ones; everything shown says TRAINING."),
)


def options(function: Callable[_P, None]) -> Callable[_P, None]:
    """Add the options of a site to a command."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def refuse(error: Exception) -> NoReturn:
    """End with one line and the status for a configuration that cannot be used."""
    click.echo(f"verifier: {error}", err=True)
    sys.exit(EXIT_CONFIGURATION)
