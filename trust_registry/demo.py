"""The registry that a box starts with: a real one, made on the box, controlled by it alone, synced as any other."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_urlsafe

from trust_registry import contents, keyring
from trust_registry.ceremony import ONLINE, Cast, found
from trust_registry.model import IssuerKey
from trust_registry.publish import publish
from trust_registry.repository import Repository
from trust_registry.shards import Listed
from trust_registry.sync import IMAGE, Box, sync
from trust_registry.update import install_root

_OWNER, _SOURCE = "demo", "demo"


def ensure(folder: Path, issuer_keys: Iterable[IssuerKey], now: float) -> Path:
    """Give the image of a demo registry with these keys: published, signed and synced again where anything changed.

    Raises `SyncError`, `PublishError`, `OSError`.
    """
    moment = datetime.fromtimestamp(now, UTC)
    published, gate = folder / "published", folder / "gate"
    words_file = folder / "passphrase"
    if not words_file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        words_file.touch(0o600)
        words_file.write_text(token_urlsafe())
    words = words_file.read_text()
    if not (published / "metadata/timestamp.json").exists():
        found(published, folder / "keys", Cast([_OWNER], [_OWNER], 1), lambda _name: words, moment)
    repository = Repository(published)
    contents.draft_keys(repository, (Listed(key, _SOURCE) for key in issuer_keys), moment)
    repository.draft_expiring(moment)
    for part in ("root", "owner", "on-call"):
        repository.sign(keyring.load(str(folder / f"keys/{_OWNER}.{part}.pem"), words, ()))
    publish(repository, keyring.load(str(folder / f"keys/{ONLINE}.pem"), words, ()), moment)
    install_root(gate, (published / "metadata/1.root.json").read_bytes())
    sync(str(published), gate, Box(), now)
    return gate / IMAGE
