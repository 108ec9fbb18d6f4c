"""Routes for those who change something: orders to the station, screens and people who may come in."""

import secrets
from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse

from verifier.console.access import SCREENS, Right, Role
from verifier.console.access_page import access_page
from verifier.console.desk import Desk, origin
from verifier.console.keep import INVITED_SECONDS, Entry
from verifier.protocol import Verb
from verifier.words import key

VERBS = {key(verb): verb for verb in Verb}
SEE_OTHER = 303


def routes(desk: Desk) -> APIRouter:
    """Make the routes. Every act is written down before it is done."""
    router = APIRouter(include_in_schema=False, dependencies=[desk.needs(Right.ACT)])

    @router.post("/act", response_class=RedirectResponse)
    async def act(request: Request) -> RedirectResponse:
        fields = await desk.form(request)
        verb, argument = _order(fields)
        who = desk.visitor(request).name
        desk.acts.add(who, f"{key(verb)} {argument}", "asked")
        answer = await desk.feed.order(verb, argument)
        desk.acts.add(who, f"{key(verb)} {argument}", key(answer))
        back = "/policy" if verb is Verb.POLICY else "/overview"
        return RedirectResponse(f"{back}?said={key(answer)}", SEE_OTHER)

    @router.get("/access", response_class=HTMLResponse)
    async def access(request: Request) -> str:
        return access_page(desk.keep, desk.acts, desk.lane, desk.words(request), desk.visitor(request))

    @router.post("/access/pair", response_class=HTMLResponse)
    async def pair(request: Request) -> str:
        role = _screen((await desk.form(request)).get("role", ""))
        secret = secrets.token_urlsafe(32)
        desk.acts.add(desk.visitor(request).name, f"pair {role}", "invited")
        desk.keep.invitations.put(secret.encode(), Entry(role, role.value, desk.wall() + INVITED_SECONDS))
        link = f"{origin(request)}/pair#{secret}"
        return access_page(desk.keep, desk.acts, desk.lane, desk.words(request), desk.visitor(request), link)

    @router.post("/access/remove", response_class=RedirectResponse)
    async def remove(request: Request) -> RedirectResponse:
        stem = (await desk.form(request)).get("entry", "")
        desk.acts.add(desk.visitor(request).name, f"remove {stem[:8]}", "done")
        desk.keep.passkeys.remove(stem)
        desk.keep.screens.remove(stem)
        return RedirectResponse("/access", SEE_OTHER)

    return router


def _order(fields: Mapping[str, str]) -> tuple[Verb, int]:
    verb, argument = VERBS.get(fields.get("verb", "")), fields.get("argument", "")
    if verb is None or not (argument.isascii() and argument.isdecimal() and len(argument) < 4 and int(argument) < 256):  # noqa: PLR2004 - a byte
        raise HTTPException(400)
    return verb, int(argument)


def _screen(text: str) -> Role:
    if text not in SCREENS:
        raise HTTPException(400)
    return Role(text)
