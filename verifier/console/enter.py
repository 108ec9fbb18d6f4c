"""Routes for those who come in: signing in and out, adding a passkey, pairing a screen."""

import secrets

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from verifier.console.access import PEOPLE, SCREENS, Role
from verifier.console.desk import SCREEN, SESSION, Desk, origin, same_origin
from verifier.console.frame import page
from verifier.console.html import el
from verifier.console.keep import SCREEN_SECONDS, Entry
from verifier.console.labels import Label
from verifier.console.passkeys import Refused

SEE_OTHER = 303


def routes(desk: Desk) -> APIRouter:
    """Make the routes. Everybody may knock; the answers say nothing about why somebody is refused."""
    router = APIRouter(include_in_schema=False)
    _add_pages(router, desk)
    _add_sign_in(router, desk)
    _add_enrol(router, desk)
    _add_pair(router, desk)
    return router


def _add_pages(router: APIRouter, desk: Desk) -> None:
    @router.get("/sign-in", response_class=HTMLResponse)
    async def sign_in_page(request: Request) -> Response:
        return _knock(desk, request, Label.SIGN_IN, Label.SIGN_IN_HINT, Label.SIGN_IN)

    @router.get("/enrol", response_class=HTMLResponse)
    async def enrol_page(request: Request) -> Response:
        return _knock(desk, request, Label.ENROL, Label.ENROL_HINT, Label.ENROL)

    @router.get("/pair", response_class=HTMLResponse)
    async def pair_page(request: Request) -> Response:
        return _knock(desk, request, Label.PAIR, Label.PAIR_HINT, Label.PAIR_HERE)


def _add_sign_in(router: APIRouter, desk: Desk) -> None:
    @router.post("/sign-in/challenge")
    async def challenge(request: Request) -> Response:
        same_origin(request)
        return Response(desk.passkeys.challenge(_host(request)), media_type="application/json")

    @router.post("/sign-in")
    async def sign_in(request: Request) -> Response:
        same_origin(request)
        try:
            entry = desk.passkeys.check(await _text(request), _host(request), origin(request))
        except Refused:
            raise HTTPException(403) from None
        return _signed_in(desk, entry)

    @router.post("/sign-out")
    async def sign_out(request: Request) -> Response:
        same_origin(request)
        desk.sessions.end(request.cookies.get(SESSION, ""))
        answer = RedirectResponse("/sign-in", SEE_OTHER)
        answer.delete_cookie(SESSION, secure=True, httponly=True, samesite="strict")
        return answer


def _add_enrol(router: APIRouter, desk: Desk) -> None:
    @router.post("/enrol/challenge")
    async def challenge(request: Request) -> Response:
        same_origin(request)
        try:
            options = desk.passkeys.invite(await _text(request), _host(request))
        except Refused:
            raise HTTPException(403) from None
        return Response(options, media_type="application/json")

    @router.post("/enrol")
    async def enrol(request: Request) -> Response:
        same_origin(request)
        secret, _, answer = (await _text(request)).partition("\n")
        try:
            entry = desk.passkeys.enrol(secret, answer, _host(request), origin(request))
        except Refused:
            raise HTTPException(403) from None
        desk.acts.add(entry.name, "enrol", entry.role)
        return _signed_in(desk, entry)


def _add_pair(router: APIRouter, desk: Desk) -> None:
    @router.post("/pair")
    async def pair(request: Request) -> Response:
        same_origin(request)
        secret = (await _text(request)).encode()
        invited = desk.keep.invitations.get(secret, desk.wall())
        if invited is None or invited.role not in SCREENS or not desk.keep.invitations.take(secret, desk.wall()):
            raise HTTPException(403)
        token = secrets.token_urlsafe(32)
        desk.keep.screens.put(token.encode(), Entry(invited.role, invited.name, desk.wall() + SCREEN_SECONDS))
        return _with_cookie(SCREEN, token, SCREEN_SECONDS, "/" if invited.role is Role.STAFF_SCREEN else "/holder")


def _knock(desk: Desk, request: Request, title: Label, hint: Label, button: Label) -> Response:
    """Answer with a page of one button. A passkey belongs to a name, so a numeric address is sent to the name."""
    if request.url.hostname in {"127.0.0.1", "::1"}:
        return RedirectResponse(str(request.url.replace(hostname="localhost")))
    words = desk.words(request)
    body = (
        el("p", words.of(hint)),
        el("button", words.of(button), id="knock", type="button"),
        el("p", words.of(Label.REFUSED), id="refused", class_="condition not-ready", hidden=True, role="alert"),
    )
    return HTMLResponse(page(words, desk.visitor(request), title, *body, script="enter"))


def _signed_in(desk: Desk, entry: Entry) -> Response:
    if entry.role not in PEOPLE:
        raise HTTPException(403)
    return _with_cookie(SESSION, desk.sessions.begin(entry.role, entry.name), None, "/overview")


def _with_cookie(name: str, value: str, seconds: int | None, then: str) -> Response:
    answer = JSONResponse({"then": then})
    answer.set_cookie(name, value, max_age=seconds, secure=True, httponly=True, samesite="strict")
    return answer


def _host(request: Request) -> str:
    return request.url.hostname or ""


async def _text(request: Request) -> str:
    """Read a short text. Raises `HTTPException`."""
    try:
        return (await request.body()).decode()
    except UnicodeDecodeError:
        raise HTTPException(400) from None
