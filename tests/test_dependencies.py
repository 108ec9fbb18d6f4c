"""What the product depends on: named, pinned by hash, and without an address."""

import re
import tomllib

import pytest

from tests.source import TOP

LOCKS = ("requirements.txt", "requirements-dev.txt")
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))
CARD = {"fastapi", "pyzbar", "pillow", "cryptography", "sqlite-utils"}  # and picamera2, from the system on a Pi


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^\w-]", requirement)[0] for requirement in requirements}


def _pinned(lock: str) -> dict[str, str]:
    """Read a lock: name -> the lines of its entry."""
    entries = re.split(r"^(?=\w)", (TOP / lock).read_text("utf-8"), flags=re.MULTILINE)
    return {entry.partition("==")[0]: entry for entry in entries if entry.strip()}


def test_the_product_names_its_packages() -> None:
    assert _names(PROJECT["project"]["dependencies"]) >= CARD
    assert _names(PROJECT["project"]["optional-dependencies"]["pi"]) == {"picamera2"}


def test_every_named_dependency_is_pinned() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    groups = PROJECT["dependency-groups"]
    needed = _names(PROJECT["project"]["dependencies"]) | _names(groups["build"])
    assert needed - _pinned("requirements.txt").keys() == set()
    needed |= _names(groups["dev"]).union(*(_names(extra) for name, extra in extras.items() if name != "pi"))
    assert needed - _pinned("requirements-dev.txt").keys() == set()


def test_both_locks_agree() -> None:
    product, everything = (_pinned(lock) for lock in LOCKS)
    assert product.items() <= everything.items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_hashes_and_no_address(lock: str) -> None:
    entries = _pinned(lock)
    assert all("--hash=sha256:" in entry for entry in entries.values())
    assert re.findall(r"://|^-|--(?!hash=sha256:)", (TOP / lock).read_text("utf-8"), flags=re.MULTILINE) == []
