"""The `trust-registry` command. Each sub-command is imported only when it is asked for."""

from importlib import import_module

import click

# one module of `trust_registry.commands` each, in the order that help shows them; a dash in a name is `_` in its module
COMMANDS: tuple[str, ...] = ()


class _Lazy(click.Group):
    """A group whose commands are imported one at a time; its callers need not know."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Name the commands."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Import one command's module and give its `command`."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"trust_registry.commands.{name.replace('-', '_')}").command
        return command


@click.group(cls=_Lazy)
@click.version_option(package_name="credential-gate")
def main() -> None:
    """Decide whom the gates believe: import, review, sign, publish, sync."""
