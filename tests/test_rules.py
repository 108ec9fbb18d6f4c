"""The rules of the design that no linter knows, read off our own source; each is shown a fault that it must find."""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.source import TOP, Module, modules, tracked

LINES = 400
FORBIDDEN_NAMES = {"utils", "helpers", "common", "base", "misc", "util", "helper"}
BASES = {"Exception", "Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "Protocol", "Generic", "NamedTuple"}

# Where anything at all may be caught: the one decision, and the loops that keep a process alive.
CATCHES_ALL = ("verifier/decide.py",)

# The one home of each outside package, or the few: a path or the beginning of one.
HOMES: dict[str, tuple[str, ...]] = {
    "click": (
        "verifier/cli.py",
        "verifier/lazy.py",
        "trust_registry/cli.py",
        "verifier/commands/",
        "trust_registry/commands/",
    ),
    "cryptography": (
        "verifier/signature.py",
        "verifier/wire/x509.py",
        "verifier/specimen/",
        "trust_registry/",
    ),
    "fastapi": ("verifier/console/",),
    "numpy": ("verifier/reading/", "verifier/devices/"),
    "picamera2": ("verifier/devices/",),
    "PIL": ("verifier/reading/", "verifier/devices/", "verifier/specimen/"),
    "pyld": ("verifier/wire/rdf.py",),
    "pyzbar": ("verifier/reading/",),
    "rich": ("verifier/commands/", "trust_registry/commands/"),
    "securesystemslib": ("trust_registry/",),
    "sqlite_utils": ("trust_registry/build.py",),
    "starlette": ("verifier/console/",),
    "tuf": ("trust_registry/",),
    "uvicorn": ("verifier/console/",),
    "webauthn": ("verifier/console/",),
    "zxingcpp": ("verifier/reading/", "verifier/specimen/picture.py"),
}

# Where a library knows no other way than to inherit: click's groups, python-tuf's fetchers.
LIBRARIES_BASES = ("verifier/lazy.py", "trust_registry/fetch.py")

Rule = Callable[[Module], Iterator[int]]


def catches_everything_in_one_place(module: Module) -> Iterator[int]:
    if module.path in CATCHES_ALL:
        return
    for node in module.nodes():
        if isinstance(node, ast.ExceptHandler) and (
            node.type is None or _named(node.type, "Exception", "BaseException")
        ):
            yield node.lineno


def asserts_nothing(module: Module) -> Iterator[int]:
    """A check that vanishes under `python -O` is none."""
    yield from (node.lineno for node in module.nodes() if isinstance(node, ast.Assert))


def prints_in_commands_only(module: Module) -> Iterator[int]:
    if "/commands/" in module.path:
        return
    for node in module.nodes():
        if isinstance(node, ast.Call) and _named(node.func, "print", "echo", "secho"):
            yield node.lineno


def types_without_escape(module: Module) -> Iterator[int]:
    for node in module.nodes():
        if isinstance(node, ast.ImportFrom) and node.module == "typing":
            yield from (node.lineno for alias in node.names if alias.name in {"Any", "cast", "TYPE_CHECKING"})
        if isinstance(node, ast.Import) and any(alias.name == "typing" for alias in node.names):
            yield node.lineno


def silences_with_a_reason(module: Module) -> Iterator[int]:
    """On its own line, or in a comment above it."""
    silence = re.compile(r"#\s*(?:noqa|type:\s*ignore)\b(.*)")
    explained = re.compile(r"(?:: [A-Z0-9, ]+|\[[a-z-]+\])(?: - | \()\w+")
    lines = ["", *module.text.splitlines()]
    for number, line in enumerate(lines):
        found = silence.search(line)
        if found and not explained.match(found[1]) and not lines[number - 1].lstrip().startswith("#"):
            yield number


def inherits_exceptions_and_enums_only(module: Module) -> Iterator[int]:
    own = {node.name for node in module.nodes() if isinstance(node, ast.ClassDef) and node.name.endswith("Error")}
    for node in module.nodes():
        if isinstance(node, ast.ClassDef) and module.path not in LIBRARIES_BASES:
            yield from (node.lineno for base in node.bases if not _named(_subscripted(base), *BASES, *own))


def freezes_its_values(module: Module) -> Iterator[int]:
    """What changes is no value: it says so with `eq=False`."""
    for node in module.nodes():
        if isinstance(node, ast.ClassDef):
            for decorator in node.decorator_list:
                if _named(decorator, "dataclass"):
                    yield node.lineno
                if isinstance(decorator, ast.Call) and _named(decorator.func, "dataclass"):
                    said = {f"{word.arg}={ast.unparse(word.value)}" for word in decorator.keywords}
                    if "slots=True" not in said or said.isdisjoint({"frozen=True", "eq=False"}):
                        yield node.lineno


def fits_on_a_few_screens(module: Module) -> Iterator[int]:
    if module.text.count("\n") > LINES:
        yield LINES + 1


def has_a_name_that_says_something(module: Module) -> Iterator[int]:
    if FORBIDDEN_NAMES & set(module.name.split(".")):
        yield 1


def keeps_outside_packages_at_home(module: Module) -> Iterator[int]:
    for node in module.nodes():
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        for name in names:
            homes = HOMES.get(name.partition(".")[0])
            if homes is not None and not module.path.startswith(homes):
                yield node.lineno


def takes_trust_and_time_from_its_caller(module: Module) -> Iterator[int]:
    """Nothing that a verdict rests on has a default: a caller that forgets it must not pass."""
    for node in module.nodes():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            words = node.args
            positional = [*words.posonlyargs, *words.args]
            defaults = positional[len(positional) - len(words.defaults) :]
            defaults += [word for word, default in zip(words.kwonlyargs, words.kw_defaults, strict=True) if default]
            yield from (word.lineno for word in defaults if word.arg in {"trust", "now", "policy", "context", "keys"})


def signs_only_where_credentials_or_registries_are_issued(module: Module) -> Iterator[int]:
    if module.path.startswith(("verifier/specimen/", "trust_registry/")):
        return
    for node in module.nodes():
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "sign"
            and ast.unparse(node.func.value) != "np"
        ):
            yield node.lineno


RULES: list[tuple[Rule, Module]] = [
    (catches_everything_in_one_place, Module("verifier/x.py", "try:\n    f()\nexcept Exception:\n    pass\n")),
    (catches_everything_in_one_place, Module("verifier/x.py", "try:\n    f()\nexcept:\n    pass\n")),
    (asserts_nothing, Module("verifier/x.py", "assert f()\n")),
    (prints_in_commands_only, Module("verifier/x.py", "print(1)\n")),
    (prints_in_commands_only, Module("verifier/x.py", "click.echo(1)\n")),
    (types_without_escape, Module("verifier/x.py", "from typing import TYPE_CHECKING\n")),
    (types_without_escape, Module("verifier/x.py", "import typing\n")),
    (silences_with_a_reason, Module("verifier/x.py", "f()  # noqa\n")),
    (silences_with_a_reason, Module("verifier/x.py", "f()  # noqa: S101\n")),
    (silences_with_a_reason, Module("verifier/x.py", "f()  # type: ignore[arg-type]\n")),
    (inherits_exceptions_and_enums_only, Module("verifier/x.py", "class A(B):\n    pass\n")),
    (freezes_its_values, Module("verifier/x.py", "@dataclass\nclass A:\n    pass\n")),
    (freezes_its_values, Module("verifier/x.py", "@dataclass(frozen=True)\nclass A:\n    pass\n")),
    (fits_on_a_few_screens, Module("verifier/x.py", "x = 1\n" * (LINES + 1))),
    (has_a_name_that_says_something, Module("verifier/wire/utils.py", "")),
    (takes_trust_and_time_from_its_caller, Module("verifier/x.py", "def f(trust=None):\n    pass\n")),
    (takes_trust_and_time_from_its_caller, Module("verifier/x.py", "def f(data, *, now=0.0):\n    pass\n")),
    (signs_only_where_credentials_or_registries_are_issued, Module("verifier/x.py", "key.sign(b'')\n")),
    (keeps_outside_packages_at_home, Module("verifier/decide.py", "import sqlite_utils\n")),
    (keeps_outside_packages_at_home, Module("verifier/formats/x.py", "from cryptography import x509\n")),
]


@pytest.mark.parametrize("rule", dict.fromkeys(rule for rule, _ in RULES), ids=lambda rule: rule.__name__)
def test_rule_holds(rule: Rule) -> None:
    assert [f"{module.path}:{line}" for module in modules() for line in rule(module)] == []


@pytest.mark.parametrize(("rule", "planted"), RULES, ids=lambda part: getattr(part, "__name__", ""))
def test_rule_finds_a_planted_fault(rule: Rule, planted: Module) -> None:
    assert list(rule(planted))


@pytest.mark.parametrize(("path", "refused"), [("verifier/console/x.py", True), ("verifier/formats/x.py", False)])
def test_the_linter_lets_only_its_list_look_inside_a_sealed_box(path: str, refused: bool) -> None:  # noqa: FBT001
    done = subprocess.run(
        [Path(sys.executable).with_name("ruff"), "check", "--select", "TID251", "--stdin-filename", path, "-"],
        cwd=TOP,
        input="from verifier.sealed import unseal\n",
        capture_output=True,
        check=False,
        text=True,
    )
    assert ("TID251" in done.stdout) is refused


def test_one_place_says_that_a_claim_is_met() -> None:
    expectations = "verifier/specimen/scenarios/"
    assert [path for path in _uses("CLAIM_MET") if not path.startswith(expectations)] == ["verifier/decide.py"]
    assert [module.path for module in modules() if '"claim.met"' in module.text] == ["verifier/verdict.py"]


def test_one_place_makes_a_verified_presentation() -> None:
    assert _calls("Verified") == ["verifier/signature.py"]


def test_formats_alone_make_an_unverified_presentation() -> None:
    assert [path for path in _calls("Unverified") if not path.startswith("verifier/formats/")] == []


def test_no_file_names_a_package_registry_or_a_path_of_one_machine() -> None:
    hosts = r"pypi\.org|python[h]osted|piwheels\.org|[n]pmjs|deb\.debian\.org"
    words = re.compile(rf"{hosts}|(?<![\w.])/(?:work|tmp/wt|opt/pypi)/".encode())
    assert words.search(b"a link to pypi" + b".org")
    assert words.search(b"a path as /wor" + b"k/x")
    assert [str(file) for file in tracked() if words.search(file.read_bytes())] == []


def _uses(name: str) -> list[str]:
    return [
        module.path
        for module in modules()
        for node in module.nodes()
        if isinstance(node, ast.Attribute) and node.attr == name
    ]


def _calls(name: str) -> list[str]:
    return [
        module.path
        for module in modules()
        for node in module.nodes()
        if isinstance(node, ast.Call) and _named(node.func, name)
    ]


def _named(node: ast.AST, *names: str) -> bool:
    """Say whether an expression is one of the names, plain or after a dot."""
    return (isinstance(node, ast.Name) and node.id in names) or (isinstance(node, ast.Attribute) and node.attr in names)


def _subscripted(node: ast.expr) -> ast.expr:
    return node.value if isinstance(node, ast.Subscript) else node
