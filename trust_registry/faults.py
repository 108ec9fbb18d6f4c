"""Why an update of a gate's registry was refused. The old image stands after every one of them."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from securesystemslib.exceptions import StorageError
from tuf.api import exceptions as tuf
from tuf.api.serialization import DeserializationError

from trust_registry.shards import ShardError


class Fault(StrEnum):
    """A named reason, stable, with what it tells about the source."""

    UNREACHABLE = "source-unreachable"
    BUSY = "another-sync-runs"
    DISK = "disk"  # full, read-only or broken
    NO_ROOT = "no-root-installed"
    OLDER = "older-than-ours"  # a rollback, or versions that do not belong together
    EXPIRED = "expired"  # frozen, or nobody renewed it
    TOO_LONG = "too-long"  # endless data
    TOO_SLOW = "too-slow"
    SIGNATURES = "signatures-missing"  # wrong ones, or too few
    CHANGED = "changed-on-the-way"  # not the bytes that were signed
    MALFORMED = "malformed"
    INCONSISTENT = "inconsistent"  # a role that went missing


class SyncError(Exception):
    """An update was refused. Carries its fault; the text says more for a person."""

    def __init__(self, fault: Fault, what: str) -> None:
        super().__init__(f"{fault}: {what}; the registry stays as it was")
        self.fault = fault


# The first that fits names the fault, so the particular come before the general.
_FAULTS: tuple[tuple[type[Exception], Fault], ...] = (
    (tuf.BadVersionNumberError, Fault.OLDER),
    (tuf.ExpiredMetadataError, Fault.EXPIRED),
    (tuf.DownloadLengthMismatchError, Fault.TOO_LONG),
    (tuf.SlowRetrievalError, Fault.TOO_SLOW),
    (tuf.UnsignedMetadataError, Fault.SIGNATURES),
    (tuf.LengthOrHashMismatchError, Fault.CHANGED),
    (DeserializationError, Fault.MALFORMED),
    (ShardError, Fault.MALFORMED),
    (tuf.DownloadError, Fault.UNREACHABLE),
    (tuf.RepositoryError, Fault.INCONSISTENT),
    (OSError, Fault.DISK),
    (StorageError, Fault.DISK),
    (sqlite3.Error, Fault.DISK),  # our image is always built anew: only the disk can be at fault
)


@contextmanager
def named() -> Iterator[None]:
    """Turn what may go wrong inside into a `SyncError` with its fault."""
    try:
        yield
    except tuple(kind for kind, _ in _FAULTS) as error:
        fault = next(fault for kind, fault in _FAULTS if isinstance(error, kind))
        raise SyncError(fault, " ".join(str(error).split()) or type(error).__name__) from error
