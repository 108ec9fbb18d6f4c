"""The doors: the sockets that the console listens on. Nothing leaves the machine by the plain one."""

import socket
from ipaddress import ip_address

from verifier.console.serve import Listener
from verifier.settings import Console, SettingsError

BACKLOG = 128


def open_loopback(wanted: Console) -> Listener:
    """Bind the plain listener. Raises `SettingsError` for an address that is not loopback, or one that is taken."""
    try:
        loopback = ip_address(wanted.host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise SettingsError("console.host: must be a loopback address such as 127.0.0.1")
    family = socket.AF_INET6 if ":" in wanted.host else socket.AF_INET
    try:
        return Listener(socket.create_server((wanted.host, wanted.port), family=family, backlog=BACKLOG))
    except OSError as error:
        raise SettingsError(f"console.port: cannot listen on {wanted.port}: {error.strerror}") from None


def names(wanted: Console) -> set[str]:
    """List the host names under which a browser on this machine may ask; any other is a trick."""
    host = f"[{wanted.host}]" if ":" in wanted.host else wanted.host
    return {f"{host}:{wanted.port}", f"localhost:{wanted.port}"}
