"""Says what a draft changes for a gate, in words, and which changes nobody should sign without noticing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from trust_registry.model import IssuerKey
from trust_registry.shards import Dated, Listed

_MOST_LOST = 0.05  # of one list's issuers; national lists lose one country in a year, and one key in three days

Identity = tuple[str, bytes, str, bytes]


@dataclass(frozen=True, slots=True)
class Difference:
    """Keys that come, go, change and come back after they had gone; `lost` are issuers that no list names any more."""

    added: Sequence[IssuerKey]
    removed: Sequence[IssuerKey]
    changed: Sequence[tuple[IssuerKey, IssuerKey]]
    returned: Sequence[IssuerKey]
    lost: Sequence[tuple[str, str]]
    alarming: bool


def identity(key: IssuerKey) -> Identity:
    """Tell one key from another."""
    return key.format.value, key.key_id, key.issuer, key.public_key


def difference(before: Sequence[Listed], after: Sequence[Listed], ever: Iterable[Identity] = ()) -> Difference:
    """Compare what gates see with what they would see; `ever` are keys that were published at some time."""
    old, new = ({identity(one.key): one.key for one in reversed(side)} for side in (before, after))
    added = [key for name, key in new.items() if name not in old]
    known = set(ever)
    lost = sorted({_issuer(key) for key in old.values()} - {_issuer(key) for key in new.values()})
    return Difference(
        [key for key in added if identity(key) not in known],
        [key for name, key in old.items() if name not in new],
        [(old[name], key) for name, key in new.items() if name in old and old[name] != key],
        [key for key in added if identity(key) in known],
        lost,
        bool(lost) and _is_alarming(before, set(lost)),
    )


def words(change: Difference) -> Iterator[str]:
    """Write a difference line by line, by format and issuer; nothing where nothing changes."""
    groups: Mapping[str, Sequence[IssuerKey]] = {
        "added": change.added,
        "comes back after it had gone": change.returned,
        "removed": change.removed,
    }
    for what, keys in groups.items():
        for (name, issuer), held in _by_issuer(keys).items():
            ids = ", ".join(sorted(key.key_id.hex() for key in held))
            yield f"{name} {issuer}: {len(held)} key{'s' * (len(held) > 1)} {what}: {ids}"
    for old, new in change.changed:
        yield f"{new.format} {new.issuer}: key {new.key_id.hex()}: {'; '.join(_changes(old, new))}"
    for name, issuer in change.lost:
        yield f"{name} {issuer}: no lane believes this issuer any more"


def denial_words(before: Sequence[Dated], after: Sequence[Dated]) -> Iterator[str]:
    """Write which denials come and which are lifted."""
    for what, here, there in (("denied", after, before), ("no longer denied", before, after)):
        for one in here:
            if one not in there:
                whose = "every key" if one.denial.key_id is None else f"key {one.denial.key_id.hex()}"
                yield f"{one.denial.issuer}: {whose} {what}: {one.denial.why}"


def _issuer(key: IssuerKey) -> tuple[str, str]:
    return key.format.value, key.issuer


def _by_issuer(keys: Sequence[IssuerKey]) -> dict[tuple[str, str], list[IssuerKey]]:
    groups: defaultdict[tuple[str, str], list[IssuerKey]] = defaultdict(list)
    for key in keys:
        groups[_issuer(key)].append(key)
    return dict(sorted(groups.items()))


def _is_alarming(before: Sequence[Listed], lost: set[tuple[str, str]]) -> bool:
    """Tell a broken publication: it loses a whole country, or many of one list's issuers."""
    by_source: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for one in before:
        by_source[one.source].add(_issuer(one.key))
    countries = any(one.key.scope.countries for one in before if _issuer(one.key) in lost)
    return countries or any(len(held & lost) > _MOST_LOST * len(held) for held in by_source.values())


def _changes(old: IssuerKey, new: IssuerKey) -> Iterator[str]:
    if old.scope != new.scope:
        yield f"may attest {_scope(new)} instead of {_scope(old)}"
    for what, was, is_now in (("from", old.not_before, new.not_before), ("to", old.not_after, new.not_after)):
        if was != is_now:
            yield f"valid {what} {_day(is_now)} instead of {_day(was)}"
    if old.standing is not new.standing:
        yield f"{new.standing.value} instead of {old.standing.value}"
    if (old.algorithm, old.anchor) != (new.algorithm, new.anchor):
        yield f"used as {new.algorithm}{' anchor' * new.anchor} instead of {old.algorithm}{' anchor' * old.anchor}"


def _scope(key: IssuerKey) -> str:
    scope = key.scope
    what = ", ".join([*sorted(scope.kinds), *sorted(scope.types)]) or "anything"
    return f"{what} of {', '.join(sorted(scope.countries)) or 'any country'}"


def _day(moment: float | None) -> str:
    return "without end" if moment is None else datetime.fromtimestamp(moment, UTC).date().isoformat()
