"""The search: hundreds of thousands of needles at once, in whatever a machine holds, byte by byte."""

import gzip
import lzma
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path

import numpy as np

_HEAD = 8  # a needle is found by its first eight bytes, then compared whole
_TABLE_BITS = 24
_MIX = np.uint64(0x9E3779B97F4A7C15)
_CHUNK = 1 << 24
_OVERLAP = 256  # longer than any needle
_INFLATED = 1 << 20
_UNREADABLE = ("[vvar]", "[vvar_vclock]", "[vsyscall]")


@dataclass(slots=True, eq=False)
class Findings:
    """Which people were found where, and in which form."""

    people: dict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    searched: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # bytes, by kind of place

    def everybody(self, place: str) -> set[int]:
        """Give the people found in a kind of place."""
        return {person for (where, _), found in self.people.items() if where == place for person in found}


class Search:
    """Looks for needles, each the form of a value of one person."""

    def __init__(self, needles: Iterable[tuple[int, str, bytes]]) -> None:
        self._by_head: dict[int, list[tuple[bytes, int, str]]] = defaultdict(list)
        for person, form, needle in needles:
            self._by_head[int.from_bytes(needle[:_HEAD], "little")].append((needle, person, form))
        self.count = sum(map(len, self._by_head.values()))
        self._heads = np.sort(np.fromiter(self._by_head, np.uint64, len(self._by_head)))
        self._table = np.zeros(1 << _TABLE_BITS, np.bool_)
        self._table[_hash(self._heads)] = True
        self.findings = Findings()

    def look(self, place: str, data: bytes) -> None:
        """Search bytes."""
        self.findings.searched[place] += len(data)
        for start in range(0, max(len(data), 1), _CHUNK):
            self._chunk(place, data[start : start + _CHUNK + _OVERLAP])

    def _chunk(self, place: str, data: bytes) -> None:
        for offset in range(_HEAD):
            words = np.frombuffer(data, "<u8", (len(data) - offset) // _HEAD, offset) if len(data) > offset else _NONE
            likely = np.flatnonzero(self._table[_hash(words)])
            heads = words[likely]
            at = np.minimum(np.searchsorted(self._heads, heads), len(self._heads) - 1)
            for position in likely[self._heads[at] == heads]:
                self._compare(place, data, int(position) * _HEAD + offset)

    def _compare(self, place: str, data: bytes, start: int) -> None:
        for needle, person, form in self._by_head[int.from_bytes(data[start : start + _HEAD], "little")]:
            if data.startswith(needle, start):
                self.findings.people[place, form].add(person)

    def file(self, place: str, path: Path) -> None:
        """Search a file: its name, its bytes, and what they unpack to."""
        self.look(place, path.name.encode())
        data = path.read_bytes()
        self.look(place, data)
        for unpacked in _unpacked(data):
            self.look(place, unpacked)

    def tree(self, place: str, folder: Path) -> None:
        """Search every file under a folder."""
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                self.file(place, path)
            else:
                self.look(place, path.name.encode())


_NONE = np.zeros(0, np.uint64)


def _hash(words: "np.typing.NDArray[np.uint64]") -> "np.typing.NDArray[np.uint64]":
    return (words * _MIX) >> np.uint64(64 - _TABLE_BITS)


def _unpacked(data: bytes) -> Iterator[bytes]:
    for unpack in (gzip.decompress, lzma.decompress):
        try:
            yield unpack(data)
        except (OSError, EOFError, lzma.LZMAError, zlib.error):
            continue
    for found in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        try:
            yield zlib.decompressobj().decompress(data[found.start() : found.start() + _INFLATED], _INFLATED)
        except zlib.error:
            continue


def memory(pid: int) -> bytes:
    """Read all that a process can read of its own memory; nothing of one that has ended.

    Needs root: the processes are not dumpable.
    """
    held = bytearray()
    try:
        with Path(f"/proc/{pid}/maps").open(encoding="utf-8") as maps, Path(f"/proc/{pid}/mem").open("rb", 0) as mem:
            for line in maps:
                held += _span(mem, line.split(maxsplit=5))
    except ProcessLookupError:
        return b""
    return bytes(held)


def _span(memory: FileIO, words: list[str]) -> bytes:
    """Read one mapping. Source: proc_pid_maps(5)."""
    if "r" not in words[1] or words[-1].strip() in _UNREADABLE:
        return b""
    first, last = (int(end, 16) for end in words[0].split("-"))
    try:
        memory.seek(first)
        return memory.read(last - first) or b""
    except (OSError, ValueError, OverflowError):  # a device's pages
        return b""
