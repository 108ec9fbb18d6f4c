"""Brings a gate's registry image up to date from a published registry: verified first, then swapped whole.

The gate never reads what was fetched: after each verified update one new image is built beside the old one and put in
its place. Whatever goes wrong, the old image stands. The same code serves a web server, a mirror and a stick.
"""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from trust_registry import durable, roles, shards
from trust_registry.build import Content, build
from trust_registry.faults import Fault, SyncError, named
from trust_registry.image import RegistryError, confirmed_path, open_image
from trust_registry.model import Issuer, IssuerKey
from trust_registry.shards import Dated
from trust_registry.update import Update

IMAGE, PREVIOUS = "registry.db", "registry.db.previous"

_LOCK, _DENIALS, _RECEIPTS = "lock", "denials.json.gz", "receipts"
_ALL_LANES = "all"


@dataclass(frozen=True, slots=True)
class Box:
    """Which gate this is: its name on receipts, its site, and the ring whose policies it tries first."""

    name: str = ""
    site: str = ""
    ring: str = _ALL_LANES


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync came to. `as_of` is when the registry was signed as current (seconds since 1970 UTC)."""

    generation: int
    as_of: float
    is_new: bool
    warnings: tuple[str, ...]


def sync(source: str, folder: Path, box: Box, now: float) -> Synced:
    """Fetch what changed, verify it, and swap the image where its content is new.

    `now` is the box's own time; what was verified before bounds it from below. Raises `SyncError`.
    """
    with named(), _locked(folder):
        held, known_as_of = _held(folder)
        update = Update(source, folder, max(now, known_as_of))
        if update.generation < held:
            raise SyncError(Fault.OLDER, f"generation {update.generation} is offered, {held} is held")
        warnings = () if update.generation == held else _rebuild(update, folder, box)
        durable.write(confirmed_path(folder / IMAGE), f"{update.generation} {update.as_of}\n".encode())
        _leave_receipt(source, box, update)
        return Synced(update.generation, update.as_of, update.generation != held, warnings)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep a second sync out; the lock goes with the process, however it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SyncError(Fault.BUSY, f"{folder}: another sync has it") from None
        yield


def _held(folder: Path) -> tuple[int, float]:
    """Give generation and age of the image in use; zero where it is missing or damaged, so that it is built again."""
    try:
        held = open_image(folder / IMAGE)
    except RegistryError:
        return 0, 0.0
    held.close()
    return held.generation, held.as_of


def _rebuild(update: Update, folder: Path, box: Box) -> tuple[str, ...]:
    """Fetch every file, then build the new image and put it in place; keep the one before."""
    shelves = [update.fetch(file) for name in roles.FORMATS for file in update.files(name).values()]
    denied, lifted, warnings = _denials(update, folder)
    keys = _Keys(shelves)
    content = Content(
        update.as_of,
        update.generation,
        keys,
        keys.issuers(),
        [one.denial for one in shards.standing_denials(denied, lifted)],
        resources=_resources(update, box),
    )
    image = folder / IMAGE
    with suppress(FileNotFoundError):
        (folder / f"{PREVIOUS}.new").unlink(missing_ok=True)
        (folder / f"{PREVIOUS}.new").hardlink_to(image)
        (folder / f"{PREVIOUS}.new").replace(folder / PREVIOUS)
    build(image, content)
    update.forget_unnamed()
    return warnings


class _Keys:
    """Reads keys from fetched files, one file at a time, and notes the issuers that it meets."""

    def __init__(self, shelves: list[Path]) -> None:
        self._shelves = shelves
        self._issuers: set[tuple[str, str | None, str]] = set()

    def __iter__(self) -> Iterator[IssuerKey]:
        for shelf in self._shelves:
            for one in shards.read(shelf.read_bytes()):
                self._issuers.add((one.key.issuer, min(one.key.scope.countries, default=None), one.source))
                yield one.key

    def issuers(self) -> Iterator[Issuer]:
        """Walk the issuers met so far: the image asks for them after the keys."""
        yield from (Issuer(*one) for one in self._issuers)


def _denials(update: Update, folder: Path) -> tuple[list[Dated], list[Dated], tuple[str, ...]]:
    """Give all denials ever seen, and those that were lifted. A denial does not lapse when its document shrinks."""
    kept = folder / _DENIALS
    seen = set(shards.read_denials(kept.read_bytes())) if kept.exists() else set()
    by_one = _document(update, roles.DENY_ONE, roles.DENIED_BY_ONE)
    warnings: tuple[str, ...] = ()
    if len({one.denial.issuer for one in by_one}) > 1:
        by_one, warnings = [], ("one person denied several issuers: that takes two, and is passed over",)
    denied = seen.union(by_one, _document(update, roles.DENY_MANY, roles.DENIED_BY_MANY))
    if denied != seen:
        durable.write(kept, shards.write_denials(denied))
    return list(denied), _document(update, roles.TARGETS, roles.LIFTED), warnings


def _document(update: Update, role: str, path: str) -> list[Dated]:
    file = update.files(role).get(path)
    return [] if file is None else shards.read_denials(update.fetch(file).read_bytes())


def _resources(update: Update, box: Box) -> Iterator[tuple[str, bytes]]:
    """Give policies and value sets by name: of our site before the common ones, of our ring before all lanes'."""
    shelves = [f"site/{box.site}/{ring}/" for ring in (box.ring, _ALL_LANES)] if box.site else []
    shelves += [f"policy/{ring}/" for ring in (box.ring, _ALL_LANES)]
    files = update.files(roles.POLICY) | (update.files(roles.SITE + box.site) if box.site else {})
    given: set[str] = set()
    for shelf in dict.fromkeys(shelves):
        for path, file in sorted(files.items()):
            name = path.removeprefix(shelf)
            if path.startswith(shelf) and name not in given:
                given.add(name)
                yield name, update.fetch(file).read_bytes()


def _leave_receipt(source: str, box: Box, update: Update) -> None:
    """Tell a stick who took what from it, so that a fleet without a network can be told apart."""
    if not box.name or "://" in source:
        return
    receipt = {"box": box.name, "generation": update.generation, "as_of": update.as_of}
    with suppress(OSError):  # a stick may be read-only; the sync is done all the same
        (Path(source) / _RECEIPTS).mkdir(exist_ok=True)
        name = "".join(mark if mark.isalnum() or mark in "-_" else "_" for mark in box.name)
        durable.write(Path(source) / _RECEIPTS / f"{name}.json", json.dumps(receipt).encode())
