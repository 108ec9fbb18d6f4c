"""Kills a sync at random moments, and cuts the power under it: the image is the old one or the new one, whole.

`python -m tests.torture_registry KILLS CUTS`. A power cut needs root: an ext4 file system on a loop device is shut down
without its journal being written, which is what a cut leaves of it.
"""

import fcntl
import os
import random
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from securesystemslib.signer import CryptoSigner

from tests.gates import issuer_key
from trust_registry import contents
from trust_registry.faults import SyncError
from trust_registry.image import open_image
from trust_registry.publish import People, begin, publish
from trust_registry.repository import Repository
from trust_registry.shards import Listed
from trust_registry.sync import IMAGE, Box, sync
from trust_registry.update import install_root

KEYS = 400
_EXT4_IOC_SHUTDOWN, _NO_LOG_FLUSH = 0x8004587D, 2  # linux/fs/ext4/ext4.h
_DISK_BYTES = 64 << 20
_DONE, _REFUSED, _BUG = 0, 1, 2


@dataclass(eq=False, slots=True)
class Publisher:
    """Publishes round after round; all keys of one round carry its number as their end, which tells a mix."""

    repository: Repository
    signer: CryptoSigner
    round: int = 0

    def next_round(self) -> None:
        self.round += 1
        now = datetime.now(UTC)
        keys = (replace(issuer_key(number), not_after=float(self.round)) for number in range(KEYS))
        contents.draft_keys(self.repository, [Listed(key, "a list") for key in keys], now)
        self.repository.sign(self.signer)
        publish(self.repository, self.signer, now)

    @property
    def source(self) -> Path:
        return self.repository.metadata.parent


def publisher(folder: Path) -> Publisher:
    signer = CryptoSigner.generate_ed25519()
    keys = [signer.public_key]
    made = Publisher(begin(folder, People(keys, keys, keys, signer.public_key, 1), datetime.now(UTC)), signer)
    made.next_round()
    return made


def held(folder: Path) -> int:
    """Give the round that a gate's image holds, having checked that it is whole."""
    image = open_image(folder / IMAGE)
    ends = Counter(key.not_after for key in image.every_key())
    image.close()
    if list(ends.values()) != [KEYS]:
        raise AssertionError(f"a mix of rounds: {ends}")
    return int(next(iter(ends)) or 0)


def child_syncs(source: Path, folder: Path) -> int:
    """Start a sync in a process of its own; give its number."""
    child = os.fork()
    if child:
        return child
    status = _BUG
    try:
        sync(str(source), folder, Box(), time.time())
        status = _DONE
    except SyncError:
        status = _REFUSED
    finally:
        os._exit(status)


def trouble(source: Publisher, folder: Path, strike: Callable[[int, float], bool], rounds: int) -> Counter[str]:
    """Strike so many syncs; count what the gate held afterwards. `strike` says whether the sync had ended by itself."""
    chance, states = random.Random(11), Counter[str]()
    install_root(folder, (source.source / "metadata/1.root.json").read_bytes())
    started = time.monotonic()
    sync(str(source.source), folder, Box(), time.time())
    usual = time.monotonic() - started
    for _ in range(rounds):
        before = source.round
        source.next_round()
        ended = strike(child_syncs(source.source, folder), chance.uniform(0, 2 * usual))
        state = held(folder)
        if state not in (before, source.round) or (ended and state == before):
            raise AssertionError(f"round {state} is held, after {before}, acknowledged: {ended}")
        states[("new" if state > before else "old") + (", acknowledged" if ended else ", struck")] += 1
        sync(str(source.source), folder, Box(), time.time())
        if held(folder) != source.round:
            raise AssertionError("the next sync did not mend it")
    return states


def kill(child: int, moment: float) -> bool:
    """Kill a sync some time after its start."""
    time.sleep(moment)
    return _end(child)


def _end(child: int) -> bool:
    """Kill a sync where it still runs; say whether it had ended by itself, well."""
    os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == _BUG:
        raise AssertionError("a sync ended by something that is no SyncError")
    return status == _DONE


def power(disk: Path, mount: Path) -> Callable[[int, float], bool]:
    """Make the strike that cuts the power of a disk, and brings it back."""

    def cut(child: int, moment: float) -> bool:
        time.sleep(moment)
        ended = os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        if not mount.is_mount():
            raise AssertionError(f"{mount}: is no disk of ours")
        descriptor = os.open(mount, os.O_RDONLY)
        fcntl.ioctl(descriptor, _EXT4_IOC_SHUTDOWN, struct.pack("I", _NO_LOG_FLUSH))
        os.close(descriptor)
        done = _end(child) and ended
        _run("umount", str(mount))
        _run("mount", "-o", "loop", str(disk), str(mount))
        return done

    return cut


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


def main(kills: int, cuts: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        top = Path(scratch)
        sys.stdout.write(f"{kills} kills: {dict(trouble(publisher(top / 'a'), top / 'gate', kill, kills))}\n")
        sys.stdout.flush()
        if cuts and os.geteuid():
            sys.exit("the power cuts need root: not done")
        disk, mount = top / "disk", top / "mount"
        mount.mkdir()
        with disk.open("wb") as file:
            file.truncate(_DISK_BYTES)
        _run("mkfs.ext4", "-q", str(disk))
        _run("mount", "-o", "loop", str(disk), str(mount))
        try:
            states = trouble(publisher(top / "b"), mount / "gate", power(disk, mount), cuts)
        finally:
            _run("umount", str(mount))
        sys.stdout.write(f"{cuts} power cuts: {dict(states)}\n")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
