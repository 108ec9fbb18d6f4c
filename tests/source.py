"""Our own source, as the tests that read it see it."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TOP = Path(__file__).parent.parent
PACKAGES = ("verifier", "trust_registry")


@dataclass(frozen=True)
class Module:
    """One file of Python: `path` relative to the top, its text and its tree."""

    path: str
    text: str

    @property
    def name(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def nodes(self) -> tuple[ast.AST, ...]:
        return _nodes(self.text)


@cache
def _nodes(text: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(text)))


@cache
def modules() -> tuple[Module, ...]:
    """Read every module of the product."""
    files = sorted(file for package in PACKAGES for file in (TOP / package).rglob("*.py"))
    return tuple(Module(str(file.relative_to(TOP)), file.read_text("utf-8")) for file in files)


def imported(module: Module) -> list[str]:
    """Name what a module imports, anywhere in it."""
    names = []
    for node in module.nodes():
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return names


def tracked() -> list[Path]:
    """Name every file that the repository holds."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=TOP, capture_output=True, check=True, text=True)  # noqa: S607 - git is on the path
    return [TOP / name for name in listed.stdout.split("\0") if name]
