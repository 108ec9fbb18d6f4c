"""`verifier aim`: live help for mounting a camera, and for support. It runs instead of the station.

It shows no content.
"""

import json
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from html import escape
from pathlib import Path
from threading import Thread

import click
from rich.live import Live

from verifier.commands.at_site import refuse
from verifier.commands.parts.camera import open_device
from verifier.devices.camera import DeviceError
from verifier.reading import still
from verifier.reading.aim import Advice, Aim, aim
from verifier.reading.refusal import PictureError
from verifier.reading.task import Task
from verifier.settings import SettingsError
from verifier.station import site

_SHADES = " .:*#"  # of the glare map, from no pixel clipped to all
_DEVICE_STATUS = 69  # sysexits.h: EX_UNAVAILABLE
_REQUEST_BYTES = 4096
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n\r\n"
_PAGE = '<!doctype html><meta http-equiv="refresh" content="1"><title>aim</title><pre style="font-size:3vw">{}</pre>'


def _address(_ctx: click.Context, _option: click.Parameter, text: str | None) -> tuple[str, int] | None:
    if text is None:
        return None
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or int(port) not in range(1 << 16):
        raise click.BadParameter("say a host and a port, like 127.0.0.1:8081")
    return host, int(port)


@click.command()
@click.argument("picture", required=False, type=click.Path(path_type=Path))
@click.option("--settings", type=click.Path(path_type=Path), default=Path("/etc/credential-gate/station.toml"))
@click.option("--camera", type=click.Path(path_type=Path), help="Look at the pictures of this folder instead.")
@click.option("--page", metavar="HOST:PORT", callback=_address, help="Show it on a page of its own, too.")
@click.option("--frames", type=click.IntRange(1), help="End after so many frames.")
def command(
    picture: Path | None, settings: Path, camera: Path | None, page: tuple[str, int] | None, frames: int | None
) -> None:
    """Say how well the station's camera, or a PICTURE, sees a code, and what to change.

    Sharpness, size of a module, light, a map of glare. Nothing of what a code says is read out or shown. Exit status:
    0, 65 to 69 for a picture or a camera that cannot be used, 78 for settings that cannot.
    """
    if picture is not None:
        click.echo(_sentences(_of_picture(picture)))
        return
    try:
        found = site.load(settings, Path(), camera, training=False)
    except SettingsError as error:
        refuse(error)
    shown = _Page(page) if page else None
    try:
        with Live(refresh_per_second=5) as live:
            for number, seen in enumerate(_seen(found), 1):
                live.update(_sentences(seen))
                if shown is not None:
                    shown.text = _sentences(seen)
                if number == frames:
                    break
    except (DeviceError, OSError) as error:
        click.echo(f"verifier: camera: {error}", err=True)
        sys.exit(_DEVICE_STATUS)


def _seen(found: site.Site) -> Iterator[Aim]:
    camera = open_device(found.settings.camera)
    try:
        yield from map(aim, camera.frames())
    finally:
        camera.close()


def _of_picture(path: Path) -> Aim:
    try:
        said = json.loads(still.answer(path, Task.AIM))
    except PictureError as error:
        click.echo(f"verifier aim: {path}: {error}", err=True)
        sys.exit(error.refusal)
    rows = tuple(tuple(float(share) for share in row) for row in said.pop("glare"))
    advice = tuple(Advice(word) for word in said.pop("advice"))
    return Aim(**said, glare=rows, advice=advice)


def _sentences(seen: Aim) -> str:
    """Write it as lines for a person."""
    pixels = "no code in view" if seen.module_pixels is None else f"{seen.module_pixels:.1f} pixels to a module"
    sharp = "" if seen.sharpness is None else f", sharpness {seen.sharpness:.0%}"
    glare = ["".join(_SHADES[round(share * (len(_SHADES) - 1))] for share in row) for row in seen.glare]
    lines = [f"{pixels}{sharp}", f"white {seen.white:.0%}, black {seen.black:.0%} of the sensor's range", ""]
    lines += [f"|{row}|" for row in glare]
    return "\n".join([*lines, "", *(f"-> {advice}" for advice in seen.advice)])


class _Page:
    """A page with the newest figures and nothing else, whatever is asked for."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.text = "waiting for a frame"
        self.socket = socket.create_server(address)
        Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            visitor, _ = self.socket.accept()
            with visitor, suppress(OSError):
                visitor.settimeout(1)
                visitor.recv(_REQUEST_BYTES)
                visitor.sendall(_HEAD + _PAGE.format(escape(self.text)).encode())
