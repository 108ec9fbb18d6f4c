"""Vectors: one presentation and what a station must say of it, each in one file that people can read.

A file is a header of `member: value` lines, an empty line, and the bytes of the symbol to the end of the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from trust_registry.model import HeldTrust, IssuerKey, StatusList
from verifier import policies
from verifier.context import NOT_ASKED, NOT_SHOWN, Challenge, Context, Mode, NotAsked, NotShown
from verifier.decide import decide
from verifier.formats import recognise
from verifier.instant import Instant
from verifier.sealed import Sealed
from verifier.verdict import Verdict

FOLDER = Path(__file__).parent / "vectors"
PROMPT = "prompt"  # expected where there is no verdict
_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Vector:
    """A presentation, the station it is held up at, and what must come out.

    `now` is a moment, or two with a slash between them for an unsure clock. What the station was not asked for is
    empty: `challenge` is audience, nonce and hexadecimal transcript, with blanks between; `document` and `optical` are
    machine-readable lines with a bar between, or `not shown`.
    """

    name: str  # FORMAT/WHAT-IT-SHOWS
    data: bytes
    expect: str
    source: str
    now: str = "2026-06-01T12:00:00Z"
    claim: str = "authentic"
    mode: str = "training"
    registry_age_days: str = "0"
    challenge: str = ""
    document: str = ""
    optical: str = ""

    @property
    def format(self) -> str:
        """The folder that it lies in."""
        return self.name.split("/")[0]

    @property
    def instant(self) -> Instant:
        """The station's time, on a clock that shows UTC."""
        earliest, _, latest = self.now.partition("/")
        first = datetime.fromisoformat(earliest).timestamp()
        return Instant.between(first, datetime.fromisoformat(latest).timestamp() if latest else first, UTC)

    @property
    def context(self) -> Context:
        """What the station knows beside the symbol."""
        return Context(
            Mode[self.mode.upper()], _lines(self.document), self._challenge(), _lines(self.optical), NOT_ASKED
        )

    def _challenge(self) -> Challenge | NotAsked:
        if not self.challenge:
            return NOT_ASKED
        audience, nonce, *transcript = self.challenge.split()
        return Challenge(audience, nonce, bytes.fromhex(transcript[0]) if transcript else None)

    def decide(self, keys: tuple[IssuerKey, ...], lists: tuple[StatusList, ...] = ()) -> Verdict | None:
        """Judge it with these keys and lists in the registry."""
        as_of = self.instant.earliest - float(self.registry_age_days) * _DAY
        trust = HeldTrust(as_of, keys, {held.list_id: held for held in lists})
        return decide(self.data, trust, policies.load(self.claim), self.instant, self.context)

    @property
    def suffix(self) -> str:
        """How its file's name ends: text that people can read, or not."""
        return ".txt" if self.data.isascii() and self.data.decode("ascii").isprintable() else ".bin"

    def encode(self) -> bytes:
        """Give the content of its file; members that are as usual are left out."""
        usual = {member.name: member.default for member in fields(self)}
        said = {name: getattr(self, name) for name in usual if name not in {"name", "data"}}
        lines = [f"{name}: {value}" for name, value in said.items() if value != usual[name]]
        return "\n".join([*lines, "", ""]).encode() + self.data


def read(file: Path) -> Vector:
    """Read a file."""
    header, data = file.read_bytes().split(b"\n\n", 1)
    said = dict(line.split(": ", 1) for line in header.decode().splitlines())
    return Vector(name=f"{file.parent.name}/{file.stem}", data=data, **said)


def stored() -> Iterator[Vector]:
    """Read every file."""
    return (read(file) for file in sorted(FOLDER.glob("*/*")))


def passing() -> Iterator[Vector]:
    """Read those that must pass."""
    return (vector for vector in stored() if vector.expect == "claim.met")


def recognised_as(data: bytes) -> str | None:
    """Name the format that claims the bytes."""
    found = recognise(data)
    return found.name if found else None


def _lines(value: str) -> Sealed[tuple[str, ...]] | NotShown | NotAsked:
    if not value:
        return NOT_ASKED
    return NOT_SHOWN if value == "not shown" else Sealed(tuple(value.split("|")))
