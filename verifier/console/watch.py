"""Routes for those who watch: the lamp page, the holder's side, and the streams that feed them."""

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, StreamingResponse

from verifier.console import lamp, stream
from verifier.console.access import Right
from verifier.console.api import REFUSALS
from verifier.console.board import LISTENERS
from verifier.console.desk import Desk

MEDIA = "text/event-stream"
EVENTS: dict[int | str, dict[str, object]] = {
    200: {"content": {MEDIA: {}}, "description": "server-sent events without end"}
}


def routes(desk: Desk) -> APIRouter:
    """Make the routes."""
    router = APIRouter()

    @router.get("/", response_class=HTMLResponse, include_in_schema=False, dependencies=[desk.needs(Right.LAMP)])
    async def staff_page(request: Request) -> str:
        return lamp.page(desk.lane, desk.words(request))

    @router.get(
        "/holder", response_class=HTMLResponse, include_in_schema=False, dependencies=[desk.needs(Right.HOLDER)]
    )
    async def holder_page(request: Request) -> str:
        return lamp.holder_page(desk.lane, desk.words(request))

    @router.get(
        "/api/v1/lamp",
        response_class=StreamingResponse,
        responses=EVENTS | REFUSALS,
        dependencies=[desk.needs(Right.LAMP)],
    )
    async def staff_stream() -> StreamingResponse:
        """Follow the station: `state` each second, `shown` with face and action, `tally`, `lost`."""
        return _stream(desk, stream.to_staff)

    @router.get(
        "/api/v1/holder",
        response_class=StreamingResponse,
        responses=EVENTS | REFUSALS,
        dependencies=[desk.needs(Right.HOLDER)],
    )
    async def holder_stream() -> StreamingResponse:
        """Follow the station as far as the person who shows a code may: fail and unsure are one face."""
        return _stream(desk, stream.to_holder)

    return router


def _stream(desk: Desk, said: stream.Said) -> StreamingResponse:
    if desk.board.listeners >= LISTENERS:
        raise HTTPException(503)
    return StreamingResponse(stream.events(desk.board, said), media_type=MEDIA)
