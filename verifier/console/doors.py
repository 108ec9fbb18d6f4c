"""The doors: the sockets that the console listens on. The plain one is loopback; beyond it: TLS and passkeys."""

import socket
import ssl
from collections.abc import Sequence
from ipaddress import ip_address

from verifier.console.keep import Keep
from verifier.console.serve import Listener
from verifier.settings import Console, Outside, SettingsError

BACKLOG = 128


def open_all(wanted: Console) -> Sequence[Listener]:
    """Bind every listener, or none. Raises `SettingsError`."""
    if not _is_loopback(wanted.host):
        raise SettingsError("console.host: must be a loopback address; to listen elsewhere, see console.outside")
    tls = _prepared(wanted.outside, Keep(wanted.state)) if wanted.outside else None
    doors = [Listener(_bound(wanted.host, wanted.port, "console"))]
    if wanted.outside:
        doors.append(Listener(_bound(wanted.outside.host, wanted.outside.port, "console.outside"), tls))
    return doors


def names(wanted: Console) -> set[str]:
    """List the host names under which a browser may ask; any other is a trick."""
    host = f"[{wanted.host}]" if ":" in wanted.host else wanted.host
    known = {f"{host}:{wanted.port}", f"localhost:{wanted.port}"}
    if wanted.outside:
        known |= {f"{wanted.outside.name}:{wanted.outside.port}"}
        known |= {wanted.outside.name} if wanted.outside.port == 443 else set()  # noqa: PLR2004 - what https leaves out
    return known


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _prepared(outside: Outside, keep: Keep) -> ssl.SSLContext:
    """Make ready what a listener beyond this machine must have. Raises `SettingsError`."""
    if not any(keep.passkeys.all()):
        raise SettingsError("console.outside: nobody could sign in; add a passkey with `verifier invite` first")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(outside.certificate, outside.private_key)
    except (OSError, ssl.SSLError):
        raise SettingsError("console.outside: the certificate and its private key cannot be used") from None
    return context


def _bound(host: str, port: int, key: str) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise SettingsError(f"{key}.port: cannot listen on {port}: {error.strerror}") from None
