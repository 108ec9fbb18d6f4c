"""Where the published cases are: in the folder that CORPORA names; without it these tests fail."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Name the folder of published cases."""
    return Path(os.environ["CORPORA"])
