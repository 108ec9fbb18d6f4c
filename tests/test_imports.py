"""Every module imports alone, and every contract on imports can be broken."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.source import PACKAGES, TOP, imported, modules

OPTIONAL = {"picamera2"}  # comes with the system of a Raspberry Pi, not with our dependencies

# A fork for each module: each starts without any of ours loaded, and shares what the others need from outside.
IMPORT_EACH = """
import importlib, os, sys, traceback
outside, ours = (names.split() for names in sys.argv[1:])
for name in outside:
    importlib.import_module(name)
failed = 0
for name in ours:
    child = os.fork()
    if child == 0:
        try:
            importlib.import_module(name)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    failed |= os.waitpid(child, 0)[1]
sys.exit(bool(failed))
"""

# For each contract of imports.toml, a module and a line that breaks it.
FAULTS = {
    "layers": ("verifier.wire.json", "import verifier.credential"),
    "registry-layers": ("trust_registry.model", "import trust_registry.cli"),
    "circles": ("verifier.limits", "import verifier.verdict\n", "verifier.verdict", "import verifier.limits"),
    "formats-apart": ("verifier.formats.one", "import verifier.formats.two", "verifier.formats.two", ""),
    "formats": ("verifier.formats.one", "import verifier.signature"),
    "core": ("verifier.instant", "import time"),
    "verdicts": ("trust_registry.model", "import verifier.sealed"),
    "wire": ("verifier.wire.json", "import verifier.context"),
    "reading": ("verifier.reading.gate", "import socket"),
    "devices": ("verifier.devices.camera", "import verifier.wire.json"),
    "image": ("trust_registry.image", "import sqlite_utils"),
    "importers": ("trust_registry.importers.folder", "import verifier.claims"),
    "station": ("verifier.station.loop", "import ssl"),
    "console": ("verifier.console.lamp", "import verifier.presentation"),
    "registry-apart": ("verifier.status", "import trust_registry.cli"),
}


@pytest.mark.slow
def test_every_module_imports_alone() -> None:
    named = {name for module in modules() for name in imported(module)}
    outside = sorted(name for name in named if name.split(".")[0] not in {*PACKAGES, *OPTIONAL})
    ours = [module.name for module in modules() if OPTIONAL.isdisjoint(imported(module))]
    command = [sys.executable, "-c", IMPORT_EACH, " ".join(outside), " ".join(ours)]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr


def test_every_contract_on_imports_can_be_broken(tmp_path: Path) -> None:
    contracts = tomllib.loads((TOP / "imports.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    names = {contract["id"]: contract["name"] for contract in contracts}
    assert FAULTS.keys() == names.keys()
    for package in PACKAGES:
        shutil.copytree(TOP / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    for fault in FAULTS.values():
        for module, line in zip(fault[::2], fault[1::2], strict=True):
            _plant(tmp_path, module, line)
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--config", TOP / "imports.toml", "--no-cache", "--no-logo"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        text=True,
        env={"PYTHONPATH": str(tmp_path), "COLUMNS": "500"},
    )
    assert [name for name in names.values() if f"{name} BROKEN" not in done.stdout] == [], done.stdout + done.stderr


def _plant(top: Path, module: str, line: str) -> None:
    path = top / module.replace(".", "/")
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    with file.open("a", encoding="utf-8") as text:
        text.write(f"\n{line}\n")
