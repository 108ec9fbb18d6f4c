"""What a registry says, read from its repository and drafted into it: issuer keys, denials, policies."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from tuf.api.metadata import Targets

from trust_registry import roles, shards
from trust_registry.diff import Difference, difference, identity
from trust_registry.model import Denial
from trust_registry.repository import PublishError, Repository, as_kind
from trust_registry.shards import Dated, Listed


def listed(repository: Repository, *, draft: bool) -> list[Listed]:
    """Read every key, as gates see it or as the drafts would have it."""
    published = repository.names()
    return [
        one
        for name in roles.FORMATS
        if draft or name in published
        for data in repository.files(name, draft=draft).values()
        for one in shards.read(data)
    ]


def change(repository: Repository) -> Difference:
    """Compare what the drafts would list with what gates see."""
    drafted = [name for name in repository.drafted() if name in roles.FORMATS]
    before, after = (listed(repository, draft=draft) for draft in (False, True))
    return difference(before, after, (identity(one.key) for name in drafted for one in _ever_listed(repository, name)))


def resource_words(repository: Repository) -> Iterator[str]:
    """Write which policies and value sets the drafts change."""
    for role in repository.drafted():
        if role == roles.POLICY or role.startswith(roles.SITE):
            before = repository.files(role, draft=False) if repository.version(role) else {}
            after = repository.files(role, draft=True)
            for path in sorted(before.keys() | after.keys()):
                if before.get(path) != after.get(path):
                    yield f"{path}: {'removed' if path not in after else 'changed' if path in before else 'added'}"


def draft_keys(repository: Repository, wanted: Iterable[Listed], now: datetime) -> None:
    """Draft the roles of all formats so that these keys, and no others, are listed."""
    by_format = shards.split(wanted)
    for name in roles.FORMATS:
        repository.put(name, next((files for key, files in by_format.items() if key.value == name), {}), now)


def denials(repository: Repository, *, draft: bool) -> list[Dated]:
    """Read the denials that stand."""
    denied = _document(repository, roles.DENY_MANY, roles.DENIED_BY_MANY, draft=draft)
    denied += _document(repository, roles.DENY_ONE, roles.DENIED_BY_ONE, draft=draft)
    return shards.standing_denials(denied, _document(repository, roles.TARGETS, roles.LIFTED, draft=draft))


def draft_denial(repository: Repository, denial: Denial, now: datetime) -> str:
    """Draft a denial; give the role whose people have to sign it.

    One person denies one issuer; while that waits for a second person to confirm it, the next issuer takes two people,
    who confirm both. Gates keep every denial that they have seen.
    """
    alone = _document(repository, roles.DENY_ONE, roles.DENIED_BY_ONE, draft=True)
    lifted = _document(repository, roles.TARGETS, roles.LIFTED, draft=True)
    confirmed = _document(repository, roles.DENY_MANY, roles.DENIED_BY_MANY, draft=False)
    alone = [one for one in shards.standing_denials(alone, lifted) if one not in confirmed]
    wanted = [*alone, Dated(denial, now.timestamp())]
    if len({one.denial.issuer for one in wanted}) == 1:
        repository.put(roles.DENY_ONE, {roles.DENIED_BY_ONE: shards.write_denials(wanted)}, now)
        return roles.DENY_ONE
    many = _document(repository, roles.DENY_MANY, roles.DENIED_BY_MANY, draft=True)
    repository.put(roles.DENY_MANY, {roles.DENIED_BY_MANY: shards.write_denials([*many, *wanted])}, now)
    return roles.DENY_MANY


def draft_lift(repository: Repository, denial: Denial, now: datetime) -> None:
    """Draft that a denial no longer stands; the owners of trust have to sign it."""
    standing = denials(repository, draft=True)
    if (denial.issuer, denial.key_id) not in {(one.denial.issuer, one.denial.key_id) for one in standing}:
        raise PublishError(f"{denial.issuer}: no such denial stands; `trust-registry show` lists them")
    lifted = _document(repository, roles.TARGETS, roles.LIFTED, draft=True)
    files = {roles.LIFTED: shards.write_denials([*lifted, Dated(denial, now.timestamp())])}
    repository.put(roles.TARGETS, files, now, under="denied/")


def draft_resource(repository: Repository, path: str, data: bytes, now: datetime) -> str:
    """Draft a policy or a value set under its path; give the role whose people have to sign it."""
    role = resource_role(repository, path)
    repository.put(role, {path: data}, now, under=path)
    return role


def resource_role(repository: Repository, path: str) -> str:
    """Find the role that may sign a path: `policy/RING/NAME`, or `site/SITE/RING/NAME`. Raises `PublishError`."""
    delegations = repository.top().delegations
    for name, role in (delegations.roles or {}).items() if delegations else ():
        if name not in roles.FORMATS and role.is_delegated_path(path):
            return name
    raise PublishError(f"{path}: nobody may sign this path; say policy/RING/NAME or site/SITE/RING/NAME")


def _ever_listed(repository: Repository, name: str) -> Iterator[Listed]:
    """Read the keys of all versions of a format's role that were published."""
    files = {
        file.hashes["sha256"]: file
        for version in range(1, repository.version(name) + 1)
        for file in as_kind(repository.published(name, version).signed, Targets).targets.values()
    }
    for file in files.values():
        yield from shards.read(repository.content(file))


def _document(repository: Repository, role: str, path: str, *, draft: bool) -> list[Dated]:
    if not draft and not repository.version(role):
        return []
    held = as_kind((repository.latest(role) if draft else repository.published(role)).signed, Targets)
    return shards.read_denials(repository.content(held.targets[path])) if path in held.targets else []
