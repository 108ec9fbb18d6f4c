"""What a registry costs: bytes on the wire, time and memory of a sync, time of a look-up at three sizes.

The registries are synthetic, shaped as the published lists are: 96 countries, an issuer for every 20 keys, keys that do
not compress. A local web server counts the bytes of the bodies that it sends.
"""

import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from benchmarks import denial
from benchmarks.web import server
from trust_registry import contents, keyring
from trust_registry.build import Content, build
from trust_registry.ceremony import ONLINE, Cast, found
from trust_registry.image import RegistryImage, open_image
from trust_registry.model import Algorithm, IssuerKey, KeyRef, Scope
from trust_registry.publish import publish
from trust_registry.repository import Repository
from trust_registry.shards import Listed
from trust_registry.sync import IMAGE, Box, sync
from trust_registry.update import install_root
from verifier.verdict import FormatId

# The aims, from the first measurement of a prototype.
POLL_BYTES, FULL_SYNC_BYTES, FULL_SYNC_SECONDS, BUILD_SECONDS = 1_000, 12_000_000, 3.0, 2.0
UPDATE_BYTES = {3_000: 20_000, 100_000: 60_000}
LOOK_UP_MICROSECONDS, SYNC_MEGABYTES = 50.0, 80.0
LOOK_UPS = (3_000, 100_000, 1_000_000)

_PREFIX = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200") + b"\x04"
_FORMATS = (FormatId.HC1, FormatId.SHC, FormatId.MDOC, FormatId.SD_JWT_VC, FormatId.VDS_NC, FormatId.DIVOC)
_WEIGHTS = (35, 35, 12, 10, 5, 3)
_SAMPLES = 20_000
_ROUNDS = 3

_SYNC = """
import sys, time
from pathlib import Path
from trust_registry.sync import Box, sync
sync(sys.argv[1], Path(sys.argv[2]), Box(), time.time())
highest = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
print(time.process_time(), int(highest.split()[1]) / 1_000)
"""


def issuer_keys(count: int) -> Iterator[IssuerKey]:
    """Make so many keys, always the same."""
    chance = random.Random(7)  # noqa: S311 - it only has to be always the same
    for _ in range(count):
        owner = chance.randrange(max(1, count // 20))
        country = f"{chr(65 + owner % 96 // 26)}{chr(65 + owner % 26)}"
        yield IssuerKey(
            chance.choices(_FORMATS, _WEIGHTS)[0],
            chance.randbytes(8),
            f"https://issuer-{owner}.example",
            Algorithm.ES256,
            _PREFIX + chance.randbytes(64),
            Scope(countries=frozenset({country})),
            1.6e9 + chance.randrange(10**8),
            1.8e9 + chance.randrange(10**8),
        )


def run() -> bool:
    """Print the figures; say whether they keep to the aims."""
    with tempfile.TemporaryDirectory() as scratch:
        kept = [_published(Path(scratch, str(count)), count) for count in UPDATE_BYTES]
        kept += [_looked_up(Path(scratch, f"{count}.db"), count) for count in LOOK_UPS]
    return all([*kept, denial.run()])


def _published(folder: Path, count: int) -> bool:
    """Measure a registry from its publication to a gate: full, without news, and with one new key."""
    now, words = datetime.now(UTC), "benchmark"
    repository = found(folder / "published", folder / "keys", Cast(["a"], ["a"], 1), lambda _name: words, now)
    listed = [Listed(key, "a list") for key in issuer_keys(count + 1)]
    _publish(repository, folder / "keys", listed[:-1], words)
    root = (folder / "published/metadata/1.root.json").read_bytes()
    with server(folder / "published") as (address, sent):
        rounds = []  # the quietest counts, since other programs share the machine
        for _ in range(_ROUNDS):
            shutil.rmtree(folder / "gate", ignore_errors=True)
            install_root(folder / "gate", root)
            sent.take()
            rounds.append(_fresh_process(address, folder / "gate"))
        seconds, megabytes = min(rounds)
        full = sent.take()
        sync(address, folder / "gate", Box(), time.time())
        poll = sent.take()
        _publish(repository, folder / "keys", listed, words)
        sync(address, folder / "gate", Box(), time.time())
        update = sent.take()
    size = (folder / "gate" / IMAGE).stat().st_size
    print(
        f"{count:>9,} keys: full sync {full / 1e6:.2f} MB in {seconds:.2f} s of processor, {megabytes:.0f} MB of"
        f" memory; image {size / 1e6:.1f} MB; poll without news {poll} bytes; one new key {update:,} bytes"
    )
    return (
        poll <= POLL_BYTES
        and update <= UPDATE_BYTES[count]
        and full <= FULL_SYNC_BYTES
        and seconds <= FULL_SYNC_SECONDS
        and megabytes <= SYNC_MEGABYTES
    )


def _publish(repository: Repository, keys: Path, listed: list[Listed], words: str) -> None:
    now = datetime.now(UTC)
    contents.draft_keys(repository, listed, now)
    repository.sign(keyring.load(str(keys / "a.owner.pem"), words, ()))
    publish(repository, keyring.load(str(keys / f"{ONLINE}.pem"), words, ()), now)


def _fresh_process(address: str, folder: Path) -> tuple[float, float]:
    """Sync in a process of its own; give its seconds of processor, start included, and its highest memory in MB."""
    done = subprocess.run(
        [sys.executable, "-c", _SYNC, address, str(folder)],
        capture_output=True,
        check=True,
        text=True,
    )
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


def _looked_up(path: Path, count: int) -> bool:
    """Measure the build of an image and look-ups in it, by key id with and without the issuer."""
    started = time.process_time()
    build(path, Content(0.0, keys=issuer_keys(count)))
    built = time.process_time() - started - _making(count)
    image = open_image(path)
    refs = [KeyRef(key.format, key.key_id, key.issuer) for key in islice(issuer_keys(count), _SAMPLES)]
    random.Random(8).shuffle(refs)  # noqa: S311 - it only has to be always the same
    named = _percentiles(image, refs)
    bare = _percentiles(image, [KeyRef(ref.format, ref.key_id) for ref in refs])
    image.close()
    print(
        f"{count:>9,} keys: image built in {built:.2f} s of processor; look-up p50/p99 by key id"
        f" {bare[0]:.0f}/{bare[1]:.0f} µs, with the issuer {named[0]:.0f}/{named[1]:.0f} µs"
    )
    quick = max(named[1], bare[1]) <= LOOK_UP_MICROSECONDS
    return quick and (count != 100_000 or built <= BUILD_SECONDS)


def _making(count: int) -> float:
    """Time the making of the keys alone, which no real registry pays for."""
    started = time.process_time()
    for _ in issuer_keys(count):
        pass
    return time.process_time() - started


def _percentiles(image: RegistryImage, refs: list[KeyRef]) -> tuple[float, float]:
    times = []
    for ref in refs:
        started = time.perf_counter_ns()
        found_keys = image.keys(ref)
        times.append(time.perf_counter_ns() - started)
        if not found_keys:
            raise LookupError(json.dumps(str(ref)))
    times.sort()
    return times[len(times) // 2] / 1e3, times[len(times) * 99 // 100] / 1e3
