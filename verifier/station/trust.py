"""The registry as a station holds it: a descriptor in the zygote, an open image in each judge, and the canary's key."""

import itertools
import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from trust_registry import image
from trust_registry.image import RegistryError, RegistryImage
from trust_registry.model import IssuerKey, KeyRef, StatusList, TrustView

_copies = itertools.count(1)
_OWN_DESCRIPTORS = Path("/proc/self/fd")


class Source(Protocol):
    """Where a judge gets its trust from, between its fork and its cage."""

    def open(self) -> tuple[TrustView, Collection[int]]:
        """Open it, and name the descriptors that it needs from then on."""


class ImageSource:
    """A registry image as it was when it was taken into use, whatever happens to its file afterwards.

    The station works with a copy of its own in its runtime folder: SQLite opens files by name, and a file that was
    replaced has none. The copy's seal is checked once; each judge opens it for itself.
    """

    def __init__(self, path: Path, runtime: Path) -> None:
        """Copy, check and try an image. Raises `RegistryError`."""
        self.path, self._copy = path, runtime / f"registry-{next(_copies)}.sqlite"
        try:
            self._taken = _identity(path)
            shutil.copyfile(path, self._copy)
            held = image.open_image(self._copy)
        except OSError as error:
            self._copy.unlink(missing_ok=True)
            raise RegistryError(f"{path}: cannot read the registry image: {error.strerror}") from None
        except RegistryError as error:
            self._copy.unlink(missing_ok=True)
            raise RegistryError(str(error).replace(str(self._copy), str(path))) from None
        self._file = self._copy.open("rb")
        self.generation, self.as_of = held.generation, held.as_of
        held.close()  # a handle of SQLite never crosses a fork

    def open(self) -> tuple[RegistryImage, Collection[int]]:
        """Open the image in a child, and find the descriptor that SQLite reads through."""
        before = _descriptors()
        held = image.open_descriptor(self._file.fileno())
        return held, _descriptors() - before

    def changed(self) -> bool:
        """Say whether there is another file at the path since this was last asked."""
        try:
            before, self._taken = self._taken, _identity(self.path)
        except OSError:
            return False  # a missing file is no newer one
        return before != self._taken

    def close(self) -> None:
        """Remove the copy; judges that have it open keep it."""
        self._file.close()
        self._copy.unlink(missing_ok=True)


def _identity(path: Path) -> tuple[int, int, int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


def _descriptors() -> set[int]:
    """Name every open descriptor of this process, but not that of the listing."""
    return {int(entry.name) for entry in _OWN_DESCRIPTORS.iterdir() if entry.exists()}


@dataclass(frozen=True, slots=True)
class WithCanary:
    """A trust view that also knows the key of the station's test of itself. Its standing keeps it from ever passing."""

    registry: TrustView
    canary: IssuerKey

    @property
    def as_of(self) -> float:
        """The registry's own."""
        return self.registry.as_of

    def keys(self, ref: KeyRef, /) -> Sequence[IssuerKey]:
        """Give the registry's keys, and the canary's where it is asked for."""
        mine = (self.canary.format, self.canary.key_id) == (ref.format, ref.key_id)
        return [*self.registry.keys(ref), *([self.canary] if mine and ref.issuer in (None, self.canary.issuer) else [])]

    def status_list(self, list_id: str, /) -> StatusList | None:
        """Give the registry's list."""
        return self.registry.status_list(list_id)

    def resource(self, name: str, /) -> bytes | None:
        """Give the registry's resource."""
        return self.registry.resource(name)
