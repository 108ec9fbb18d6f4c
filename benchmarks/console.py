"""What the console costs, and how soon a verdict is painted: a real process, a real browser, a station that says so."""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import httpx
from playwright.sync_api import Page, sync_playwright

from tests.console.conftest import CHROMIUM
from tests.console.station import Station
from verifier.protocol import Shown
from verifier.verdict import Action, Reason, Verdict

SHOWN = (
    Shown(Verdict(Reason.CLAIM_MET), Action.ADMIT),
    Shown(Verdict(Reason.EXPIRED), Action.ASK_FOR_ANOTHER),
)
VERDICTS = 60
LISTENERS = 200
HALF_OPEN = 300
IDLE_SECONDS = 10
AIM = {
    "start s": 1.5,
    "memory MB": 60,
    "idle %": 0.5,
    "first page kB": 60,
    "painted p95 ms": 50,
    "page under load s": 1,
}
FILES = ("/", "/static/lamp.css", "/static/lamp.js", "/static/shapes.svg", "/static/icon.svg")
WATCH = """() => {
  window.painted = [];
  new MutationObserver(() => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => painted.push(performance.timeOrigin + performance.now());
    after.port2.postMessage(0);
  })).observe(document.body, { attributes: true, attributeFilter: ["data-face"] });
}"""


def run() -> bool:
    """Print the figures; say whether they keep to their aims."""
    with tempfile.TemporaryDirectory() as folder, Station(Path(folder, "console.sock")) as station:
        began = time.monotonic()
        address, process = _started(Path(folder))
        try:
            figures = {"start s": _healthy(address, began), **_measured(address, station, process.pid)}
        finally:
            process.terminate()
            process.wait()
    for name, figure in figures.items():
        print(f"console, {name}: {figure:.2f}" + (f"; aim: {AIM[name]:g}" if name in AIM else ""))
    return all(figures[name] <= aim for name, aim in AIM.items())


def _started(folder: Path) -> tuple[str, subprocess.Popen[bytes]]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    (folder / "station.toml").write_text(
        f'timezone = "UTC"\npolicies = ["authentic"]\nregistry.image = "none"\n'
        f'camera.kind = "picamera2"\nconsole.port = {port}\nconsole.state = "state"\n'
    )
    program = str(Path(sys.executable).with_name("verifier"))
    options = ["--settings", str(folder / "station.toml"), "--runtime", str(folder)]
    process = subprocess.Popen([program, "part", "console", *options], stderr=subprocess.DEVNULL)
    return f"http://127.0.0.1:{port}", process


def _healthy(address: str, began: float) -> float:
    while True:
        try:
            if httpx.get(f"{address}/healthz").is_success:
                return time.monotonic() - began
        except httpx.ConnectError:
            continue


def _measured(address: str, station: Station, pid: int) -> dict[str, float]:
    figures = {"first page kB": sum(len(httpx.get(address + file).content) for file in FILES) / 1_000}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        page = browser.new_page()
        page.goto(address)
        page.evaluate(WATCH)
        page.wait_for_selector("body[data-face=ready]")
        figures["painted p95 ms"] = _painted(page, station)
        figures["memory MB"] = _resident(pid)
        figures["idle %"] = _idle(pid)
        figures["page under load s"] = _under_load(address)
        with_many = [_connected(address, "GET /api/v1/lamp HTTP/1.1\r\nhost: {}\r\n\r\n") for _ in range(LISTENERS)]
        figures[f"painted p95 ms beside {LISTENERS} listeners"] = _painted(page, station)
        figures["memory MB then"] = _resident(pid)
        for one in with_many:
            one.close()
        browser.close()
    return figures


def _painted(page: Page, station: Station) -> float:
    page.evaluate("painted.length = 0")
    said = []
    for number in range(VERDICTS):
        said.append(time.time() * 1_000)
        station.say(SHOWN[number % 2])
        page.evaluate(
            f"async () => {{ while (painted.length < {number + 1}) await new Promise(requestAnimationFrame); }}"
        )
    return _p95([seen - sent for seen, sent in zip(page.evaluate("painted"), said, strict=True)])


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def _under_load(address: str) -> float:
    halves = [_connected(address, "GET / HTTP/1.1\r\nhost: ") for _ in range(HALF_OPEN)]
    began = time.monotonic()
    httpx.get(address).raise_for_status()
    took = time.monotonic() - began
    for half in halves:
        half.close()
    return took


def _connected(address: str, request: str) -> socket.socket:
    host, port = address.removeprefix("http://").split(":")
    end = socket.create_connection((host, int(port)))
    end.sendall(request.format(f"{host}:{port}").encode())
    return end


def _resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1_000


def _idle(pid: int) -> float:
    before = _ticks(pid)
    time.sleep(IDLE_SECONDS)
    return 100 * (_ticks(pid) - before) / os.sysconf("SC_CLK_TCK") / IDLE_SECONDS


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").split()
    return int(fields[13]) + int(fields[14])


if __name__ == "__main__":
    sys.exit(not run())
