"""Copies a published registry to where gates fetch it: a web server's folder, or a stick. Plain files, any server."""

import os
from pathlib import Path

from trust_registry import durable
from trust_registry.repository import Repository

_LAST = "timestamp.json"


def copy(repository: Repository, to: Path) -> int:
    """Copy what is not there yet, the timestamp last, so that a gate never sees half of it; give how many files.

    Raises `OSError`. A file never changes once it has its name, but for the timestamp.
    """
    top = repository.metadata.parent
    stamp = repository.metadata / _LAST
    files = [path for part in (repository.targets, repository.metadata) for path in part.rglob("*") if path.is_file()]
    new = [path for path in files if path != stamp and not (to / path.relative_to(top)).exists()]
    for path in new:
        place = to / path.relative_to(top)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(path.read_bytes())
    os.sync()  # a stick is pulled out sooner than one thinks
    durable.write(to / stamp.relative_to(top), stamp.read_bytes())
    return len(new) + 1
