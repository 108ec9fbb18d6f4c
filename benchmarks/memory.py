"""What a judge weighs: a fresh process with the core and an open image, in its own memory (proportional set size)."""

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import decide

LIMIT_MEBIBYTES = 32.0

_JUDGE = """
import sys
from pathlib import Path
from trust_registry.image import open_image
import verifier.decide
trust = open_image(Path(sys.argv[1]))
print(sum(int(line.split()[1]) for line in open("/proc/self/smaps_rollup") if line.startswith("Pss:")) / 1024)
"""


def run() -> bool:
    """Print the figure; say whether it keeps to the limit."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "registry.sqlite")
        decide.write_image(path, decide.IMAGES[-1])
        command = [sys.executable, "-c", _JUDGE, str(path)]
        weighs = float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    print(
        f"the core with an open image of {decide.IMAGES[-1]:,} keys: {weighs:.1f} MiB; aim: {LIMIT_MEBIBYTES:.0f} MiB"
    )
    return weighs <= LIMIT_MEBIBYTES
