"""The policies that we ship, one TOML file each, and the reading of any other."""

from importlib import resources
from pathlib import Path

from verifier.policies.file import PolicyError, parse
from verifier.policy import Policy

FILE_BYTES = 65_536  # the longest that we ship has under 2 KiB

__all__ = ["PolicyError", "find", "load", "names", "parse", "read"]


def names() -> tuple[str, ...]:
    """Name the policies that we ship."""
    files = resources.files(__package__).iterdir()
    return tuple(sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml")))


def load(name: str) -> Policy:
    """Give a policy that we ship. Raises `PolicyError` when there is none of that name."""
    if name not in names():
        raise PolicyError(f"{name}: no policy of that name; there are: {', '.join(names())}")
    return parse(resources.files(__package__).joinpath(f"{name}.toml").read_text("utf-8"), f"{name}.toml")


def find(name_or_file: str) -> Policy:
    """Give a policy that we ship by its name, any other by its file. Raises `PolicyError`."""
    return load(name_or_file) if name_or_file in names() else read(Path(name_or_file))


def read(path: Path) -> Policy:
    """Read a policy file. Raises `PolicyError`."""
    try:
        with path.open("rb") as file:
            data = file.read(FILE_BYTES + 1)
        text = data.decode()
    except OSError as error:
        raise PolicyError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise PolicyError(f"{path}: is not UTF-8 text") from None
    if len(data) > FILE_BYTES:
        raise PolicyError(f"{path}: is larger than {FILE_BYTES} bytes")
    return parse(text, str(path))
