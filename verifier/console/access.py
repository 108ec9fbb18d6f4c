"""Who asks, and what they may: a small table, looked at by every route."""

from enum import Enum, StrEnum, auto

from starlette.requests import Request

FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


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


def at_the_box(request: Request) -> bool:
    """Say whether a request came in by the loopback listener itself: beyond it there is TLS only.

    A relay on this machine that carries others' requests says so in a header; then nobody stands at the box.
    """
    return request.url.scheme == "http" and not any(name in request.headers for name in FORWARDED)
