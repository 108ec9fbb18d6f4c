"""The memory of a process that reads: its proportional share after a few frames, in megabytes."""

import subprocess
import sys

_PROGRAM = """
import re
from pathlib import Path
from verifier.frame import Frame
from verifier.reading.{module} import {reader}
reader, frame = {reader}(), Frame(bytes(1456 * 1088), 1456, 1088, 1456)
for number in range(12):
    reader.read(frame, float(number))
print(re.search(r"^Pss:\\s+(\\d+) kB", Path("/proc/self/smaps_rollup").read_text(), re.MULTILINE)[1])
"""
READERS = {"quick reader": ("quick", "QuickReader"), "patient reader": ("patient", "PatientReader")}


def megabytes(name: str) -> float:
    """Measure a reader in a fresh process of its own."""
    module, reader = READERS[name]
    program = _PROGRAM.format(module=module, reader=reader)
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return int(run.stdout) / 1024
