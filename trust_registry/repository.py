"""A registry being published: signed metadata, the files it names, and drafts that still collect signatures.

Everything is files, so that a folder, a git repository or a stick carries the work between people. A draft is the next
version of a role; it is published when enough of the role's people have signed exactly it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias, TypeVar

from securesystemslib.exceptions import StorageError, UnverifiedSignatureError
from securesystemslib.signer import Key, Signer
from tuf.api.exceptions import LengthOrHashMismatchError
from tuf.api.metadata import Metadata, Root, Signed, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.serialization import DeserializationError
from tuf.api.serialization.json import JSONSerializer

from trust_registry import durable, keyring, roles

Held: TypeAlias = Metadata[Root] | Metadata[Snapshot] | Metadata[Targets] | Metadata[Timestamp]
SignedKind = TypeVar("SignedKind", bound=Signed)

_COMPACT = JSONSerializer(compact=True)


class PublishError(Exception):
    """Something stands in the way of publishing. The text says what, and who must do what next."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a draft is: who signed, who else could, how many more are needed."""

    role: str
    signed: tuple[str, ...]
    others: tuple[str, ...]
    missing: int


class Repository:
    """The folder `metadata/` (published), `targets/` (files by their digest) and `drafts/`."""

    def __init__(self, folder: Path) -> None:
        self.metadata = folder / "metadata"
        self.targets = folder / "targets"
        self.drafts = folder / "drafts"

    def names(self) -> list[str]:
        """Name every role that is published."""
        return sorted({path.name.split(".", 1)[1].removesuffix(".json") for path in self.metadata.glob("[0-9]*.json")})

    def version(self, role: str) -> int:
        """Give the newest published version, 0 where there is none."""
        found = (int(path.name.split(".", 1)[0]) for path in self.metadata.glob(f"*.{role}.json"))
        return max(found, default=0)

    def published(self, role: str, version: int | None = None) -> Held:
        """Read what gates see of a role, or saw of it in an earlier version. Raises `PublishError`."""
        path = self.metadata / f"{version or self.version(role)}.{role}.json"
        if role == roles.TIMESTAMP:
            path = self.metadata / "timestamp.json"
        return read(path)

    def latest(self, role: str) -> Held:
        """Read the draft of a role, or what is published where there is none."""
        path = self.draft_path(role)
        return read(path) if path.exists() else self.published(role)

    def drafted(self) -> list[str]:
        """Name the roles that have a draft."""
        return sorted(path.stem for path in self.drafts.glob("*.json"))

    def root(self) -> Root:
        """Give the newest root, a draft too."""
        return as_kind(self.latest(roles.ROOT).signed, Root)

    def top(self) -> Targets:
        """Give the newest targets role, a draft too."""
        return as_kind(self.latest(roles.TARGETS).signed, Targets)

    def files(self, role: str, *, draft: bool) -> dict[str, bytes]:
        """Read every file that a role names, published or in its draft."""
        held = self.latest(role) if draft else self.published(role)
        return {path: self.content(file) for path, file in as_kind(held.signed, Targets).targets.items()}

    def content(self, file: TargetFile) -> bytes:
        """Read one file by what its role says of it. Raises `PublishError`."""
        try:
            data = self._file(file).read_bytes()
            file.verify_length_and_hashes(data)
        except (OSError, LengthOrHashMismatchError):
            raise PublishError(f"{file.path}: is missing or damaged; get the folder again") from None
        return data

    def draft(self, role: str, change: Callable[[Signed], None], now: datetime) -> None:
        """Make or change the draft of a role; whoever signed an earlier draft must sign again."""
        held = self.latest(role)
        renew(held, role, self.version(role) + 1, now)
        change(held.signed)
        self.drafts.mkdir(exist_ok=True)
        write(self.draft_path(role), held)

    def draft_expiring(self, now: datetime) -> None:
        """Draft again, unchanged, every role that people sign and that has lived half its time."""
        online = (roles.SNAPSHOT, roles.TIMESTAMP)
        for role in self.names():
            half = timedelta(days=roles.days(role) / 2)
            if role not in online and role not in self.drafted() and self.published(role).signed.expires - now < half:
                self.draft(role, lambda _signed: None, now)

    def put(self, role: str, files: dict[str, bytes], now: datetime, *, under: str = "") -> None:
        """Draft a role whose files under a path are these and no others; nothing where they are so already."""
        held = as_kind(self.latest(role).signed, Targets).targets
        wanted = {path: TargetFile.from_data(path, data, ["sha256"]) for path, data in files.items()}
        if {path: file for path, file in held.items() if path.startswith(under)} == wanted:
            return
        for path, data in files.items():
            place = self._file(wanted[path])
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)  # named by its digest: what a power cut takes is missed, never mistaken

        def change(signed: Signed) -> None:
            targets = as_kind(signed, Targets).targets
            for path in [path for path in targets if path.startswith(under)]:
                del targets[path]
            targets.update(wanted)

        self.draft(role, change, now)

    def sign(self, signer: Signer) -> list[str]:
        """Sign every draft that the signer's key has a say in; name their roles."""
        signed = []
        for role in self.drafted():
            if signer.public_key.keyid in self.people(role):
                held = self.latest(role)
                held.sign(signer, append=True)
                write(self.draft_path(role), held)
                signed.append(role)
        return signed

    def progress(self, role: str) -> Progress:
        """Say who signed a draft and who is missing."""
        held, people = self.latest(role), self.people(role)
        signed = {keyid for keyid, key in people.items() if _holds(held, key)}
        return Progress(
            role,
            tuple(sorted(keyring.owner(people[keyid]) for keyid in signed)),
            tuple(sorted(keyring.owner(key) for keyid, key in people.items() if keyid not in signed)),
            max(0, self._threshold(role) - len(signed)),
        )

    def known_keys(self) -> Iterator[Key]:
        """Walk the public keys of everybody who signs anything."""
        yield from self.root().keys.values()
        delegations = self.top().delegations
        yield from delegations.keys.values() if delegations else ()

    def delegator(self, role: str) -> Root | Targets:
        """Give the role that names the people of another, a draft too."""
        return self.root() if role in roles.TOP else self.top()

    def people(self, role: str) -> dict[str, Key]:
        """Give the keys that have a say in a role."""
        delegator = self.delegator(role)
        return {keyid: delegator.get_key(keyid) for keyid in delegator.get_delegated_role(role).keyids}

    def _threshold(self, role: str) -> int:
        return self.delegator(role).get_delegated_role(role).threshold

    def draft_path(self, role: str) -> Path:
        """Say where the draft of a role lies."""
        return self.drafts / f"{role}.json"

    def _file(self, file: TargetFile) -> Path:
        folder, _, name = file.path.rpartition("/")
        return self.targets / folder / f"{file.hashes['sha256']}.{name}"


def read(path: Path) -> Held:
    """Read one role's metadata. Raises `PublishError`."""
    try:
        held: Held = Metadata.from_file(str(path))
    except (StorageError, DeserializationError):
        raise PublishError(f"{path}: is missing or damaged; get the folder again from where it is kept") from None
    return held


def write(path: Path, held: Held) -> None:
    """Write one role's metadata, durable."""
    durable.write(path, held.to_bytes(_COMPACT))


def renew(held: Held, role: str, version: int, now: datetime) -> None:
    """Make metadata the unsigned next version of a role."""
    held.signatures.clear()
    held.signed.version = version
    held.signed.expires = (now + timedelta(days=roles.days(role))).astimezone(UTC).replace(microsecond=0)
    held.signed.unrecognized_fields[roles.ISSUED] = now.astimezone(UTC).isoformat()


def as_kind(signed: Signed, kind: type[SignedKind]) -> SignedKind:
    """Insist on the kind of metadata that the role has. Raises `PublishError`."""
    if not isinstance(signed, kind):
        raise PublishError(f"this metadata is {signed.type}, not what its name says")
    return signed


def _holds(held: Held, key: Key) -> bool:
    signature = held.signatures.get(key.keyid)
    if signature is None:
        return False
    try:
        key.verify_signature(signature, held.signed_bytes)
    except UnverifiedSignatureError:
        return False
    return True
