"""The registry as a station holds it: a descriptor in the zygote, an open image in each judge, and the canary's key."""

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from trust_registry import image
from trust_registry.image import RegistryError, RegistryImage
from trust_registry.model import IssuerKey, KeyRef, StatusList, TrustView

_OWN_DESCRIPTORS = Path("/proc/self/fd")


class Source(Protocol):
    """Where a judge gets its trust from, between its fork and its cage."""

    def open(self) -> tuple[TrustView, Collection[int]]:
        """Open it, and name the descriptors that it needs from then on."""


class ImageSource:
    """A registry image whose seal was checked once, by its descriptor; each judge opens it for itself."""

    def __init__(self, path: Path) -> None:
        """Open and check an image. Raises `RegistryError`."""
        self.path = path
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise RegistryError(f"{path}: cannot open the registry image: {error.strerror}") from None
        try:
            image.check_seal(self._file)
            held = image.open_descriptor(self._file.fileno())
        except RegistryError as error:
            self._file.close()
            raise RegistryError(f"{path}: {error}") from None
        self.generation, self.as_of = held.generation, held.as_of
        held.close()  # a handle of SQLite never crosses a fork

    def open(self) -> tuple[RegistryImage, Collection[int]]:
        """Open the image in a child, and find the descriptor that SQLite reads through."""
        before = _descriptors()
        held = image.open_descriptor(self._file.fileno())
        return held, _descriptors() - before

    def is_current(self) -> bool:
        """Say whether the path still leads to this image."""
        try:
            return os.path.samestat(self.path.stat(), os.fstat(self._file.fileno()))
        except OSError:
            return True  # a missing file is no newer one

    def close(self) -> None:
        """Let go of the descriptor; judges that have it open keep it."""
        self._file.close()


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
