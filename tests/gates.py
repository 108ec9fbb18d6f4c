"""A published registry in a folder with everybody's keys in memory, and gates that sync from it."""

import atexit
import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from securesystemslib.signer import CryptoSigner

from trust_registry import contents
from trust_registry.image import open_image
from trust_registry.keyring import OWNER
from trust_registry.model import Algorithm, IssuerKey, Scope, Standing
from trust_registry.publish import People, begin, publish
from trust_registry.repository import Repository
from trust_registry.shards import Listed
from trust_registry.sync import IMAGE, Box, Synced, sync
from trust_registry.update import install_root
from verifier.verdict import FormatId

_TEMPLATE = Path(tempfile.mkdtemp(prefix="registry-")) / "founded"
atexit.register(shutil.rmtree, _TEMPLATE.parent)

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def signer(name: str) -> CryptoSigner:
    made = CryptoSigner.generate_ed25519()
    made.public_key.unrecognized_fields[OWNER] = name
    return made


@dataclass(eq=False, slots=True)
class World:
    """Alice, Bob and Carol own trust, any two of them; Dora and Erik are on call; the online key publishes."""

    folder: Path
    roots: dict[str, CryptoSigner]
    owners: dict[str, CryptoSigner]
    on_call: dict[str, CryptoSigner]
    online: CryptoSigner
    repository: Repository
    now: datetime = NOW

    def later(self, **more: float) -> None:
        self.now += timedelta(**more)

    def enlist(self, *keys: IssuerKey, by: tuple[str, ...] = ("alice", "bob")) -> None:
        """Draft exactly these keys, have them signed, and publish."""
        contents.draft_keys(self.repository, [Listed(key, "a list") for key in keys], self.now)
        self.sign(*by)
        self.publish()

    def sign(self, *names: str) -> None:
        for name in names:
            for part in (self.roots, self.owners, self.on_call):
                if name in part:
                    self.repository.sign(part[name])

    def publish(self) -> list[str]:
        return publish(self.repository, self.online, self.now)


@cache
def _founded(folder: Path) -> World:
    """Found a registry once for all tests; each works on a copy."""
    roots, owners = ({name: signer(name) for name in ("alice", "bob", "carol")} for _ in range(2))
    on_call = {name: signer(name) for name in ("dora", "erik")}
    online = signer("online")
    root_keys, owner_keys, on_call_keys = (
        [one.public_key for one in part.values()] for part in (roots, owners, on_call)
    )
    people = People(root_keys, owner_keys, on_call_keys, online.public_key, 2)
    world = World(folder, roots, owners, on_call, online, begin(folder, people, NOW))
    world.sign("alice", "bob", "dora", "erik")
    world.publish()
    return world


def found(folder: Path) -> World:
    made = _founded(_TEMPLATE)
    shutil.copytree(made.folder, folder)
    roots, owners, on_call = (dict(part) for part in (made.roots, made.owners, made.on_call))
    return replace(made, folder=folder, roots=roots, owners=owners, on_call=on_call, repository=Repository(folder))


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate's folder, and where it syncs from."""

    folder: Path
    source: Path

    def sync(self, now: datetime, box: Box = Box()) -> Synced:  # noqa: B008 - a frozen value
        return sync(str(self.source), self.folder, box, now.timestamp())

    def held(self) -> dict[str, Standing]:
        """Give every issuer that the gate's image holds, with the standing of its keys."""
        image = open_image(self.folder / IMAGE)
        try:
            return {key.issuer: key.standing for key in image.every_key()}
        finally:
            image.close()


def gate(world: World, folder: Path) -> Gate:
    install_root(folder, (world.folder / "metadata/1.root.json").read_bytes())
    return Gate(folder, world.folder)


def issuer_key(number: int, issuer: str = "DE", format_id: FormatId = FormatId.HC1) -> IssuerKey:
    key_id = number.to_bytes(8)
    scope = Scope(countries=frozenset({"DE"}))
    return IssuerKey(format_id, key_id, issuer, Algorithm.ES256, b"public key %d" % number, scope, 1.5, None)


def changed(key: IssuerKey, not_after: float) -> IssuerKey:
    return replace(key, not_after=not_after)
