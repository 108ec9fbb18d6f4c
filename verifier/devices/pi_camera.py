"""The camera of a Raspberry Pi, through picamera2, which comes from the system there.

One video configuration for good, its luma plane lent without a copy. Every control is asked for before it is set: a
lens with a fixed focus has no focus controls. A silent camera ends its process, and is started again with it.
"""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from verifier.devices.camera import DeviceError
from verifier.frame import Frame

_BUFFERS = 3  # one being filled, one waiting, one lent; each more takes contiguous memory that a small board lacks
_SILENT_SECONDS = 2.0  # a frame takes 70 ms; a camera whose cable is loose sends none, and never says so
_LENS_DIOPTRES = 1 / 0.15  # hardware/README.md: a code is held 15 cm from the lens
_MANUAL_FOCUS = 0  # libcamera AfModeManual: a lens that searches is blurred while a code is held up
_MICROSECONDS = 1_000_000


class PiCamera:
    """The first camera of the board, running until it is closed."""

    def __init__(self, picamera2: ModuleType, width: int, height: int, frames_per_second: int) -> None:
        self._picamera2 = picamera2
        try:
            self._camera = picamera2.Picamera2()
        except (RuntimeError, IndexError) as error:  # in use by another process; no camera
            raise DeviceError(f"the camera cannot be opened ({type(error).__name__}): check its cable") from None
        pace = _MICROSECONDS // frames_per_second
        controls = {"FrameDurationLimits": (pace, pace), "AfMode": _MANUAL_FOCUS, "LensPosition": _LENS_DIOPTRES}
        offered = {name: value for name, value in controls.items() if name in self._camera.camera_controls}
        self._camera.configure(
            self._camera.create_video_configuration(
                main={"size": (width, height), "format": "YUV420"}, raw=None, buffer_count=_BUFFERS, controls=offered
            )
        )
        self._camera.start()

    def frames(self) -> Iterator[Frame]:
        """Give one frame after the other, each lent until the next is asked for.

        Raises `DeviceError` when the camera stays silent.
        """
        width, height = self._camera.camera_configuration()["main"][
            "size"
        ]  # what we got, which may not be what we asked
        while True:
            try:
                request = self._camera.capture_request(wait=_SILENT_SECONDS)
            except TimeoutError:
                raise DeviceError("the camera sends no pictures: check its cable") from None
            try:
                with self._picamera2.MappedArray(request, "main") as mapped:
                    yield Frame(memoryview(mapped.array).cast("B"), width, height, mapped.array.shape[1])
            finally:
                request.release()

    def close(self) -> None:
        """Stop, and let go of the camera."""
        self._camera.stop()
        self._camera.close()


def open_camera(width: int, height: int, frames_per_second: int) -> PiCamera:
    """Open the first camera of the board.

    Raises `DeviceError`, also where picamera2 is missing.
    """
    try:
        picamera2 = import_module("picamera2")
    except ImportError:
        raise DeviceError(
            "picamera2 is not there: install the system's python3-picamera2 and run this process under a Python"
            " environment that sees it, or choose another camera.kind"
        ) from None
    return PiCamera(picamera2, width, height, frames_per_second)
