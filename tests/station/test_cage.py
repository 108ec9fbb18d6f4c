"""The cage: each forbidden act is stopped inside, and succeeds in the control run outside."""

import ctypes
import mmap
import os
import signal
import socket
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from verifier.station import cage

DONE = 42
REFUSED = 43
CAUGHT_BY_SECCOMP = -signal.SIGSYS
_ROOM = 384 << 20
CAUGHT_BY_CPU_LIMIT = -signal.SIGKILL

_libc = ctypes.CDLL(None, use_errno=True)


def _open() -> None:
    os.close(os.open("/etc/hostname", os.O_RDONLY))


def _create() -> None:
    path = Path(tempfile.gettempdir()) / f"cage-{os.getpid()}"
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY))
    path.unlink()


def _connect() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("127.0.0.1", 9))


def _fork() -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def _exec() -> None:
    os.execv("/bin/sh", ["/bin/sh", "-c", f"exit {DONE}"])  # noqa: S606 - the point


def _kill_the_parent() -> None:
    os.kill(os.getppid(), 0)


def _trace_the_parent() -> None:
    attach, detach = 16, 17  # linux/ptrace.h
    parent = os.getppid()
    if _libc.ptrace(attach, parent, None, None) and ctypes.get_errno():
        raise PermissionError
    os.waitpid(parent, 0)
    _libc.ptrace(detach, parent, None, None)


def _map_executable() -> None:
    mmap.mmap(-1, 4_096, prot=mmap.PROT_READ | mmap.PROT_EXEC).close()


def _make_executable() -> None:
    page = mmap.mmap(-1, 4_096)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    if _libc.mprotect(ctypes.c_void_p(address), 4_096, mmap.PROT_READ | mmap.PROT_EXEC):
        raise PermissionError


def _allocate() -> None:
    mmap.mmap(-1, 2 << 30).close()


def _loop() -> None:
    end = time.process_time() + 1.1
    while time.process_time() < end:
        pass


def _duplicate() -> None:
    os.close(os.dup(1))


def _read_a_clock_by_file() -> None:
    Path("/proc/self/mem").open("rb").close()


ACTS: dict[str, tuple[Callable[[], None], int]] = {
    "open": (_open, CAUGHT_BY_SECCOMP),
    "create": (_create, CAUGHT_BY_SECCOMP),
    "connect": (_connect, CAUGHT_BY_SECCOMP),
    "fork": (_fork, CAUGHT_BY_SECCOMP),
    "exec": (_exec, CAUGHT_BY_SECCOMP),
    "kill": (_kill_the_parent, CAUGHT_BY_SECCOMP),
    "trace": (_trace_the_parent, CAUGHT_BY_SECCOMP),
    "duplicate": (_duplicate, CAUGHT_BY_SECCOMP),
    "own memory": (_read_a_clock_by_file, CAUGHT_BY_SECCOMP),
    "executable map": (_map_executable, CAUGHT_BY_SECCOMP),
    "executable protection": (_make_executable, CAUGHT_BY_SECCOMP),
    "two gigabytes": (_allocate, REFUSED),
    "loop": (_loop, CAUGHT_BY_CPU_LIMIT),
}


def _address_space() -> int:
    """Give what the process of the tests has mapped so far: the threads of other tests leave their heaps behind."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * mmap.PAGESIZE


def _outcome(act: Callable[[], None], *, caged: bool) -> int:
    pid = os.fork()
    if pid == 0:
        status = REFUSED
        try:
            if caged:
                cage.close((), cage.Bounds(memory_bytes=_address_space() + _ROOM, cpu_seconds=1))
            act()
            status = DONE
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@pytest.mark.parametrize("name", ACTS)
def test_the_cage_stops_it(name: str) -> None:
    act, expected = ACTS[name]
    assert _outcome(act, caged=True) == expected


@pytest.mark.parametrize("name", ACTS)
def test_without_the_cage_it_succeeds(name: str) -> None:
    assert _outcome(ACTS[name][0], caged=False) == DONE


def _compute() -> None:
    os.getrandom(8)
    time.monotonic()
    bytearray(1 << 20)


def test_what_a_child_is_for_works_in_the_cage() -> None:
    assert _outcome(_compute, caged=True) == DONE
