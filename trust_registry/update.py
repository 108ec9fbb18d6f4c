"""One verified state of a published registry, as python-tuf makes it, with what python-tuf leaves to us.

Its updaters refresh once, so there is one for each sync; it takes the time from the system clock, keeps old files for
ever, and does not list a role's files.
"""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from tuf.api.metadata import Metadata, Root, Signed, TargetFile, Targets, Timestamp
from tuf.ngclient import Updater

from trust_registry import durable, roles
from trust_registry.faults import Fault, SyncError, named
from trust_registry.fetch import fetcher

_ROOT = "root.json"


def install_root(folder: Path, root: bytes) -> None:
    """Install the trust anchor of a gate: once, by hand. Raises `SyncError`."""
    with named():
        Metadata[Root].from_bytes(root)
        folder.mkdir(parents=True, exist_ok=True)
        durable.write(folder / _ROOT, root)


class Update:
    """The registry's newest verified state. `as_of` is when it was signed as current (seconds since 1970 UTC)."""

    def __init__(self, source: str, folder: Path, now: float) -> None:
        """Fetch and verify the top of the registry. Raises what python-tuf raises, `SyncError`, `OSError`."""
        self._metadata, self._targets = folder / "tuf/metadata", folder / "tuf/targets"
        for part in (self._metadata, self._targets):
            part.mkdir(parents=True, exist_ok=True)
        root = _installed_root(folder)
        getter, address = fetcher(source)
        self._updater = Updater(
            str(self._metadata),
            f"{address}/metadata/",
            str(self._targets),
            f"{address}/targets/",
            getter,
            bootstrap=root,
        )
        set_time(self._updater, max(now, _issued(Metadata[Root].from_bytes(root).signed)))
        self._updater.refresh()
        timestamp = Metadata[Timestamp].from_file(str(self._metadata / "timestamp.json")).signed
        self.generation = timestamp.snapshot_meta.version
        self.as_of = _issued(timestamp)
        self._named: set[str] = set()

    def files(self, role: str) -> dict[str, TargetFile]:
        """Give the files of a role, having verified it; none where the registry has no such role."""
        if role != roles.TARGETS:
            delegations = self._read(roles.TARGETS).delegations
            delegated = (delegations.roles or {}).get(role) if delegations else None
            if delegated is None or not delegated.paths:
                return {}
            self._updater.get_targetinfo(delegated.paths[0].replace("*", "_"))  # verifies the role, and keeps it
        return self._read(role).targets

    def fetch(self, file: TargetFile) -> Path:
        """Give the place of a verified copy of a file; fetch it where there is none."""
        self._named.add(quote(file.path, safe=""))
        return Path(self._updater.find_cached_target(file) or self._updater.download_target(file))

    def forget_unnamed(self) -> None:
        """Delete copies of files that nobody asked for this time."""
        for path in self._targets.iterdir():
            if path.name not in self._named:
                path.unlink()

    def _read(self, role: str) -> Targets:
        """Read a role that the updater has verified and kept."""
        return Metadata[Targets].from_file(str(self._metadata / f"{quote(role, safe='')}.json")).signed


def set_time(updater: Updater, now: float) -> None:
    """Tell the updater what time it is: a clock that lost its battery must not accept a frozen registry.

    python-tuf has no public way; a test breaks when this one closes.
    """
    updater._trusted_set.reference_time = datetime.fromtimestamp(now, UTC)  # noqa: SLF001 - see above


def _installed_root(folder: Path) -> bytes:
    try:
        return (folder / _ROOT).read_bytes()
    except FileNotFoundError:
        raise SyncError(Fault.NO_ROOT, f"{folder}: install the registry's root.json first (--root)") from None


def _issued(signed: Signed) -> float:
    """Read when metadata was signed; the beginning of time where it does not say."""
    stated = signed.unrecognized_fields.get(roles.ISSUED)
    return datetime.fromisoformat(stated).timestamp() if isinstance(stated, str) else 0.0
