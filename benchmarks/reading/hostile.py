"""Frames made to hurt: what costs readers most, in any size."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import zxingcpp

Luma = npt.NDArray[np.uint8]
Modules = npt.NDArray[np.int64]  # 1 is light


def frames(width: int, height: int) -> Iterator[tuple[str, Luma]]:
    """Give each frame with its name; there is something to read in the two that say so."""
    chance = np.random.default_rng(0)
    shape = (height, width)
    yield "noise", chance.integers(0, 256, shape, np.uint8)
    yield "black and white noise", _scaled(chance.integers(0, 2, shape), 4, shape)
    yield "stripes like finder patterns", _tiled(np.array([[0, 1, 0, 0, 0, 1, 0, 1]]), 3, shape)
    for scale in (2, 4, 8):
        yield f"finder patterns of {7 * scale} px", _tiled(_finder(), scale, shape)
    yield "finder patterns anywhere", _scattered(chance, shape)
    small = _drawn(b"a", "L")
    yield "many symbols, readable", _tiled(small, 2, shape)
    broken = _tiled(small, 2, shape)
    broken[_scaled(chance.random(shape) < 0.25, 2, shape) > 0] ^= 255
    yield "many symbols, broken", broken
    large = _drawn(chance.bytes(2900), "L")
    yield "the largest symbol, readable", _tiled(large, height // len(large), shape)
    torn = large.copy()
    torn[8:-16, 16:-16][chance.random((len(large) - 24, len(large) - 32)) < 0.15] ^= 1
    yield "the largest symbol, broken", _tiled(torn, height // len(large), shape)


def _drawn(data: bytes, level: str) -> Modules:
    """Draw a symbol, 1 being light, with a quiet zone."""
    code = zxingcpp.create_barcode(data, zxingcpp.BarcodeFormat.QRCodeModel2, ec_level=level)
    light = np.array(code.to_image(scale=1, add_quiet_zones=False), np.uint8) > 0
    return np.pad(light, 4, constant_values=True).astype(np.int64)


def _finder() -> Modules:
    far = np.abs(np.arange(-4, 5))
    ring = np.maximum(far, far[:, None])
    return np.isin(ring, (2, 4)).astype(np.int64)


def _scaled(modules: Modules | npt.NDArray[np.bool_], scale: int, shape: tuple[int, int]) -> Luma:
    return _tiled(modules[: -(-shape[0] // scale), : -(-shape[1] // scale)].astype(np.int64), scale, shape)


def _tiled(modules: Modules, scale: int, shape: tuple[int, int]) -> Luma:
    """Repeat a pattern over the frame; what is cut at the edges stays cut."""
    tile = (modules * 255).astype(np.uint8).repeat(scale, 0).repeat(scale, 1)
    down, across = -(-shape[0] // tile.shape[0]), -(-shape[1] // tile.shape[1])
    return np.ascontiguousarray(np.tile(tile, (down, across))[: shape[0], : shape[1]])


def _scattered(chance: np.random.Generator, shape: tuple[int, int]) -> Luma:
    luma = np.full(shape, 255, np.uint8)
    for _ in range(shape[0] * shape[1] // 1000):
        tile = (_finder() * 255).astype(np.uint8)
        scale = int(chance.integers(1, 5))
        tile = tile.repeat(scale, 0).repeat(scale, 1)
        y, x = int(chance.integers(shape[0] - len(tile))), int(chance.integers(shape[1] - len(tile)))
        luma[y : y + len(tile), x : x + len(tile)] = tile
    return luma
