"""Writes files that survive a power cut: whole, or not at all."""

import os
from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Replace a file: beside it, durable, then swapped in. Raises `OSError`; then the old file stands."""
    beside = path.with_name(f"{path.name}.new")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder durable: without this a power cut may bring an old name back."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
