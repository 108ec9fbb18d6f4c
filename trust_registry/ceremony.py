"""Founds a registry: makes everybody's keys, has every role signed, and publishes the first, empty version."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from securesystemslib.signer import CryptoSigner

from trust_registry import keyring
from trust_registry.publish import People, begin, publish
from trust_registry.repository import Repository

ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Cast:
    """Who takes part: owners, of whom `threshold` must agree, and those on call, of whom one may deny."""

    owners: Sequence[str]
    on_call: Sequence[str]
    threshold: int


def found(folder: Path, keys: Path, cast: Cast, passphrase: Callable[[str], str], now: datetime) -> Repository:
    """Make a registry in `folder` and one key file for each part that a person plays in `keys`.

    `passphrase` asks a person, by name, for the words that lock their keys. Raises `PublishError`, `OSError`.
    """
    keys.mkdir(parents=True, exist_ok=True)

    def made(part: str, names: Sequence[str]) -> list[CryptoSigner]:
        return [keyring.create(keys / f"{name}.{part}.pem", name, words[name]) for name in names]

    words = {name: passphrase(name) for name in dict.fromkeys([*cast.owners, *cast.on_call, ONLINE])}
    roots, owners, on_call = made("root", cast.owners), made("owner", cast.owners), made("on-call", cast.on_call)
    online = keyring.create(keys / f"{ONLINE}.pem", ONLINE, words[ONLINE])
    publics = [[signer.public_key for signer in signers] for signers in (roots, owners, on_call)]
    repository = begin(folder, People(publics[0], publics[1], publics[2], online.public_key, cast.threshold), now)
    for signer in (*roots, *owners, *on_call):
        repository.sign(signer)
    publish(repository, online, now)
    return repository
