"""JSON-LD contexts that we know, by their address. No other is ever loaded, and none from a network."""

import json
from functools import cache
from importlib import resources

_FOLDER = resources.files(__package__).joinpath("contexts")
_TABLE: dict[str, dict[str, str]] = json.loads(_FOLDER.joinpath("index.json").read_text("utf-8"))["contexts"]


@cache
def context(address: str) -> dict[str, object] | None:
    """Give the context at an address, `None` for one that is not known."""
    if address not in _TABLE:
        return None
    found: dict[str, object] = json.loads(_FOLDER.joinpath(_TABLE[address]["file"]).read_text("utf-8"))
    return found
