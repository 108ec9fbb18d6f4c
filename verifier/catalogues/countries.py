"""Countries by the codes that documents write for them, as ISO 3166-1 alpha-2."""

import json
from importlib import resources

_TABLE: dict[str, dict[str, str]] = json.loads(
    resources.files(__package__).joinpath("countries.json").read_text("utf-8")
)
_ALPHA_2 = frozenset(_TABLE["alpha-3"].values()) | frozenset(_TABLE["written"].values())


def alpha_2(code: str) -> str | None:
    """Give the alpha-2 code for one of two or three letters, or for a spelling that issuers are known to use."""
    if code in _TABLE["written"]:
        return _TABLE["written"][code]
    return code if code in _ALPHA_2 else _TABLE["alpha-3"].get(code)
