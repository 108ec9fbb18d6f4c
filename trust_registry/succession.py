"""Replaces a person's key: lost, stolen, or because the person changed. Gates follow by themselves, however old."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from securesystemslib.signer import Key
from tuf.api.metadata import Role, Root, Signed, Targets

from trust_registry import keyring, roles
from trust_registry.repository import PublishError, Repository, as_kind


class Part(StrEnum):
    """What a key is for; its value is in the name of the key's file."""

    ROOT = "root"
    OWNER = "owner"
    ON_CALL = "on-call"
    ONLINE = "online"


# The role in which a key of each part shows itself.
_SHOWN_IN = {
    Part.ROOT: roles.ROOT,
    Part.OWNER: roles.TARGETS,
    Part.ON_CALL: roles.DENY_ONE,
    Part.ONLINE: roles.TIMESTAMP,
}


def replace_key(repository: Repository, person: str, part: Part, new: Key, now: datetime) -> list[str]:
    """Draft that a person's key gives way to a new one, everywhere it has a say; give the roles that have to be signed.

    Roles that the old key has signed are drafted again: without its signature they may have too few.
    Raises `PublishError` where the person has no such key.
    """
    old = [key for key in repository.people(_SHOWN_IN[part]).values() if keyring.owner(key) == person]
    if not old:
        raise PublishError(f"{person}: has no {part} key here; `trust-registry status` shows who has")
    if part is not Part.ON_CALL:
        repository.draft(roles.ROOT, lambda signed: _in_root(as_kind(signed, Root), old, new), now)
    if part in (Part.OWNER, Part.ON_CALL):
        affected = [role for role in repository.names() if role not in roles.TOP and _has_say(repository, role, old)]
        repository.draft(roles.TARGETS, lambda signed: _in_targets(as_kind(signed, Targets), old, new), now)
        for role in affected:
            repository.draft(role, _unchanged, now)
    return repository.drafted()


def _has_say(repository: Repository, role: str, keys: Iterable[Key]) -> bool:
    return any(key.keyid in repository.people(role) for key in keys)


def _in_root(root: Root, old: Iterable[Key], new: Key) -> None:
    for name, role in root.roles.items():
        for key in old:
            if _holds(role, key):
                root.revoke_key(key.keyid, name)
                root.add_key(new, name)


def _in_targets(targets: Targets, old: Iterable[Key], new: Key) -> None:
    delegated = targets.delegations.roles if targets.delegations else None
    for name, role in (delegated or {}).items():
        for key in old:
            if _holds(role, key):
                targets.revoke_key(key.keyid, name)
                targets.add_key(new, name)


def _holds(role: Role, key: Key) -> bool:
    return key.keyid in role.keyids


def _unchanged(_signed: Signed) -> None:
    """Change nothing: only the signatures have to be new."""
