"""The frame ring: the camera writes luma into shared memory that readers may map to look, and nobody may resize.

The camera makes the ring, maps it, and seals it: no other mapping of it can ever write. Readers get its descriptor.
"""

import fcntl
import mmap
import os

from verifier.devices.camera import DeviceError
from verifier.frame import Frame
from verifier.protocol import Ring

SLOTS = 4  # one each for two readers to look at, and two for the camera to take turns with

# linux/fcntl.h; Python 3.11 has no name for the last
_F_ADD_SEALS, _F_GET_SEALS = 1033, 1034
_SEALS = 0x0001 | 0x0002 | 0x0004 | 0x0010  # SEAL, SHRINK, GROW, FUTURE_WRITE


class FrameRing:
    """The camera's side."""

    def __init__(self, shape: Ring) -> None:
        self.shape = shape
        self.descriptor = os.memfd_create("frames", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        os.ftruncate(self.descriptor, _size(shape))
        self._map = mmap.mmap(self.descriptor, _size(shape))
        fcntl.fcntl(self.descriptor, _F_ADD_SEALS, _SEALS)

    def put(self, slot: int, frame: Frame) -> None:
        """Copy a frame of the ring's width and height into a slot.

        Raises `DeviceError` for another size.
        """
        shape = self.shape
        if (frame.width, frame.height) != (shape.width, shape.height):
            raise DeviceError(f"the camera gives {frame.width} x {frame.height}, not {shape.width} x {shape.height}")
        start = slot * shape.height * shape.stride
        if frame.stride == shape.stride and len(frame.luma) >= shape.height * shape.stride:
            self._map[start : start + shape.height * shape.stride] = frame.luma[: shape.height * shape.stride]
            return
        for row in range(shape.height):
            source, target = row * frame.stride, start + row * shape.stride
            self._map[target : target + shape.width] = frame.luma[source : source + shape.width]

    def wipe(self) -> None:
        """Overwrite every slot."""
        self._map[:] = bytes(len(self._map))

    def close(self) -> None:
        """Overwrite every slot and let go of the memory."""
        self.wipe()
        self._map.close()
        os.close(self.descriptor)


def check(descriptor: int, shape: Ring) -> None:
    """Make sure that a descriptor is a sealed ring of this shape, without mapping it.

    Raises `DeviceError`.
    """
    try:
        seals = fcntl.fcntl(descriptor, _F_GET_SEALS)
    except OSError:
        raise DeviceError("the camera handed over something that is no frame ring") from None
    if seals & _SEALS != _SEALS or os.fstat(descriptor).st_size != _size(shape):
        raise DeviceError("the camera handed over a frame ring of another size, or one that is not sealed")


def view(descriptor: int, shape: Ring) -> tuple[Frame, ...]:
    """Map a ring to look at it only: one frame for each slot, whatever is in it at the moment."""
    memory = memoryview(mmap.mmap(descriptor, _size(shape), prot=mmap.PROT_READ))
    length = shape.height * shape.stride
    slots = (memory[slot * length : (slot + 1) * length] for slot in range(shape.slots))
    return tuple(Frame(slot, shape.width, shape.height, shape.stride) for slot in slots)


def _size(shape: Ring) -> int:
    return shape.slots * shape.height * shape.stride
