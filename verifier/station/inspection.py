"""The inspection: what this machine gives a station, each finding in a sentence that says what to do."""

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from trust_registry.image import RegistryError, open_image
from verifier.settings import SettingsError
from verifier.station import cage, kernel
from verifier.station.site import Site

_DAY = 86_400.0


class Grade(Enum):
    """How a finding is to be taken."""

    GOOD = "good"
    WEAK = "weak"  # the station works, and a promise is weaker than it could be
    BAD = "bad"  # the station does not work, or not as promised


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    grade: Grade
    text: str


def machine(proc: Path = Path("/proc")) -> Iterator[Finding]:
    """Look at the kernel and how it was started."""
    yield _choose(kernel.has_seccomp(), "seccomp is there", "the kernel has no seccomp: no station starts on it")
    abi = kernel.landlock_abi()
    yield _choose(
        abi > 0, f"Landlock is there, ABI {abi}", "the kernel has no Landlock: seccomp alone holds", Grade.WEAK
    )
    yield _choose(_cage_holds(), "a caged child that opens a file dies", "the cage does not hold on this kernel")
    swaps = (proc / "swaps").read_text("utf-8").splitlines()[1:]
    yield _choose(not swaps, "no swap", "swap is on: memory may reach a disk; turn it off", Grade.WEAK)
    pattern = (proc / "sys/kernel/core_pattern").read_text("utf-8").strip()
    harmless = not pattern.startswith("|") or pattern.startswith("|/bin/false")
    yield _choose(harmless, "no program takes core dumps", "core dumps go to a program: set core_pattern", Grade.WEAK)
    started = (proc / "cmdline").read_text("utf-8").split()
    yield _choose(
        "init_on_free=1" in started, "freed memory is overwritten", "start the kernel with init_on_free=1", Grade.WEAK
    )
    error = kernel.clock_error()
    unsure = "the clock is not synchronised: verdicts on dates near their end become unsure"
    yield _choose(error is not None, f"the clock is right within {error or 0:.3f} s", unsure, Grade.WEAK)


def site(found: Site, now: float) -> Iterator[Finding]:
    """Look at policies, registry and camera of a station. `now` is in seconds since 1970 UTC."""
    try:
        policies = found.policies()
    except SettingsError as error:
        yield Finding(Grade.BAD, str(error))
        return
    yield Finding(Grade.GOOD, f"policies: {', '.join(policy.name for policy in policies)}")
    try:
        held = open_image(found.settings.registry.image)
    except RegistryError as error:
        yield Finding(Grade.BAD, str(error))
        return
    days = (now - held.as_of) / _DAY
    limit = min(policy.registry_days for policy in policies)
    held.close()
    yield _choose(
        days <= limit,
        f"the registry, generation {held.generation}, is {days:.1f} days old",
        f"the registry is {days:.1f} days old, its limit is {limit}: sync it; until then nothing passes",
    )
    folder = found.settings.camera.folder
    yield _choose(folder is None or folder.is_dir(), "the camera is set", f"{folder}: the camera's folder is missing")


def _choose(good: bool, praise: str, blame: str, otherwise: Grade = Grade.BAD) -> Finding:  # noqa: FBT001 - the answer
    return Finding(Grade.GOOD, praise) if good else Finding(otherwise, blame)


def _cage_holds() -> bool:
    pid = os.fork()
    if pid == 0:
        try:
            cage.close((), cage.Bounds())
            os.open("/", os.O_RDONLY)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGSYS
