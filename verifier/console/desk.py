"""The desk: what the routes of one console share."""

from dataclasses import dataclass

from fastapi.params import Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request

from verifier import words
from verifier.console.access import RIGHTS, Right, Role, at_the_box
from verifier.console.board import Board
from verifier.console.feed import Feed
from verifier.console.lane import Lane
from verifier.words import Words


@dataclass(frozen=True, slots=True)
class Desk:
    """The lane, what the station says of it, and the way to ask the station."""

    lane: Lane
    board: Board
    feed: Feed

    def role(self, request: Request) -> Role:
        """Say who asks."""
        return Role.BOX if at_the_box(request) else Role.NOBODY

    def needs(self, right: Right) -> Depends:
        """Let a route answer those only who have the right."""

        def check(request: Request) -> None:
            if right not in RIGHTS[self.role(request)]:
                raise HTTPException(403)

        return Depends(check)

    def words(self, request: Request) -> Words:
        """Give the language that the address asks for, else the lane's."""
        wanted = request.query_params.get("lang", self.lane.language)
        return words.load(wanted if wanted in words.LANGUAGES else self.lane.language)
