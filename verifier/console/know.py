"""Routes for those who look after a station: the scan just made, how it is, its registry, its policies."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from verifier.console import registry
from verifier.console.access import Right
from verifier.console.desk import Desk
from verifier.console.html import Html, el
from verifier.console.overview import overview_page
from verifier.console.policy import policy_page
from verifier.console.supervisor import supervisor_page
from verifier.protocol import Answer
from verifier.words import key

SAID = {key(answer): answer for answer in Answer}


def routes(desk: Desk) -> APIRouter:
    """Make the routes."""
    router = APIRouter(
        default_response_class=HTMLResponse, include_in_schema=False, dependencies=[desk.needs(Right.READ)]
    )

    @router.get("/supervisor")
    async def this_scan(request: Request) -> str:
        return supervisor_page(desk.board.last_shown(), desk.words(request), desk.visitor(request))

    @router.get("/overview")
    async def overview(request: Request) -> str:
        return overview_page(desk.lane, desk.board, desk.words(request), desk.visitor(request), _said(desk, request))

    @router.get("/registry")
    def the_registry(request: Request) -> str:  # not async: reading the image takes a while, in a thread of its own
        wanted = request.query_params.get("q", "")[: registry.SEARCH_CHARACTERS]
        held = registry.read(desk.lane.image)
        return registry.registry_page(held, desk.lane, wanted, desk.words(request), desk.visitor(request))

    @router.get("/policy")
    async def the_policies(request: Request) -> str:
        said = _said(desk, request)
        return policy_page(desk.lane, desk.board.state, desk.words(request), desk.visitor(request), said)

    return router


def _said(desk: Desk, request: Request) -> Html | None:
    """Repeat the station's answer to the act that led here; anything else in the address is not repeated."""
    answer = SAID.get(request.query_params.get("said", ""))
    return el("p", desk.words(request).of(answer), class_="said", role="status") if answer else None
