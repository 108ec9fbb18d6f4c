"""Vaccine products by their register's identifier, and the lists that policies name."""

import json
from importlib import resources

from verifier.truth import Truth

_LISTS: dict[str, frozenset[str]] = {
    name: frozenset(identifiers)
    for name, identifiers in json.loads(resources.files(__package__).joinpath("products.json").read_text("utf-8"))[
        "lists"
    ].items()
}
_KNOWN = frozenset().union(*_LISTS.values())


def names() -> frozenset[str]:
    """Name every list that a policy may ask for."""
    return frozenset(_LISTS)


def listed(product: str | None, name: str) -> Truth:
    """Say whether a product is on a list; unknown for a product that no list holds. Raises `KeyError`: no such list."""
    if product in _LISTS[name]:
        return Truth.TRUE
    return Truth.FALSE if product in _KNOWN else Truth.UNKNOWN
