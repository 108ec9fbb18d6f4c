"""The console's process: one loop, its listeners, and bounds on every connection.

The web server's own loop is not used: it wakes ten times a second and waits for half a request for ever.
"""

import asyncio
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.types import ASGIApp
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

CONNECTIONS = 640  # a screen keeps one; the bound leaves 64 MB to everything else at 100 KB each
HEAD_SECONDS = 5.0
HEAD_BYTES = 16_384
STALLED_MS = 10_000  # a peer that takes nothing in for this time has gone


@dataclass(frozen=True, slots=True)
class Listener:
    """A bound socket, with TLS for every one that is not loopback."""

    socket: socket.socket
    tls: ssl.SSLContext | None = None


async def serve(app: ASGIApp, listeners: Sequence[Listener], head_seconds: float = HEAD_SECONDS) -> None:
    """Answer requests until cancelled, then drop every connection."""
    config = Config(app, lifespan="off", ws="none", log_config=None, access_log=False, server_header=False)
    config.h11_max_incomplete_event_size = HEAD_BYTES
    config.date_header = False
    config.load()
    state = ServerState()
    loop = asyncio.get_running_loop()

    def connection() -> Patience:
        return Patience(H11Protocol(config, state, {}), state, head_seconds)

    servers = [
        await loop.create_server(
            connection, sock=one.socket, ssl=one.tls, ssl_handshake_timeout=head_seconds if one.tls else None
        )
        for one in listeners
    ]
    try:
        await asyncio.Event().wait()
    finally:
        for server in servers:
            server.close()
        for open_connection in list(state.connections):
            open_connection.transport.abort()


class Patience(asyncio.Protocol):  # the event loop asks for its class
    """One connection, with an end to our patience: for a head that does not come, and for one connection too many."""

    def __init__(self, http: H11Protocol, state: ServerState, head_seconds: float) -> None:
        self._http = http
        self._state = state
        self._head_seconds = head_seconds
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection, or drop it where there are too many."""
        if not isinstance(transport, asyncio.Transport):
            raise TypeError(transport)
        self._http.connection_made(transport)
        if len(self._state.connections) > CONNECTIONS:
            transport.abort()
            return
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, STALLED_MS)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Pass bytes on."""
        self._http.data_received(data)
        self._watch()

    def eof_received(self) -> None:
        """Let the transport close."""

    def connection_lost(self, exc: Exception | None) -> None:
        """Pass the end on."""
        self._rest()
        self._http.connection_lost(exc)

    def pause_writing(self) -> None:
        """Tell the writer that the peer is slow."""
        self._http.pause_writing()

    def resume_writing(self) -> None:
        """Tell the writer that the peer has caught up."""
        self._http.resume_writing()

    def _watch(self) -> None:
        """While no request is being answered, time runs; more bytes of half a head do not stop it."""
        answering = self._http.cycle is not None and not self._http.cycle.response_complete
        if answering:
            self._rest()
        elif self._deadline is None:
            self._deadline = asyncio.get_running_loop().call_later(self._head_seconds, self._http.transport.abort)

    def _rest(self) -> None:
        if self._deadline:
            self._deadline.cancel()
        self._deadline = None
