"""A live station of real processes, with the proof as the world around it."""

import os
import random
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from tests.amnesia.leaky import ASIDE
from tests.amnesia.lens import Lens
from tests.amnesia.people import HEIGHT, WIDTH, Kind, Person, keys
from trust_registry.build import Content, build
from verifier.protocol import Hello, Part, Shown
from verifier.station.link import reach
from verifier.verdict import Prompt, Verdict

_PAGES = ("/", "/supervisor", "/overview", "/registry", "/policy", "/access", "/healthz", "/metrics", "/api/v1/state")
_SETTINGS = f"""
timezone = "UTC"
policies = ["covid-19-vaccinated"]
registry.image = "registry.sqlite"
camera.kind = "folder"
camera.folder = "."
camera.width = {WIDTH}
camera.height = {HEIGHT}
console.state = "console"
console.port = """
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    _PORT = probe.getsockname()[1]  # one for all runs, so that two can be compared
PATIENCE_SECONDS = 10.0
ENDED_PATIENCE_SECONDS = 1.5  # a child that was killed while it waited gives no verdict


class Stage:
    """The station's processes, what they wrote, and the lane in front of them."""

    def __init__(self, folder: Path, channel: str | None = None) -> None:
        """Start everything; with a `channel`, judges leak by it."""
        self.folder, self._runtime = folder, folder / "run"
        self._runtime.mkdir()
        (folder / "tmp").mkdir()
        (folder / "station.toml").write_text(f"{_SETTINGS}{_PORT}\n", "utf-8")
        self.sync(1)
        self.lens = Lens()
        self._aside = tempfile.NamedTemporaryFile()  # noqa: SIM115 - closed with the stage
        self._chance = random.Random(0)
        program = [str(Path(sys.executable).with_name("verifier"))]
        site = ["--settings", str(folder / "station.toml"), "--runtime", str(self._runtime)]
        self._environment = {
            "TMPDIR": str(folder / "tmp"),
            "PYTHONDONTWRITEBYTECODE": "1",
            ASIDE: self._aside.name,
        }
        leaky = [sys.executable, "-m", "tests.amnesia.leaky", channel] if channel else program
        lens = [sys.executable, "-m", "tests.amnesia.lens", str(self.lens.descriptor), str(self._runtime)]
        self.processes = {
            "station": self._start("station", [*leaky, "part", "station", *site]),
            "camera": self._start("camera", lens),
            "lamp": self._start("lamp", [*program, "part", "lamp", *site]),
            "console": self._start("console", [*leaky, "part", "console", *site]),
        }
        self.results: list[Verdict | Prompt] = []
        self.answers: list[bytes] = []
        self._screen: socket.socket | None = None
        self._console = reach(self._runtime / "console.sock")
        self._console.send(Hello(Part.CONSOLE))

    def _start(self, name: str, command: Sequence[str]) -> "subprocess.Popen[bytes]":
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[self.lens.descriptor] if name == "camera" else [],
                env=os.environ
                | {"TMPDIR": str(self.folder / "tmp"), ASIDE: self._aside.name, "PYTHONDONTWRITEBYTECODE": "1"},
            )

    def sync(self, generation: int) -> None:
        """Put a new generation of the registry in place, as a sync does."""
        build(self.folder / "registry.sqlite", Content(time.time(), generation, keys=keys()))

    def rotate(self) -> None:
        """Rename the logs, as a rotation does."""
        for log in self.folder.glob("*.log"):
            log.rename(log.with_suffix(".log.1"))

    def visit(self) -> None:
        """Open every page of the console, and keep what it answers; a screen stays open from the first time on."""
        if self._screen is None:
            self._screen = socket.create_connection(("127.0.0.1", _PORT), PATIENCE_SECONDS)
            self._screen.sendall(f"GET /api/v1/lamp HTTP/1.1\r\nHost: localhost:{_PORT}\r\n\r\n".encode())
        for page in _PAGES:
            console = HTTPConnection("localhost", _PORT, timeout=PATIENCE_SECONDS)
            console.request("GET", page)
            answer = console.getresponse()
            self.answers.append(f"{answer.status} {answer.headers}".encode() + answer.read(1 << 20))
            console.close()

    def present(self, person: Person) -> None:
        """Hold a person's code up until there is a result, and take it away."""
        self.lens.hold(person.picture())
        patience = PATIENCE_SECONDS
        if person.kind in (Kind.CRASH, Kind.KILL):
            time.sleep(self._chance.uniform(0, 0.02))
            self._strike(signal.SIGSEGV if person.kind is Kind.CRASH else signal.SIGKILL)
            patience = ENDED_PATIENCE_SECONDS
        result = self._hear(patience)
        self.lens.clear()
        if result is not None:
            self.results.append(result)
        elif person.kind not in (Kind.CRASH, Kind.KILL):
            raise TimeoutError(f"no result for a presentation of kind {person.kind.name}")

    def _strike(self, number: int) -> None:
        children = self.children()
        if children:
            try:
                os.kill(self._chance.choice(children), number)
            except ProcessLookupError:
                return

    def _hear(self, seconds: float) -> Verdict | Prompt | None:
        """Wait for a result that says something new."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            ready, _, _ = select.select([self._console.fileno()], [], [], left)
            record = self._console.receive() if ready else None
            if isinstance(record, Shown) and record.result is not Prompt.SAME_AGAIN:
                return record.result
        return None

    def children(self) -> list[int]:
        """Name the children of the zygote that live now."""
        pid = self.processes["station"].pid
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()]

    def living(self) -> dict[str, list[int]]:
        """Name every process of the station."""
        return {"children": self.children()} | {name: [run.pid] for name, run in self.processes.items()}

    @contextmanager
    def held_still(self) -> Iterator[dict[str, list[int]]]:
        """Stop every process for a moment, to look at its memory."""
        living = self.living()
        pids = [pid for group in living.values() for pid in group]
        for pid in reversed(pids):
            os.kill(pid, signal.SIGSTOP)
        try:
            yield living
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    def close(self) -> None:
        """End everything, and keep what the screen was told."""
        if self._screen is not None:
            while told := self._screen.recv(1 << 16):
                self.answers.append(told)
                ready, _, _ = select.select([self._screen], [], [], 0.5)
                if not ready:
                    break
            self._screen.close()
        for run in self.processes.values():
            run.terminate()
        for run in self.processes.values():
            run.wait(PATIENCE_SECONDS)
        self._console.close()
        self._aside.close()
