"""Who asks, and what they may: a small table, looked at by every route."""

from dataclasses import dataclass
from enum import Enum, StrEnum, auto


class Role(StrEnum):
    """Who stands behind a request."""

    NOBODY = "nobody"
    HOLDER_SCREEN = "holder-screen"  # a paired screen that faces the person who shows a code
    STAFF_SCREEN = "staff-screen"  # a paired screen for an officer
    BOX = "box"  # whoever stands at the box: the loopback listener
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Right(Enum):
    """What a route asks for."""

    OPEN = auto()
    HOLDER = auto()
    LAMP = auto()
    READ = auto()  # the reason of the scan just made, and how the station is
    ACT = auto()


_SCREEN = frozenset({Right.OPEN, Right.HOLDER})
_STAFF = _SCREEN | {Right.LAMP}
_READER = _STAFF | {Right.READ}

RIGHTS = {
    Role.NOBODY: frozenset({Right.OPEN}),
    Role.HOLDER_SCREEN: _SCREEN,
    Role.STAFF_SCREEN: _STAFF,
    Role.BOX: _READER,
    Role.SUPERVISOR: _READER,
    Role.ADMINISTRATOR: _READER | {Right.ACT},
}
PEOPLE = (Role.SUPERVISOR, Role.ADMINISTRATOR)
SCREENS = (Role.STAFF_SCREEN, Role.HOLDER_SCREEN)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who stands behind one request. `form_token` comes back with every form; it is empty where nobody signed in."""

    role: Role
    name: str = ""
    form_token: str = ""

    def may(self, right: Right) -> bool:
        """Say whether the visitor has the right."""
        return right in RIGHTS[self.role]
