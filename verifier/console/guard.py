"""What every request passes first and every answer last: size, time, host, and the headers that browsers obey."""

import asyncio
import logging
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_BYTES = 65_536
BODY_SECONDS = 10.0

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with none at all a browser hides the origin of our own forms
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}

_log = logging.getLogger(__name__)


class TooMuch(Exception):  # noqa: N818 (it is a refusal)
    """A body is larger, or comes more slowly, than anything this console asks for."""


class Guard:
    """An ASGI application around another."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is foreign or too large; put the headers on every answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started: list[int] = []

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message["status"])
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        try:
            await self._answer(scope, receive, send_guarded)
        except TooMuch:
            if not started:
                await PlainTextResponse("too large\n", 413, {"connection": "close"})(scope, receive, send_guarded)
        _record(scope, started)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        if headers.get("host") not in self._hosts:
            await PlainTextResponse("unknown host\n", 421)(scope, receive, send)
        elif _announced(headers) > BODY_BYTES:
            raise TooMuch
        else:
            await self._app(scope, _bounded(receive), send)


def _announced(headers: Headers) -> int:
    length = headers.get("content-length", "0")
    return int(length) if length.isdecimal() and len(length) < 20 else BODY_BYTES + 1  # noqa: PLR2004 - 64 bits


def _bounded(receive: Receive) -> Receive:
    """Count what comes; a body has to come whole in a short time. Waiting for the end of a connection may last."""
    taken = 0
    whole = False

    async def receive_bounded() -> Message:
        nonlocal taken, whole
        try:
            async with asyncio.timeout(None if whole else BODY_SECONDS):
                message = await receive()
        except TimeoutError:
            raise TooMuch from None
        taken += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if taken > BODY_BYTES:
            raise TooMuch
        return message

    return receive_bounded


def _record(scope: Scope, started: list[int]) -> None:
    """Log the route's template and the status; never an address, a query, or a path as it was sent."""
    route = scope.get("route")
    _log.info("%s %s %s", scope["method"], getattr(route, "path", "-"), started[0] if started else "-")
