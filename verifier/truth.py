"""Truth: an answer that may be unknown, with the strong logic of Kleene."""

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """True, false, or unknown: not enough is known to say."""

    TRUE = 1
    UNKNOWN = 0
    FALSE = -1

    @staticmethod
    def of(value: bool) -> "Truth":  # noqa: FBT001 (it is the value, not a switch)
        """Make a certain answer."""
        return Truth.TRUE if value else Truth.FALSE

    def __invert__(self) -> "Truth":
        return Truth(-self.value)

    def __bool__(self) -> bool:
        """Refuse: an unknown answer must not fall silently on one side of an `if`."""
        message = "a Truth is compared by name, never used as a condition"
        raise TypeError(message)


def all_of(answers: Iterable[Truth]) -> Truth:
    """Combine with AND: false wins over unknown, unknown over true; true when empty."""
    return Truth(min((answer.value for answer in answers), default=1))


def any_of(answers: Iterable[Truth]) -> Truth:
    """Combine with OR: true wins over unknown, unknown over false; false when empty."""
    return Truth(max((answer.value for answer in answers), default=-1))
