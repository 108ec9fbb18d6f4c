"""`make soak`: hold hostile codes up to a real station for a while; it must neither believe, hang, grow nor fall.

Damaged genuine passes, bytes of chance, and pictures of noise, one after the other, as fast as the station takes them.
"""

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.station.held import SIDE, HeldStation, picture
from trust_registry.build import Content, build
from verifier.frame import Frame
from verifier.specimen.scenarios import keys, scenarios
from verifier.verdict import Outcome, Prompt, Verdict

LATEST_SECONDS = 2.0  # a second for the frame, one for the judge
GROWTH_KIBIBYTES = 1.0  # for a thousand presentations
_SAMPLE_EVERY = 200
_SETTINGS = """
timezone = "UTC"
policies = ["authentic"]
registry.image = "registry.sqlite"
camera.kind = "folder"
camera.folder = "."
"""


def hostile(seed: int) -> Iterator[Frame]:
    """Draw hostile frames without end."""
    dice = random.Random(seed)
    genuine = [each.symbol for each in scenarios(datetime.now(UTC).date()) if len(each.symbol) < 700]
    while True:
        match dice.randrange(10):
            case 0:
                yield Frame(dice.randbytes(SIDE * SIDE), SIDE, SIDE, SIDE)
            case 1 | 2:
                yield picture(dice.randbytes(dice.randrange(1, 300)))
            case _:
                yield picture(_damaged(dice.choice(genuine), dice))


def _damaged(symbol: bytes, dice: random.Random) -> bytes:
    """Change, drop or double a byte or a few."""
    data = bytearray(symbol)
    for _ in range(dice.randrange(1, 4)):
        at = dice.randrange(len(data))
        match dice.randrange(3):
            case 0:
                data[at] = (data[at] + dice.randrange(1, 256)) % 256
            case 1:
                del data[at]
            case _:
                data[at:at] = data[at : at + 2]
    return bytes(data)


def _resident(pid: int) -> int:
    """Give a process's own memory, in KiB: what it does not share with its children."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private"))


def _slope(samples: list[int]) -> float:
    """Give the growth in KiB for a thousand presentations, from the medians of the second and the last quarter."""
    quarter = len(samples) // 4
    second, last = sorted(samples[quarter : 2 * quarter]), sorted(samples[-quarter:])
    between = 2.5 * quarter * _SAMPLE_EVERY
    return (last[len(last) // 2] - second[len(second) // 2]) * 1_000 / between


def main() -> int:
    """Soak; print a table; status 1 when anything is not as it must be."""
    options = argparse.ArgumentParser(prog="make soak")
    options.add_argument("--seconds", type=float, default=120.0)
    options.add_argument("--seed", type=int, default=int(time.time()))
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "station.toml").write_text(_SETTINGS, "utf-8")
        build(folder / "registry.sqlite", Content(time.time(), 1, keys=keys()))
        program = str(Path(sys.executable).with_name("verifier"))
        command = [program, "part", "station", "--settings", str(folder / "station.toml"), "--runtime", name]
        process = subprocess.Popen([*command, "--training"])
        try:
            station = HeldStation(process.pid, folder)
            station.open_eye()
            good = _soak(station, process, chosen.seconds, chosen.seed)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()
    return 0 if good else 1


def _soak(station: HeldStation, process: "subprocess.Popen[bytes]", seconds: float, seed: int) -> bool:
    results: Counter[str] = Counter()
    samples: list[int] = []
    slowest, end = 0.0, time.monotonic() + seconds
    descriptors = 0
    for number, frame in enumerate(hostile(seed)):
        if time.monotonic() > end:
            break
        started = time.monotonic()
        results[_kind(station.seen(frame))] += 1
        slowest = max(slowest, time.monotonic() - started)
        if number % _SAMPLE_EVERY == _SAMPLE_EVERY - 1:
            samples.append(_resident(process.pid))
            descriptors = max(descriptors, len([*Path(f"/proc/{process.pid}/fd").iterdir()]))
    rows = {
        "presentations": (results.total(), True),
        "believed (PASS)": (results["pass"], results["pass"] == 0),
        "faults of ours (station.fault)": (results["station.fault"], results["station.fault"] == 0),
        "late (station.late)": (results["station.late"], results["station.late"] == 0),
        "slowest, seconds": (round(slowest, 2), slowest < LATEST_SECONDS),
        "zygote restarts": (int(process.poll() is not None), process.poll() is None),
        "zombies": (_zombies(process.pid), _zombies(process.pid) <= 4),
        "descriptors of the zygote at most": (descriptors, descriptors < 64),
    }
    if len(samples) >= 8:
        growth = round(_slope(samples), 2)
        rows["growth, KiB for a thousand"] = (growth, growth < GROWTH_KIBIBYTES)
    for name, (figure, good) in rows.items():
        print(f"  {name:<36}{figure:>10}{'' if good else '   NOT GOOD'}")
    print("  " + ", ".join(f"{kind} {count}" for kind, count in results.most_common()))
    return all(good for _, good in rows.values())


def _kind(result: Verdict | Prompt | None) -> str:
    if isinstance(result, Verdict):
        return "pass" if result.outcome is Outcome.PASS else result.reason.value
    return "nothing seen" if result is None else result.name.lower()


def _zombies(pid: int) -> int:
    """Count children that have ended and were not collected; those of the last moment are still to be."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
    return sum(Path(f"/proc/{child}/stat").read_text("utf-8").split()[2] == "Z" for child in children)


if __name__ == "__main__":
    sys.exit(main())
