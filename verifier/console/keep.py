"""The keep: passkeys, paired screens and open invitations, one small file each, named by the hash of what opens it.

A file is written whole and renamed into place; an invitation is used by removing its file, so it works once. No file
holds a secret: not an invitation's, not a screen's, and of a passkey only the public key.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from verifier.console.access import Role

INVITED_SECONDS = 600
SCREEN_SECONDS = 30 * 86_400
NAME_CHARACTERS = 64


class KeepError(Exception):
    """The folder cannot be used. The text is one line for a person."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody or some screen that may come in. `until`: seconds since 1970 UTC, 0 for no end.

    `public_key` and `uses` belong to a passkey: its COSE key in hexadecimal, and its own count of uses.
    """

    role: Role
    name: str
    until: float
    public_key: str = ""
    uses: int = 0


class Shelf:
    """One kind of entries, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, secret: bytes, entry: Entry) -> None:
        """Keep an entry, in place of one that was there. Raises `KeepError`."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self._folder, prefix=".", delete=False) as file:
                json.dump(asdict(entry), file)
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).rename(self._path(secret))
        except OSError as error:
            raise KeepError(f"{self._folder}: cannot keep an entry: {error.strerror}") from None

    def get(self, secret: bytes, now: float) -> Entry | None:
        """Give the entry that a secret opens, unless it is over."""
        entry = _read(self._path(secret))
        return entry if entry and (not entry.until or now < entry.until) else None

    def take(self, secret: bytes, now: float) -> Entry | None:
        """Give the entry and remove it: of two that ask at once, one is given it."""
        entry = self.get(secret, now)
        try:
            self._path(secret).unlink()
        except OSError:
            return None
        return entry

    def all(self) -> Iterator[tuple[str, Entry]]:
        """Walk the entries, each with the name of its file."""
        for path in sorted(self._folder.glob("*.json")):
            if entry := _read(path):
                yield path.stem, entry

    def remove(self, stem: str) -> None:
        """Remove the entry of a name that `all` gave; any other name is nothing."""
        for known, _ in self.all():
            if known == stem:
                (self._folder / f"{known}.json").unlink(missing_ok=True)

    def _path(self, secret: bytes) -> Path:
        return self._folder / f"{hashlib.sha256(secret).hexdigest()}.json"


class Keep:
    """The three shelves of a console, in its state folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.passkeys = Shelf(folder / "passkeys")
        self.screens = Shelf(folder / "screens")
        self.invitations = Shelf(folder / "invitations")


def _read(path: Path) -> Entry | None:
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        return Entry(Role(fields["role"]), fields["name"], fields["until"], fields["public_key"], fields["uses"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
