"""The `verifier` command: one module of `verifier.commands` for each name below."""

import click

from verifier.lazy import LazyGroup

COMMANDS: tuple[str, ...] = (
    "run", "part", "selfcheck", "invite", "check", "policy", "specimen", "conformance", "aim",
)  # fmt: skip

main = click.version_option(package_name="credential-gate")(
    LazyGroup("verifier.commands", COMMANDS, "Verify credentials on one claim, offline, and keep nothing.")
)
