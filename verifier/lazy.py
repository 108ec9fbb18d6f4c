"""A group of commands that imports each one only when it is asked for, so that a cold start stays short."""

from importlib import import_module
from keyword import iskeyword

import click

click.UsageError.exit_code = 64  # sysexits.h: EX_USAGE; 2 says something else here: the station is unsure


class LazyGroup(click.Group):
    """A group over a package of command modules; its callers need not know that they load late.

    A command `NAME` is the object `command` of the module `NAME` in `package`, with `_` for a dash, and after a word
    that Python keeps for itself.
    """

    def __init__(self, package: str, names: tuple[str, ...], help_text: str) -> None:
        super().__init__(help=help_text)
        self._package = package
        self._names = names

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Name the commands in the order that help shows them."""
        return list(self._names)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Import one command's module and give its `command`."""
        if name not in self._names:
            return None
        module = f"{name}_" if iskeyword(name) else name.replace("-", "_")
        command: click.Command = import_module(f"{self._package}.{module}").command
        return command
