"""Make every vector again, byte for byte: `make vectors`."""

import shutil

from tests import makers
from tests.vectors import FOLDER

if __name__ == "__main__":
    shutil.rmtree(FOLDER, ignore_errors=True)
    for vector in makers.vectors():
        file = FOLDER / f"{vector.name}{vector.suffix}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(vector.encode())
