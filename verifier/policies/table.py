"""A TOML file read strictly: every key once, with its type and its bounds, and nothing left over.

A fault names file, line and key. Line numbers come from a scan of headers and keys, so a key of an inline table is
located by the table's line.
"""

import re
import tomllib
from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

_Path = tuple[str | int, ...]
_E = TypeVar("_E", bound=Enum)

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"""^\s*("[^"]+"|'[^']+'|[A-Za-z0-9_-]+)\s*=""")
_SYNTAX = re.compile(r"^(?P<what>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


class TableError(Exception):
    """A file that says something wrong; the text is one line with file, line and key."""


class Table:
    """One table of the file. Each key is taken by a method that says what it must be; `end` refuses the rest."""

    def __init__(self, name: str, lines: Mapping[_Path, int], path: _Path, values: Mapping[str, object]) -> None:
        self._name = name
        self._lines = lines
        self._path = path
        self._values = dict(values)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str, most: int = 500) -> str:
        """Take a text of one line that is not empty."""
        value = self._take(key)
        if not isinstance(value, str) or not value.strip() or not value.isprintable() or len(value) > most:
            raise self.fault(key, f"must be a text of one line, at most {most} characters")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Take a list of different texts that is not empty."""
        value = self._take(key)
        texts = tuple(item for item in value if isinstance(item, str) and item) if isinstance(value, list) else ()
        if not isinstance(value, list) or not texts or len(set(texts)) != len(value):
            raise self.fault(key, "must be a list of different texts, not empty")
        return texts

    def whole(self, key: str, least: int, most: int) -> int:
        """Take a whole number within bounds, both included."""
        value = self._take(key)
        if type(value) is not int or not least <= value <= most:
            raise self.fault(key, f"must be a whole number from {least} to {most}")
        return value

    def flag(self, key: str) -> bool:
        """Take true or false."""
        value = self._take(key)
        if not isinstance(value, bool):
            raise self.fault(key, "must be true or false")
        return value

    def choice(self, key: str, kind: type[_E]) -> _E:
        """Take one member of an enum by its value."""
        value = self._take(key)
        for member in kind:
            if member.value == value:
                return member
        raise self.fault(key, "must be one of: " + ", ".join(str(member.value) for member in kind))

    def scalars(self, key: str) -> tuple[str | int | bool, ...]:
        """Take a list of texts, whole numbers, or true and false, that is not empty."""
        value = self._take(key)
        scalars = tuple(item for item in value if isinstance(item, str | int)) if isinstance(value, list) else ()
        if not isinstance(value, list) or not scalars or len(scalars) != len(value):
            raise self.fault(key, "must be a list of texts, whole numbers, or true and false, not empty")
        return scalars

    def table(self, key: str) -> "Table":
        """Take a table."""
        value = self._take(key)
        if not isinstance(value, dict):
            raise self.fault(key, "must be a table")
        return Table(self._name, self._lines, (*self._path, key), value)

    def tables(self, key: str) -> tuple["Table", ...]:
        """Take a list of tables that is not empty."""
        value = self._take(key)
        if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
            raise self.fault(key, "must be a list of tables, not empty")
        return tuple(
            Table(self._name, self._lines, (*self._path, key, index), item) for index, item in enumerate(value)
        )

    def end(self) -> None:
        """Refuse a key that nobody took."""
        for key in self._values:
            raise self.fault(key, "is no key of this table")

    def fault(self, key: str, message: str) -> TableError:
        """Make the error that says what is wrong with a key."""
        path = (*self._path, key)
        line = next((self._lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self._lines), 1)
        dotted = ".".join(str(part) for part in path if isinstance(part, str))
        return TableError(f"{self._name}:{line}: {dotted} {message}")

    def _take(self, key: str) -> object:
        if key not in self._values:
            raise self.fault(key, "is missing")
        return self._values.pop(key)


def read(text: str, name: str) -> Table:
    """Parse a file; `name` is what its faults call it. Raises `TableError`."""
    try:
        values: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _SYNTAX.match(str(error))
        line = (found and found["line"]) or str(text.count("\n") + 1)
        what = found["what"] if found else str(error)
        raise TableError(f"{name}:{line}: not TOML: {what[:1].lower()}{what[1:]}") from None
    return Table(name, _locate(text), (), values)


def _locate(text: str) -> dict[_Path, int]:
    """Find the line of every header and key."""
    lines: dict[_Path, int] = {}
    counts: dict[_Path, int] = {}
    path: _Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            path = _full(tuple(part.strip().strip("\"'") for part in header[2].split(".")), counts)
            if header[1] == "[[":
                counts[path] = counts.get(path, -1) + 1
                path = (*path, counts[path])
            lines.setdefault(path, number)
        elif key := _KEY.match(line):
            lines.setdefault((*path, key[1].strip("\"'")), number)
    return lines


def _full(names: tuple[str, ...], counts: Mapping[_Path, int]) -> _Path:
    """Put the running index of each list of tables behind its name, but for the last one."""
    path: _Path = ()
    for name in names[:-1]:
        path = (*path, name)
        if path in counts:
            path = (*path, counts[path])
    return (*path, names[-1])
