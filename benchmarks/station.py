"""The caged station: how long a verdict takes, how many come in a second, what the processes weigh.

The benchmark is the camera and the console of a real station: its frames hold genuine training passes, each another,
so that every one is read and judged by children that have never met another.
"""

import itertools
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import zxingcpp

from trust_registry.build import Content, build
from verifier.devices.ring import FrameRing
from verifier.frame import Frame
from verifier.protocol import Frame as FrameRecord
from verifier.protocol import Hello, Part, Ring, Shown, Want
from verifier.reading.quick import QuickReader
from verifier.specimen import hc1
from verifier.specimen.scenarios import keys
from verifier.station.link import Link, reach
from verifier.verdict import Outcome, Prompt, Verdict

WIDTH, HEIGHT, SLOTS = 960, 720, 4
PRESENTATIONS = 300
LIMIT_MEBIBYTES = 70.0

_SETTINGS = """
timezone = "UTC"
policies = ["covid-19-vaccinated"]
registry.image = "registry.sqlite"
camera.kind = "folder"
camera.folder = "pictures"
camera.width = {width}
camera.height = {height}
"""


@dataclass(frozen=True, slots=True)
class Times:
    """One presentation, in milliseconds: from its frame to the lamp, and of that the reader's part."""

    whole: float
    read: float


def pictures(count: int) -> list[Frame]:
    """Draw so many different passes, each in the middle of a light scene."""
    day = datetime.now(UTC).date() - timedelta(days=30)
    drawn = []
    for number in range(count):
        person = hc1.Person("TRAINING", f"NUMBER {number}", "1990-01-01", f"{number:08}")
        content = hc1.dcc(person, v=[hc1.vaccination(day)])
        now = time.time()
        symbol = hc1.symbol(hc1.cwt(content, issued=now - 86_400, expires=now + 86_400), hc1.UTOPIA)
        code = zxingcpp.create_barcode(symbol.decode(), zxingcpp.BarcodeFormat.QRCodeModel2, ec_level="M")
        modules = np.array(code.to_image(scale=5, add_quiet_zones=False), np.uint8)
        scene = np.full((HEIGHT, WIDTH), 230, np.uint8)
        top, left = (HEIGHT - modules.shape[0]) // 2, (WIDTH - modules.shape[1]) // 2
        scene[top : top + modules.shape[0], left : left + modules.shape[1]] = modules
        drawn.append(Frame(scene.tobytes(), WIDTH, HEIGHT, WIDTH))
    return drawn


class Bench:
    """A running station, with the benchmark as its camera and console."""

    def __init__(self, folder: Path) -> None:
        self.started_at = time.perf_counter()
        program = str(Path(sys.executable).with_name("verifier"))
        site = ["--settings", str(folder / "station.toml"), "--runtime", str(folder), "--training"]
        self.process = subprocess.Popen([program, "part", "station", *site], stderr=subprocess.DEVNULL)
        self.console = reach(folder / "console.sock")
        self.console.send(Hello(Part.CONSOLE))
        self.camera: Link = reach(folder / "camera.sock")
        self.ring = FrameRing(Ring(SLOTS, WIDTH, HEIGHT, WIDTH))
        self.camera.send(Hello(Part.CAMERA))
        self.camera.send(self.ring.shape, self.ring.descriptor)
        self._poll = select.poll()
        for link in (self.console, self.camera):
            self._poll.register(link.fileno(), select.POLLIN)

    def present(self, frame: Frame) -> float:
        """Show a frame whenever one is wanted, until its verdict comes; give the milliseconds from the last showing."""
        shown_at = time.perf_counter()
        while True:
            if not self._poll.poll(10_000):
                raise TimeoutError
            if isinstance(record := self.console.receive(), Shown) and record.result is not Prompt.SAME_AGAIN:
                break
            if isinstance(wanted := self.camera.receive(), Want):
                self.ring.put(0, frame)
                shown_at = time.perf_counter()
                self.camera.send(FrameRecord(wanted.reader, 0))
        whole = (time.perf_counter() - shown_at) * 1e3
        if not isinstance(record.result, Verdict) or record.result.outcome is not Outcome.PASS:
            raise RuntimeError(f"a genuine pass gave {record.result}")
        return whole

    def children(self) -> list[int]:
        """Name the zygote's children."""
        return [
            int(pid) for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        ]

    def close(self) -> None:
        """End it."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


@contextmanager
def station() -> Iterator[tuple[Bench, Path]]:
    """Start a station on a registry of training issuers."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pictures").mkdir()
        (folder / "station.toml").write_text(_SETTINGS.format(width=WIDTH, height=HEIGHT), "utf-8")
        build(folder / "registry.sqlite", Content(time.time(), 1, keys=keys()))
        bench = Bench(folder)
        try:
            yield bench, folder
        finally:
            bench.close()


def processor_ms(pid: int) -> float:
    """Give the processor time of a process and of its children that have ended. Source: proc_pid_stat(5)."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) * 1e3 / os.sysconf("SC_CLK_TCK")


def weight(pid: int) -> float:
    """Give a process's proportional set size, in MiB."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


@contextmanager
def one_core_busy(*, busy: bool) -> Iterator[None]:
    """Keep one core busy meanwhile, where it is wanted."""
    if not busy:
        yield
        return
    pid = os.fork()
    if pid == 0:
        while True:
            pass
    try:
        yield
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def latency(bench: Bench, frames: Sequence[Frame]) -> list[Times]:
    """Show passes one after the other, with the pause of a hand between them."""
    scan_at = [_read_alone(frame) for frame in frames]
    times = []
    for frame, read in zip(frames, scan_at, strict=True):
        time.sleep(0.05)
        times.append(Times(bench.present(frame), read))
    return times


def _read_alone(frame: Frame) -> float:
    """Time what the reader does with such a frame, without a station."""
    start = time.perf_counter()
    QuickReader().read(frame, 0.0)
    return (time.perf_counter() - start) * 1e3


def throughput(bench: Bench, frames: Sequence[Frame]) -> float:
    """Show passes as fast as they are taken; give how many in a second."""
    start = time.perf_counter()
    for frame in itertools.islice(itertools.cycle(frames), PRESENTATIONS):
        bench.present(frame)
    return PRESENTATIONS / (time.perf_counter() - start)


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value below which that share lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def _report(
    core: str, first: float, times: Sequence[Times], paces: tuple[float, float], weights: Sequence[float]
) -> None:
    whole, rest = [each.whole for each in times], [each.whole - each.read for each in times]
    rows = (
        ("start to first verdict", f"{first:.0f} ms"),
        ("frame to lamp", f"p50 {percentile(whole, 0.5):.2f}, p99 {percentile(whole, 0.99):.2f} ms"),
        ("the same without reading", f"p50 {percentile(rest, 0.5):.2f}, p99 {percentile(rest, 0.99):.2f} ms"),
        ("presentations a second", f"{paces[0]:.1f}"),
        ("processor time for each", f"{paces[1]:.1f} ms"),
        ("zygote and spares", f"{sum(weights):.1f} MiB: {', '.join(f'{each:.1f}' for each in weights)}"),
    )
    print(f"one core {core}, load {os.getloadavg()[0]:.1f}")
    for name, figure in rows:
        print(f"  {name:<28}{figure}")


def run() -> bool:
    """Measure and print; say whether the weight keeps to its limit, which does not depend on who else is at work."""
    frames = pictures(PRESENTATIONS)
    for busy in (False, True):
        with station() as (bench, _), one_core_busy(busy=busy):
            first = bench.present(frames[0]) and (time.perf_counter() - bench.started_at) * 1e3
            time.sleep(1.0)
            pids = [bench.process.pid, *bench.children()]
            weights = [weight(pid) for pid in pids]
            times = latency(bench, frames[1:])
            spent = processor_ms(bench.process.pid)
            rate = throughput(bench, frames)
            spent = (processor_ms(bench.process.pid) - spent) / PRESENTATIONS
        _report("busy" if busy else "free", first, times, (rate, spent), weights)
        light = sum(weights) <= LIMIT_MEBIBYTES
    return light


if __name__ == "__main__":
    run()
