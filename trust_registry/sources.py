"""Finds the files of a trusted list on disk and hands them to the importers."""

from collections.abc import Iterator
from pathlib import Path

from trust_registry.importers import scopes
from trust_registry.importers.source import Source
from verifier import limits


def walk(argument: Path, pins: frozenset[bytes], *, test_issuers: bool) -> Iterator[Source]:
    """Give each file of a folder, in order of their names, or the one file. Raises `OSError`.

    Of a folder with a `scopes.toml` only that is given; it names the others. A file too large is cut, and then refused.
    """
    for path in sorted(_files(argument)):
        with path.open("rb") as file:
            data = file.read(limits.LIST_BYTES + 1)
        yield Source(path, data, _Beside(path.parent), pins, test_issuers)


def _files(argument: Path) -> list[Path]:
    if not argument.is_dir():
        return [argument]
    if (argument / scopes.FILE).is_file():
        return [argument / scopes.FILE]
    return [file for entry in argument.iterdir() for file in _files(entry)]


class _Beside:
    """Reads files of one folder by name; a name that leaves the folder is not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def __call__(self, name: str) -> bytes | None:
        path = (self._folder / name).resolve()
        if not path.is_relative_to(self._folder) or not path.is_file():
            return None
        with path.open("rb") as file:
            return file.read(limits.LIST_BYTES)
