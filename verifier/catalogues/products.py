"""Vaccine products by their register's identifier: disease, doses of the primary series, and the lists that hold them.

`products.json` groups the products with the same facts, each group with its source. An identifier that stands there
with no list is known to be on none.
"""

import json
from dataclasses import dataclass
from importlib import resources

from verifier.truth import Truth


@dataclass(frozen=True, slots=True)
class _Facts:
    disease: str
    doses_in_series: int | None
    lists: frozenset[str]


def _read() -> dict[str, _Facts]:
    groups = json.loads(resources.files(__package__).joinpath("products.json").read_text("utf-8"))["groups"]
    return {
        product: _Facts(group["disease"], group.get("doses_in_series"), frozenset(group["lists"]))
        for group in groups
        for product in group["products"]
    }


_PRODUCTS = _read()
_LISTS = frozenset().union(*(facts.lists for facts in _PRODUCTS.values()))
_DISEASES = frozenset(facts.disease for facts in _PRODUCTS.values())


def lists() -> frozenset[str]:
    """Name every list that a policy may ask for."""
    return _LISTS


def diseases() -> frozenset[str]:
    """Name every disease that a product is against."""
    return _DISEASES


def disease(product: str | None) -> str | None:
    """Give the disease that a product is against, `None` for a product that nobody here knows."""
    facts = _facts(product)
    return facts.disease if facts else None


def doses_in_series(product: str | None) -> int | None:
    """Give the doses of a product's primary series, where it is known and fixed."""
    facts = _facts(product)
    return facts.doses_in_series if facts else None


def listed(product: str | None, name: str) -> Truth:
    """Say whether a product is on a list; unknown for a product that is not in the catalogue."""
    facts = _facts(product)
    return Truth.of(name in facts.lists) if facts else Truth.UNKNOWN


def _facts(product: str | None) -> _Facts | None:
    return None if product is None else _PRODUCTS.get(product)
