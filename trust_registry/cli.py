"""The `trust-registry` command: one module of `trust_registry.commands` for each name below."""

import click

from verifier.lazy import LazyGroup

COMMANDS: tuple[str, ...] = (
    "init",
    "import",
    "diff",
    "sign",
    "publish",
    "deny",
    "put",
    "replace-key",
    "export-usb",
    "sync",
    "show",
    "status",
    "verify",
    "demo",
)

main = click.version_option(package_name="credential-gate")(
    LazyGroup("trust_registry.commands", COMMANDS, "Decide whom the gates believe: import, sign, publish, sync.")
)
