"""What an importer is given and what it gives back: one published file in, keys and named refusals out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Protocol, TypeVar

from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.model import IssuerKey
from verifier import limits
from verifier.verdict import Reject

Entry = TypeVar("Entry")

_HEAD_BYTES = 2_048


class Proof(StrEnum):
    """How far a list proves who published it."""

    SIGNED = "signed"  # the signature holds, under a pinned signer
    UNPINNED = "signed, signer not pinned"  # the signature holds; that the signer is the right one is not known here
    UNVERIFIED = "unverified"  # nothing here to check: a second person has to vouch for where it came from


@dataclass(frozen=True, slots=True)
class Source:
    """One file as somebody published it.

    `beside` gives a file of the same folder by its name, or `None`: detached signatures and descriptions. `pins` are
    SHA-256 digests of the SubjectPublicKeyInfo of list signers. Test issuers are refused unless `test_issuers`.
    """

    path: PurePath
    data: bytes
    beside: Callable[[str], bytes | None]
    pins: frozenset[bytes] = frozenset()
    test_issuers: bool = False


@dataclass(frozen=True, slots=True)
class Import:
    """What became of each entry. A list that is refused as a whole has one refusal and no key.

    `issued_at` is when the list says it was issued (seconds since 1970 UTC), where it says so.
    """

    keys: tuple[IssuerKey, ...] = ()
    refused: tuple[tuple[str, Refusal], ...] = ()
    proof: Proof = Proof.UNVERIFIED
    issued_at: float | None = None
    whole: bool = True  # false: the list as such was refused


class Importer(Protocol):
    """What every module of `importers.ALL` exports."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a module's constant
        """Name the kind of list, as reports show it."""

    def recognises(self, source: Source, /) -> bool:
        """Is this file mine? A look at its name and its first words; never raises."""

    def read(self, source: Source, /) -> Import:
        """Account for every entry. Raises `Refused` or `Reject` for a list that is unusable as a whole."""


def starts_with(source: Source, *marks: bytes) -> bool:
    """Tell a file by what all stands near its beginning."""
    head = source.data[:_HEAD_BYTES]
    return all(mark in head for mark in marks)


def present(entry: Entry | None) -> Entry:
    """Insist that there is something. Raises `Refused(EMPTY)`."""
    if entry is None:
        raise Refused(Refusal.EMPTY)
    return entry


def gather(
    entries: Iterable[tuple[str, Entry]], read: Callable[[Entry], Iterable[IssuerKey]]
) -> tuple[list[IssuerKey], list[tuple[str, Refusal]]]:
    """Read each labelled entry; give all keys, and each refused entry's label with the reason.

    An entry that is refused because its private key was published still yields that key, denied, from `read`.
    Raises `Refused(TOO_MANY)` beyond `limits.LIST_ENTRIES`.
    """
    keys: list[IssuerKey] = []
    refused: list[tuple[str, Refusal]] = []
    for count, (label, entry) in enumerate(entries):
        if count >= limits.LIST_ENTRIES:
            raise Refused(Refusal.TOO_MANY)
        try:
            keys.extend(read(entry))
        except Refused as refusal:
            refused.append((label, refusal.refusal))
        except Reject:
            refused.append((label, Refusal.MALFORMED))
    return keys, refused


def read(source: Source, importers: Sequence[Importer]) -> tuple[str, Import]:
    """Find the importer that recognises the file and let it read; give its name too. Never raises."""
    if len(source.data) > limits.LIST_BYTES:
        return "unknown", _as_a_whole(Refusal.TOO_LARGE)
    for importer in importers:
        if importer.recognises(source):
            try:
                return importer.NAME, importer.read(source)
            except Refused as refusal:
                return importer.NAME, _as_a_whole(refusal.refusal)
            except Reject:
                return importer.NAME, _as_a_whole(Refusal.MALFORMED)
    return "unknown", _as_a_whole(Refusal.UNKNOWN_LIST)


def _as_a_whole(refusal: Refusal) -> Import:
    return Import(refused=(("the whole list", refusal),), whole=False)
