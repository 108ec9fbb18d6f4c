"""`make fuzz MINUTES=10`: fuzz every target for its share of the time, from what our vectors hold at each layer.

What is found is kept, one corpus for each target, under `.cache/fuzz`, and grows from run to run; a finding is written
there, minimised, and gets its vector in `tests/makers` before it is mended.
"""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from tests import vectors
from tests.fuzz.targets import TARGETS
from tests.mutation.layers import layers

CORPUS = Path(".cache/fuzz")
_LONGEST = 8_192  # bytes; the longest symbol has 7,089


def fuzz(name: str, seconds: int) -> int:
    """Fuzz one target in a process of its own, which a finding ends; give its exit status."""
    folder = CORPUS / name
    folder.mkdir(parents=True, exist_ok=True)
    options = [f"-max_total_time={seconds}", f"-max_len={_LONGEST}", "-timeout=5", f"-artifact_prefix={folder}-"]
    command = [
        sys.executable,
        "-m",
        "tests.fuzz.one",
        name,
        *options,
        "-print_final_stats=1",
        str(folder),
        str(seeds()),
    ]
    return subprocess.run(command, check=False).returncode


def seeds() -> Path:
    """Write every vector, and the content of every layer of those that pass, once."""
    folder = CORPUS / "seeds"
    if not folder.is_dir():
        folder.mkdir(parents=True)
        opened = {layer.content for vector in vectors.passing() for layer in layers(vector.data)}
        for content in opened | {vector.data for vector in vectors.stored()}:
            if len(content) <= _LONGEST:
                (folder / sha256(content).hexdigest()[:16]).write_bytes(content)
    return folder


def main(minutes: float) -> int:
    """Fuzz every target; give 1 where anything was found."""
    share = max(1, round(minutes * 60 / len(TARGETS)))
    statuses = {name: fuzz(name, share) for name in TARGETS}
    found = [name for name, status in statuses.items() if status]
    print(f"fuzz: {len(TARGETS)} targets, {share} s each, findings in: {', '.join(found) or 'none'}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
