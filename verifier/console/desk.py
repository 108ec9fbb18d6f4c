"""The desk: what the routes of one console share, and how they learn who asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

from fastapi.params import Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request

from verifier import words
from verifier.console.access import PEOPLE, SCREENS, Right, Role, Visitor
from verifier.console.acts import Acts
from verifier.console.board import Board
from verifier.console.feed import Connect, Feed
from verifier.console.keep import Keep
from verifier.console.lane import Lane
from verifier.console.passkeys import Passkeys
from verifier.console.sessions import Sessions
from verifier.words import Words

SESSION = "__Host-session"
SCREEN = "__Host-screen"
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
FIELDS = 8

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Desk:
    """The lane, what the station says of it, the way to ask the station, and who may.

    `wall` gives seconds since 1970 UTC.
    """

    lane: Lane
    board: Board
    feed: Feed
    keep: Keep
    sessions: Sessions
    passkeys: Passkeys
    acts: Acts
    wall: Clock

    def visitor(self, request: Request) -> Visitor:
        """Say who asks: somebody who signed in, a paired screen, whoever stands at the box, or nobody."""
        person = self.sessions.visitor(request.cookies.get(SESSION, ""))
        if person and person.role in PEOPLE:
            return person
        if at_the_box(request):
            return Visitor(Role.BOX)
        screen = self.keep.screens.get(request.cookies.get(SCREEN, "").encode(), self.wall())
        return Visitor(screen.role, screen.name) if screen and screen.role in SCREENS else Visitor(Role.NOBODY)

    def needs(self, right: Right) -> Depends:
        """Let a route answer those only who have the right."""

        def check(request: Request) -> None:
            if not self.visitor(request).may(right):
                raise HTTPException(403)

        return Depends(check)

    def words(self, request: Request) -> Words:
        """Give the language that the address asks for, else the lane's."""
        wanted = request.query_params.get("lang", self.lane.language)
        return words.load(wanted if wanted in words.LANGUAGES else self.lane.language)

    async def form(self, request: Request) -> Mapping[str, str]:
        """Read the fields of a form that this console's own page sent for this visitor. Raises `HTTPException`."""
        same_origin(request)
        fields = await fields_of(request)
        token = self.visitor(request).form_token
        if not token or fields.get("token") != token:
            raise HTTPException(403)
        return fields


def furnish(lane: Lane, connect: Connect, folder: Path, now: Clock, wall: Clock) -> Desk:
    """Make a desk that listens to a station and keeps who may come in in a folder. `now` never runs backwards."""
    board, keep = Board(now), Keep(folder)
    acts = Acts(folder / "acts.log", wall)
    return Desk(lane, board, Feed(connect, board), keep, Sessions(now), Passkeys(keep, now, wall), acts, wall)


def at_the_box(request: Request) -> bool:
    """Say whether a request came in by the loopback listener itself: beyond it there is TLS only.

    A relay on this machine that carries others' requests says so in a header; then nobody stands at the box.
    """
    return request.url.scheme == "http" and not any(name in request.headers for name in FORWARDED)


def origin(request: Request) -> str:
    """Give the beginning of every address of this console, as this browser sees it. The guard has checked the host."""
    return f"{request.url.scheme}://{request.headers['host']}"


def same_origin(request: Request) -> None:
    """Refuse what another site's page sends. Raises `HTTPException`."""
    if request.headers.get("origin") != origin(request):
        raise HTTPException(403)


async def fields_of(request: Request) -> Mapping[str, str]:
    """Read the fields of a form. Raises `HTTPException`."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/x-www-form-urlencoded":
        raise HTTPException(415)
    body = await request.body()
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, strict_parsing=True, max_num_fields=FIELDS))
    except ValueError:
        raise HTTPException(400) from None
