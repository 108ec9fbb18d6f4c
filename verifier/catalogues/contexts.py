"""JSON-LD contexts that we know, by their address. No other is ever loaded, and none from a network."""

import json
from importlib import resources

_FOLDER = resources.files(__package__).joinpath("contexts")
_TABLE: dict[str, dict[str, str]] = json.loads(_FOLDER.joinpath("index.json").read_text("utf-8"))["contexts"]
_CONTEXTS: dict[str, dict[str, object]] = {  # all of them now: a judge can open no file when it meets one
    address: json.loads(_FOLDER.joinpath(entry["file"]).read_text("utf-8")) for address, entry in _TABLE.items()
}


def context(address: str) -> dict[str, object] | None:
    """Give the context at an address, `None` for one that is not known."""
    return _CONTEXTS.get(address)
