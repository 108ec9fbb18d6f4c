"""`verifier part camera`: the process that has the camera, and nothing else."""

import sys
from pathlib import Path

import click

from verifier.commands.at_site import options, refuse
from verifier.devices import folder, pi_camera
from verifier.devices.camera import Camera, DeviceError
from verifier.settings import Camera as Wanted
from verifier.settings import CameraKind, SettingsError
from verifier.station import camera as process
from verifier.station import link, site

_DEVICE_STATUS = 69  # sysexits.h: EX_UNAVAILABLE


@click.command()
@options
def command(settings: Path, runtime: Path | None, camera: Path | None, *, training: bool) -> None:
    """Run the camera's process: fill the frame ring for the station."""
    try:
        found = site.load(settings, runtime, camera, training=training)
    except SettingsError as error:
        refuse(error)
    try:
        process.run(open_device(found.settings.camera), link.reach(found.runtime / "camera.sock"))
    except (DeviceError, OSError) as error:
        click.echo(f"verifier: camera: {error}", err=True)
        sys.exit(_DEVICE_STATUS)


def open_device(wanted: Wanted) -> Camera:
    """Open the camera that the settings name. Raises `DeviceError`."""
    if wanted.kind is CameraKind.PICAMERA2 or wanted.folder is None:
        return pi_camera.open_camera(wanted.width, wanted.height, wanted.frames_per_second)
    paths = folder.pictures(wanted.folder)
    if wanted.kind is CameraKind.FOLDER:
        return folder.FolderCamera(paths, wanted.width, wanted.height, wanted.frames_per_second)
    return _synthetic(paths, wanted)


def _synthetic(paths: tuple[Path, ...], wanted: Wanted) -> Camera:
    """Show the pictures as a real camera would see them; numpy is loaded for nothing else."""
    from verifier.devices.synthetic.camera import SyntheticCamera  # noqa: PLC0415 - it costs 30 MB

    return SyntheticCamera(
        [path.read_bytes() for path in paths],
        width=wanted.width,
        height=wanted.height,
        frames_per_second=wanted.frames_per_second,
    )
