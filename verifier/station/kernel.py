"""What the cage asks of Linux: numbers out of its headers, and the few calls that Python has no name for.

Each constant names its header. x86-64 and aarch64; on anything else importing this module raises `ImportError`.
"""

import ctypes
import os
import platform
import struct
from collections.abc import Iterable

_libc = ctypes.CDLL(None, use_errno=True)

# linux/audit.h: AUDIT_ARCH_X86_64, AUDIT_ARCH_AARCH64
_AUDIT_ARCHES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_MACHINE = platform.machine()
if _MACHINE not in _AUDIT_ARCHES:
    raise ImportError(f"no cage for {_MACHINE}: only x86_64 and aarch64 have one")
_AUDIT_ARCH = _AUDIT_ARCHES[_MACHINE]
_COLUMN = list(_AUDIT_ARCHES).index(_MACHINE)

# linux/prctl.h
_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_GET_SECCOMP = 21
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38

# System calls by name: asm/unistd_64.h (x86-64), asm-generic/unistd.h (aarch64); None: that machine has none.
_CALLS: dict[str, tuple[int | None, int | None]] = {
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "poll": (7, None),
    "lseek": (8, 62),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "brk": (12, 214),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "pread64": (17, 67),
    "sched_yield": (24, 124),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "getpid": (39, 172),
    "exit": (60, 93),
    "sigaltstack": (131, 132),
    "gettid": (186, 178),
    "futex": (202, 98),
    "restart_syscall": (219, 128),
    "clock_gettime": (228, 113),
    "clock_nanosleep": (230, 115),
    "exit_group": (231, 94),
    "ppoll": (271, 73),
    "getrandom": (318, 278),
}
_PROT_EXEC = 4  # asm-generic/mman-common.h
_TAKES_PROTECTION = ("mmap", "mprotect")  # both take it as their third argument

# linux/seccomp.h and linux/bpf_common.h
_SECCOMP_MODE_FILTER = 2
_RET_KILL_PROCESS = 0x80000000
_RET_ALLOW = 0x7FFF0000
_LD_W_ABS, _JEQ_K, _JGE_K, _JSET_K, _RET_K = 0x20, 0x15, 0x35, 0x45, 0x06
_DATA_NR, _DATA_ARCH, _DATA_THIRD_ARGUMENT = 0, 4, 32  # struct seccomp_data; the low half on little-endian
_X32_BIT = 0x40000000  # asm/unistd.h: __X32_SYSCALL_BIT

# linux/landlock.h; its three calls have one number on every machine
_LANDLOCK_CREATE_RULESET, _LANDLOCK_RESTRICT_SELF = 444, 446
_LANDLOCK_CREATE_RULESET_VERSION = 1
_FS_FIRST = (1 << 13) - 1  # ABI 1: execute … make_sym
_FS_LATER = ((2, 1 << 13), (3, 1 << 14), (5, 1 << 15))  # refer, truncate, ioctl_dev
_NET_ABI, _NET = 4, 0b11  # bind and connect, TCP
_SCOPE_ABI, _SCOPE = 6, 0b11  # abstract sockets, signals


# linux/timex.h: adjtimex with modes 0 only asks
_TIME_ERROR = 5
_TIMEX = struct.Struct("@I4l")  # modes, offset, freq, maxerror, esterror … of struct timex
_TIMEX_BYTES = 256  # more than the whole struct
_MICROSECOND = 1e-6


class KernelError(Exception):
    """The kernel refused a part of the cage. The text names the part."""


def _prctl(option: int, argument: int, third: int, part: str) -> None:
    zero = ctypes.c_ulong(0)
    if _libc.prctl(option, ctypes.c_ulong(argument), ctypes.c_ulong(third), zero, zero):
        raise KernelError(f"{part}: {os.strerror(ctypes.get_errno())}")


def die_with_parent(signal: int) -> None:
    """Ask for a signal when the parent ends."""
    _prctl(_PR_SET_PDEATHSIG, signal, 0, "parent death signal")


def hide() -> None:
    """Leave no core, and let nobody without privilege trace this process or read its memory."""
    _prctl(_PR_SET_DUMPABLE, 0, 0, "dumpable")


def gain_nothing() -> None:
    """Give up every way to gain privileges by running a program."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, "no new privileges")


def landlock_abi() -> int:
    """Give the version of Landlock that this kernel has; 0: none."""
    version = ctypes.c_uint32(_LANDLOCK_CREATE_RULESET_VERSION)
    return max(0, int(_libc.syscall(_LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), version)))


def has_seccomp() -> bool:
    """Say whether this kernel has seccomp."""
    return int(_libc.prctl(_PR_GET_SECCOMP, 0, 0, 0, 0)) >= 0


def clock_error() -> float | None:
    """Give the most that the kernel says its time is off, in seconds; `None`: it is not synchronised."""
    asked = ctypes.create_string_buffer(_TIMEX_BYTES)
    if _libc.adjtimex(asked) in (-1, _TIME_ERROR):
        return None
    return float(_TIMEX.unpack_from(asked)[3]) * _MICROSECOND


def deny_files_and_network(abi: int) -> None:
    """Close every action that Landlock knows: files, TCP, abstract sockets, signals. Needs `gain_nothing` first."""
    files = _FS_FIRST | sum(bit for since, bit in _FS_LATER if abi >= since)
    words = [files, _NET if abi >= _NET_ABI else 0, _SCOPE if abi >= _SCOPE_ABI else 0]
    rules = struct.pack("=3Q", *words)[: 8 if abi < _NET_ABI else 16 if abi < _SCOPE_ABI else 24]
    ruleset = int(_libc.syscall(_LANDLOCK_CREATE_RULESET, rules, ctypes.c_size_t(len(rules)), ctypes.c_uint32(0)))
    if ruleset < 0 or _libc.syscall(_LANDLOCK_RESTRICT_SELF, ruleset, ctypes.c_uint32(0)):
        raise KernelError(f"Landlock: {os.strerror(ctypes.get_errno())}")
    os.close(ruleset)


def allow_only(calls: Iterable[str]) -> None:
    """Kill this process at any other system call, and at executable memory. Needs `gain_nothing` first."""
    program = b"".join(_program(frozenset(calls)))
    code = ctypes.create_string_buffer(program)
    header = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(code)))
    _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(header), "seccomp")


def _step(code: int, if_true: int, if_false: int, constant: int) -> bytes:
    """Encode a struct sock_filter (linux/filter.h)."""
    return struct.pack("=HBBI", code, if_true, if_false, constant)


def _program(calls: frozenset[str]) -> Iterable[bytes]:
    """Write the filter: wrong architecture dies, protections are looked at, listed calls live, the rest dies."""
    kill, allow = _step(_RET_K, 0, 0, _RET_KILL_PROCESS), _step(_RET_K, 0, 0, _RET_ALLOW)
    yield from (_step(_LD_W_ABS, 0, 0, _DATA_ARCH), _step(_JEQ_K, 1, 0, _AUDIT_ARCH), kill)
    yield _step(_LD_W_ABS, 0, 0, _DATA_NR)
    if _MACHINE == "x86_64":
        yield from (_step(_JGE_K, 0, 1, _X32_BIT), kill)
    for name in sorted(calls & set(_TAKES_PROTECTION)):
        yield from (_step(_JEQ_K, 0, 4, number(name)), _step(_LD_W_ABS, 0, 0, _DATA_THIRD_ARGUMENT))
        yield from (_step(_JSET_K, 0, 1, _PROT_EXEC), kill, allow)
    for name in sorted(calls - set(_TAKES_PROTECTION)):
        if _CALLS[name][_COLUMN] is not None:
            yield from (_step(_JEQ_K, 0, 1, number(name)), allow)
    yield kill


def number(name: str) -> int:
    """Give the number of a system call on this machine. Raises `KeyError` where it has none."""
    found = _CALLS[name][_COLUMN]
    if found is None:
        raise KeyError(name)
    return found
