"""The cage around a child that meets hostile input: it can compute, answer on the descriptors it has, and die.

Order matters: bounds and descriptors first, then Landlock, then seccomp, which ends the right to do any of it. What
the child needs beyond computing (imports, files, maps) happens before; afterwards a look-up is a bug.
"""

import os
import resource
from collections.abc import Iterable
from dataclasses import dataclass

from verifier.station import kernel

_MIB = 1 << 20

# What an imported Python needs to compute, wait, answer and end; pread64 is SQLite's.
CALLS = frozenset(
    {
        "brk",
        "clock_gettime",
        "clock_nanosleep",
        "close",
        "exit",
        "exit_group",
        "futex",
        "getpid",
        "getrandom",
        "gettid",
        "lseek",
        "madvise",
        "mmap",
        "mprotect",
        "mremap",
        "munmap",
        "poll",
        "ppoll",
        "pread64",
        "read",
        "restart_syscall",
        "rt_sigaction",
        "rt_sigprocmask",
        "rt_sigreturn",
        "sched_yield",
        "sigaltstack",
        "write",
    }
)
_DESCRIPTORS_END = 4_096  # above any descriptor that a station holds: its own limit is lower


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a child may use. Memory counts address space, so it is generous; time counts the processor's."""

    memory_bytes: int = 384 * _MIB
    cpu_seconds: int = 2


def close(keep: Iterable[int], bounds: Bounds) -> None:
    """Close the cage around this process for good; `keep` are the descriptors that stay open.

    Raises `KernelError` when the kernel refuses a part. A kernel without Landlock is not refused here: the station
    shows it as degraded.
    """
    kept = sorted(set(keep))
    kernel.hide()
    _limit(bounds)
    _close_all_but(kept)
    kernel.gain_nothing()
    abi = kernel.landlock_abi()
    if abi:
        kernel.deny_files_and_network(abi)
    resource.setrlimit(resource.RLIMIT_NOFILE, (len(kept), len(kept)))  # no new one; poll(2) needs that many
    kernel.allow_only(CALLS)


def _limit(bounds: Bounds) -> None:
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CPU, bounds.cpu_seconds),
        (resource.RLIMIT_AS, bounds.memory_bytes),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _close_all_but(kept: Iterable[int]) -> None:
    first = 0
    for descriptor in (*kept, _DESCRIPTORS_END):
        os.closerange(first, descriptor)
        first = descriptor + 1
