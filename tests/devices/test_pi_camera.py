"""The camera of a Raspberry Pi, on a picamera2 that this file makes: no board is needed, and no board was tried."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from types import ModuleType

import numpy as np
import pytest

from verifier.devices.camera import DeviceError
from verifier.devices.pi_camera import open_camera

WIDTH, HEIGHT, STRIDE = 160, 120, 192


@dataclass(eq=False)
class Request:
    """One buffer of the camera: rows of luma wider than the picture, and half as many of colour below."""

    number: int
    released: bool = False

    def release(self) -> None:
        self.released = True


@dataclass(eq=False)
class Picamera2:
    """Picamera2 as far as we use it; after `frames` frames it stays silent."""

    frames: int = 3
    camera_controls: dict[str, object] = field(default_factory=lambda: {"FrameDurationLimits": (1, 2, 3)})
    configuration: dict[str, object] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    running: bool = False

    def create_video_configuration(self, **wanted: object) -> dict[str, object]:
        return wanted

    def configure(self, wanted: dict[str, object]) -> None:
        self.configuration = wanted

    def camera_configuration(self) -> dict[str, dict[str, object]]:
        return {"main": {"size": (WIDTH, HEIGHT), "format": "NV12"}}

    def start(self) -> None:
        self.running = True

    def stop(self) -> None:
        self.running = False

    def close(self) -> None:
        assert not self.running

    def capture_request(self, wait: float) -> Request:
        if len(self.requests) == self.frames:
            raise TimeoutError(wait)
        self.requests.append(Request(len(self.requests)))
        return self.requests[-1]


@dataclass(frozen=True)
class Mapped:
    array: "np.ndarray[tuple[int, int], np.dtype[np.uint8]]"


@contextmanager
def mapped_array(request: Request, stream: str) -> Iterator[Mapped]:
    assert stream == "main"
    yield Mapped(np.full((HEIGHT * 3 // 2, STRIDE), request.number, np.uint8))
    assert not request.released


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> Picamera2:
    module, made = ModuleType("picamera2"), Picamera2()
    vars(module).update(Picamera2=lambda: made, MappedArray=mapped_array)
    monkeypatch.setitem(sys.modules, "picamera2", module)
    return made


def test_frames_are_the_luma_plane_as_it_stands(device: Picamera2) -> None:
    camera = open_camera(WIDTH, HEIGHT, 15)
    for number, frame in enumerate(islice(camera.frames(), 3)):
        assert (frame.width, frame.height, frame.stride) == (WIDTH, HEIGHT, STRIDE)
        assert frame.luma[0] == number
    camera.close()
    assert not device.running


def test_each_buffer_goes_back_before_the_next_is_asked_for(device: Picamera2) -> None:
    for _ in islice(open_camera(WIDTH, HEIGHT, 15).frames(), 3):
        assert [request.released for request in device.requests[:-1]] == [True] * (len(device.requests) - 1)


def test_only_controls_that_the_camera_has_are_set(device: Picamera2) -> None:
    open_camera(WIDTH, HEIGHT, 20)
    assert device.configuration["controls"] == {"FrameDurationLimits": (50_000, 50_000)}
    device.camera_controls |= {"AfMode": (0, 2, 0), "LensPosition": (0.0, 15.0, 1.0)}
    open_camera(WIDTH, HEIGHT, 20)
    assert device.configuration["controls"] == {
        "FrameDurationLimits": (50_000, 50_000),
        "AfMode": 0,
        "LensPosition": pytest.approx(6.67, abs=0.01),
    }


def test_a_silent_camera_is_an_error_of_the_device(device: Picamera2) -> None:
    device.frames = 0
    with pytest.raises(DeviceError, match="sends no pictures"):
        next(open_camera(WIDTH, HEIGHT, 15).frames())


def test_a_system_without_picamera2_is_told_what_to_do() -> None:
    with pytest.raises(DeviceError, match="install the system's python3-picamera2"):
        open_camera(WIDTH, HEIGHT, 15)
