"""Who signs what in a published registry: the roles, how many people each needs, how long its word holds.

Roles are never removed: a gate that knows one would stop updating for ever. An empty role costs a few hundred bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from verifier.verdict import FormatId

ROOT, TARGETS, SNAPSHOT, TIMESTAMP = "root", "targets", "snapshot", "timestamp"
TOP = frozenset({ROOT, TARGETS, SNAPSHOT, TIMESTAMP})
POLICY, DENY_ONE, DENY_MANY = "policy", "deny", "deny-many"
LIFTED = "denied/lifted.json.gz"  # lies with the targets role: only the owners of trust give trust back
DENIED_BY_ONE, DENIED_BY_MANY = "denied/one/now.json.gz", "denied/many/now.json.gz"
SITE = "site."

ISSUED, SOLO = "x-issued", "x-solo"  # our own fields: when metadata was signed, and whether one person controls trust

_FIRST_RECOGNISED_ONLY = 64  # formats from here on are judged by none of our modules
FORMATS = tuple(name.value for name in FormatId if name.number < _FIRST_RECOGNISED_ONLY)

# How long a role's word holds. Owners sign a few times a year; the online roles by themselves. Roles of the same kind
# end on different days, so that a forgotten signature stops one of them, and is noticed.
_DAYS = {ROOT: 365, TARGETS: 180, SNAPSHOT: 14, TIMESTAMP: 3, POLICY: 200, DENY_ONE: 365, DENY_MANY: 372}
_FORMAT_DAYS, _STAGGER_DAYS = 210, 3
_SITE_DAYS = 200


@dataclass(frozen=True, slots=True)
class Delegated:
    """A role that the targets role hands a part of the paths to. `threshold` of its people must sign."""

    name: str
    paths: tuple[str, ...]
    threshold: int


def delegated(threshold: int, denial_threshold: int) -> Sequence[Delegated]:
    """Give the delegated roles of a new repository, the most trusted first."""
    return (
        Delegated(DENY_MANY, ("denied/many/*",), denial_threshold),
        Delegated(DENY_ONE, ("denied/one/*",), 1),
        *(Delegated(name, (f"keys/{name}/*",), threshold) for name in FORMATS),
        Delegated(POLICY, ("policy/*/*",), threshold),
    )


def site(name: str, threshold: int) -> Delegated:
    """Give the role of one site's own policies."""
    return Delegated(SITE + name, (f"site/{name}/*/*",), threshold)


def days(role: str) -> int:
    """Say how many days a role's signed word holds."""
    if role in FORMATS:
        return _FORMAT_DAYS + _STAGGER_DAYS * FORMATS.index(role)
    return _DAYS.get(role, _SITE_DAYS)
