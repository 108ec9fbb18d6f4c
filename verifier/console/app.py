"""The console as one application: which page stands where, and what an error looks like."""

from collections.abc import Callable, Mapping
from importlib.resources import files

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from verifier.console import act, api, enter, guard, know, watch
from verifier.console.desk import Desk

VERSION = "1"  # of the interface, not of the product
MEDIA = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
NAMES = {403: "forbidden", 404: "not-found", 405: "not-allowed", 503: "busy"}


def build(desk: Desk) -> FastAPI:
    """Put the routes together. There is no page about the routes, and an error repeats nothing of the request."""
    app = FastAPI(title="Credential Gate console", version=VERSION, docs_url=None, redoc_url=None, openapi_url=None)
    for part in (watch, api, know, act, enter):
        app.include_router(part.routes(desk))
    _serve_static(app)
    for kind in (HTTPException, RequestValidationError, guard.TooMuch, Exception):
        app.add_exception_handler(kind, _refuse)
    return app


def _serve_static(app: FastAPI) -> None:
    """Answer for each file of `static` from memory; there is no path to walk."""
    for file in files(__package__).joinpath("static").iterdir():
        answer = Response(file.read_bytes(), media_type=MEDIA[file.name.rpartition(".")[2]])
        app.router.routes.append(Route(f"/static/{file.name}", _always(answer), name=file.name))


def _always(answer: Response) -> Callable[[Request], Response]:
    return lambda _request: answer


def _refuse(_request: Request, error: Exception) -> Response:
    headers: Mapping[str, str] | None = None
    match error:
        case HTTPException(status_code=status, headers=headers):  # those name the methods that a route allows
            code = NAMES.get(status, "refused")
        case RequestValidationError():
            status, code = 422, "bad-request"
        case guard.TooMuch():
            status, code, headers = 413, "too-large", {"connection": "close"}  # the rest of it is not waited for
        case _:
            status, code = 500, "fault"
    return JSONResponse({"error": code}, status, headers)
