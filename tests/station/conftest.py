"""A whole station in its own process, with a camera and a lamp held by the test."""

import os
import signal
import tempfile
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from tests.station.held import HeldStation, Start
from trust_registry.build import Content, build
from verifier import policies
from verifier.station import canary
from verifier.station.rehearsal import Script
from verifier.station.trust import ImageSource
from verifier.station.zygote import Setup, Station

CANARY = canary.load()
NOW = 1_795_000_000.0


@pytest.fixture
def image(tmp_path: Path) -> Path:
    path = tmp_path / "registry.sqlite"
    build(path, Content(as_of=NOW, generation=7))
    return path


@pytest.fixture
def start(image: Path) -> Iterator[Start]:
    """Start stations that end with the test."""
    held: list[HeldStation] = []
    with tempfile.TemporaryDirectory() as runtime:

        def begin() -> HeldStation:
            pid = os.fork()
            if pid == 0:
                _run(Path(runtime), image)
            held.append(HeldStation(pid, Path(runtime)))
            return held[-1]

        yield begin
        for station in held:
            station.close()
            os.kill(station.pid, signal.SIGKILL)
            os.waitpid(station.pid, 0)


def _run(runtime: Path, image: Path) -> None:
    try:
        Station(
            Setup(
                runtime=runtime,
                policies=(policies.load("authentic"), policies.load("polio")),
                registry=ImageSource(image, runtime),
                zone=UTC,
                uncertainty_seconds=5.0,
                canary=CANARY,
                script=Script((CANARY.symbol,), (CANARY.key,)),
                training=True,
            )
        ).run()
    finally:
        os._exit(0)
