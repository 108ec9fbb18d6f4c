"""Routes for programs: health, condition, metrics. The streams of `watch` belong to the same interface."""

from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from verifier.console import metrics
from verifier.console.access import Right
from verifier.console.desk import Desk
from verifier.protocol import Readiness
from verifier.words import key


@dataclass(frozen=True, slots=True)
class Condition:
    """How a station is. `as_of`: when its registry was last known to be current, in seconds since 1970 UTC."""

    lane: str
    readiness: str
    troubles: list[str]
    training: bool
    policy: str | None
    generation: int
    as_of: float
    clock: str
    uncertainty_seconds: float


@dataclass(frozen=True, slots=True)
class Health:
    """Whether a verdict is to be expected of this station."""

    ready: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request was not answered."""

    error: Literal[
        "bad-request", "busy", "forbidden", "lost", "not-allowed", "not-found", "refused", "too-large", "fault"
    ]


REFUSALS: dict[int | str, dict[str, object]] = {403: {"model": Refusal}, 503: {"model": Refusal}}


def routes(desk: Desk) -> APIRouter:
    """Make the routes."""
    router = APIRouter()

    @router.get("/healthz", response_model=Health, responses={503: {"model": Health}})
    async def health() -> JSONResponse:
        """Answer 200 while the lane works and 503 while it does not, and say no more."""
        ready = desk.board.state is not None and desk.board.state.readiness is not Readiness.NOT_READY
        return JSONResponse({"ready": ready}, 200 if ready else 503)

    @router.get("/api/v1/station", responses=REFUSALS, response_model=Condition, dependencies=[desk.needs(Right.READ)])
    async def station() -> Response | Condition:
        """Say how the station is; 503 while it does not answer."""
        return _condition(desk) or JSONResponse({"error": "lost"}, 503)

    @router.get("/metrics", response_class=Response, responses=TEXT, dependencies=[desk.needs(Right.READ)])
    async def all_metrics() -> Response:
        """Write the metrics; every count in them changes at quarter hours only."""
        return Response(metrics.exposition(desk.lane, desk.board), media_type=metrics.MEDIA)

    return router


TEXT: dict[int | str, dict[str, object]] = {
    200: {"content": {"application/openmetrics-text": {}}, "description": "OpenMetrics"},
    403: {"model": Refusal},
}


def _condition(desk: Desk) -> Condition | None:
    state = desk.board.state
    if state is None:
        return None
    return Condition(
        lane=desk.lane.name,
        readiness=key(state.readiness),
        troubles=sorted(key(trouble) for trouble in state.troubles),
        training=state.training,
        policy=desk.lane.policies[state.policy].name if state.policy < len(desk.lane.policies) else None,
        generation=state.generation,
        as_of=state.as_of,
        clock=key(state.clock),
        uncertainty_seconds=state.uncertainty_seconds,
    )
