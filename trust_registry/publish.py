"""Publishes a registry: a new one in a ceremony, or the drafts that enough people have signed.

The online key only says which versions belong together and that they are current; it can name no issuer and no key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from securesystemslib.signer import Key, Signer
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Role,
    Root,
    Signed,
    Snapshot,
    Targets,
    Timestamp,
)

from trust_registry import durable, roles
from trust_registry.repository import Held, PublishError, Repository, as_kind, read, renew, write


@dataclass(frozen=True, slots=True)
class People:
    """Who controls trust: the owners' keys and how many of them must agree, those on call, and the online key."""

    root: Sequence[Key]
    owners: Sequence[Key]
    on_call: Sequence[Key]
    online: Key
    threshold: int

    @property
    def solo(self) -> bool:
        """Tell a registry that one person controls alone."""
        return self.threshold == 1


def begin(folder: Path, people: People, now: datetime) -> Repository:
    """Draft every role of a new, empty registry; its people sign next. Raises `PublishError` where one is there."""
    repository = Repository(folder)
    if repository.metadata.exists():
        raise PublishError(f"{folder}: holds a registry already; a new one needs a new folder")
    for part in (repository.metadata, repository.targets, repository.drafts):
        part.mkdir(parents=True)
    delegated = roles.delegated(people.threshold, min(2, len(people.on_call)))
    _first_draft(repository, roles.ROOT, Metadata(_root(people)), now)
    _first_draft(repository, roles.TARGETS, Metadata(_targets(people, delegated)), now)
    for role in delegated:
        _first_draft(repository, role.name, Metadata(Targets()), now)
    return repository


def publish(repository: Repository, online: Signer, now: datetime) -> list[str]:
    """Publish every draft, then a snapshot and a timestamp by the online key; name the roles that changed.

    All or nothing: a draft that lacks signatures stops it. Without drafts it renews what gates wait for.
    Raises `PublishError`.
    """
    drafted = repository.drafted()
    _check_complete(repository, drafted)
    for role in drafted:
        draft = repository.draft_path(role)
        draft.replace(repository.metadata / f"{read(draft).signed.version}.{role}.json")
    durable.sync_folder(repository.metadata)
    _snapshot(repository, online, now)
    _timestamp(repository, online, now)
    return drafted


def add_site(repository: Repository, name: str, owners: Sequence[Key], threshold: int, now: datetime) -> None:
    """Draft a role for one site's own policies, and its delegation."""
    role = roles.site(name, threshold)

    def change(signed: Signed) -> None:
        delegations = as_kind(signed, Targets).delegations
        if delegations is None or delegations.roles is None:
            raise PublishError("this registry has no delegations; was it made by `trust-registry init`?")
        delegations.roles[role.name] = _delegated_role(role, owners)
        delegations.keys.update({key.keyid: key for key in owners})

    repository.draft(roles.TARGETS, change, now)
    _first_draft(repository, role.name, Metadata(Targets()), now)


def _root(people: People) -> Root:
    keys = {key.keyid: key for key in (*people.root, *people.owners, people.online)}
    online = Role([people.online.keyid], 1)
    signers = {
        roles.ROOT: Role([key.keyid for key in people.root], people.threshold),
        roles.TARGETS: Role([key.keyid for key in people.owners], people.threshold),
        roles.SNAPSHOT: online,
        roles.TIMESTAMP: online,
    }
    root = Root(keys=keys, roles=signers, consistent_snapshot=True)
    root.unrecognized_fields[roles.SOLO] = people.solo
    return root


def _targets(people: People, delegated: Sequence[roles.Delegated]) -> Targets:
    keys = {key.keyid: key for key in (*people.owners, *people.on_call)}
    denying = (roles.DENY_ONE, roles.DENY_MANY)
    signers = {
        role.name: _delegated_role(role, people.on_call if role.name in denying else people.owners)
        for role in delegated
    }
    return Targets(delegations=Delegations(keys, signers))


def _delegated_role(role: roles.Delegated, people: Sequence[Key]) -> DelegatedRole:
    return DelegatedRole(
        role.name, [key.keyid for key in people], role.threshold, terminating=True, paths=[*role.paths]
    )


def _first_draft(repository: Repository, role: str, held: Held, now: datetime) -> None:
    renew(held, role, 1, now)
    write(repository.draft_path(role), held)


def _check_complete(repository: Repository, drafted: list[str]) -> None:
    lacking = [progress for role in drafted if (progress := repository.progress(role)).missing]
    if lacking:
        first = lacking[0]
        raise PublishError(
            f"{first.role}: {first.missing} more signature{'s' * (first.missing > 1)} needed, of"
            f" {' or '.join(first.others)}; each runs `trust-registry sign` with their own key"
        )
    if roles.ROOT in drafted and repository.version(roles.ROOT):
        draft = repository.latest(roles.ROOT)
        before = as_kind(repository.published(roles.ROOT).signed, Root)
        try:
            before.verify_delegate(roles.ROOT, draft.signed_bytes, draft.signatures)
        except RepositoryError:
            raise PublishError("root: people of the root before must sign too, or no gate will follow") from None


def _snapshot(repository: Repository, online: Signer, now: datetime) -> None:
    """Write a snapshot where versions or the online key changed, or the last one has lived half its time."""
    apart = (roles.ROOT, roles.SNAPSHOT)
    wanted = {f"{name}.json": MetaFile(repository.version(name)) for name in repository.names() if name not in apart}
    version = repository.version(roles.SNAPSHOT)
    held = repository.published(roles.SNAPSHOT) if version else Metadata(Snapshot())
    half = timedelta(days=roles.days(roles.SNAPSHOT) / 2)
    snapshot = as_kind(held.signed, Snapshot)
    stands = online.public_key.keyid in held.signatures and snapshot.meta == wanted
    if not stands or snapshot.expires - now < half:
        snapshot.meta = wanted
        _sign_online(repository.metadata / f"{version + 1}.snapshot.json", held, version + 1, online, now)


def _timestamp(repository: Repository, online: Signer, now: datetime) -> None:
    """Write the timestamp, last: with it gates learn of everything before it."""
    path = repository.metadata / "timestamp.json"
    held = read(path) if path.exists() else Metadata(Timestamp())
    version = held.signed.version + 1 if path.exists() else 1
    as_kind(held.signed, Timestamp).snapshot_meta = MetaFile(repository.version(roles.SNAPSHOT))
    _sign_online(path, held, version, online, now)


def _sign_online(path: Path, held: Held, version: int, online: Signer, now: datetime) -> None:
    renew(held, held.signed.type, version, now)
    held.sign(online)
    write(path, held)
