"""The frame ring: what the camera puts is what a reader sees, and only the camera can write."""

import mmap
import os
from collections.abc import Iterator

import pytest

from verifier.devices import ring
from verifier.devices.camera import DeviceError
from verifier.devices.ring import FrameRing
from verifier.frame import Frame
from verifier.protocol import Ring

SHAPE = Ring(slots=2, width=6, height=3, stride=8)


@pytest.fixture
def made() -> Iterator[FrameRing]:
    frames = FrameRing(SHAPE)
    yield frames
    frames.close()


def test_a_reader_sees_what_the_camera_put(made: FrameRing) -> None:
    made.put(1, Frame(bytes(range(24)), 6, 3, 8))
    first, second = ring.view(made.descriptor, SHAPE)
    assert bytes(second.luma) == bytes(range(24))
    assert bytes(first.luma) == bytes(24)


def test_rows_of_another_stride_are_put_one_by_one(made: FrameRing) -> None:
    made.put(0, Frame(bytes(range(18)), 6, 3, 6))
    frame = ring.view(made.descriptor, SHAPE)[0]
    assert [bytes(frame.luma[row * 8 : row * 8 + 6]) for row in range(3)] == [
        bytes(range(6)),
        bytes(range(6, 12)),
        bytes(range(12, 18)),
    ]


def test_a_frame_of_another_size_is_refused(made: FrameRing) -> None:
    with pytest.raises(DeviceError, match="not 6 x 3"):
        made.put(0, Frame(bytes(16), 4, 4, 4))


def test_a_wipe_leaves_nothing(made: FrameRing) -> None:
    made.put(1, Frame(b"\xff" * 24, 6, 3, 8))
    made.wipe()
    assert all(bytes(frame.luma) == bytes(24) for frame in ring.view(made.descriptor, SHAPE))


def test_nobody_else_can_write_or_resize(made: FrameRing) -> None:
    ring.check(made.descriptor, SHAPE)
    with pytest.raises(PermissionError):
        mmap.mmap(made.descriptor, 48)
    with pytest.raises(PermissionError):
        os.write(made.descriptor, b"x")
    with pytest.raises(PermissionError):
        os.ftruncate(made.descriptor, 0)


@pytest.mark.parametrize("flags", [0, os.MFD_ALLOW_SEALING])
def test_an_unsealed_ring_is_refused(flags: int) -> None:
    descriptor = os.memfd_create("unsealed", flags)
    os.ftruncate(descriptor, 48)
    with pytest.raises(DeviceError, match="not sealed"):
        ring.check(descriptor, SHAPE)
    os.close(descriptor)


def test_a_ring_of_another_size_or_a_pipe_is_refused(made: FrameRing) -> None:
    with pytest.raises(DeviceError, match="another size"):
        ring.check(made.descriptor, Ring(3, 6, 3, 8))
    read, write = os.pipe()
    with pytest.raises(DeviceError, match="no frame ring"):
        ring.check(read, SHAPE)
    os.close(read)
    os.close(write)
