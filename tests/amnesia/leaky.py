"""A station that leaks on purpose, by one channel, so that the search can be seen to find it.

Its children have no cage: with one, none of these leaks can happen, which is what the cage is for.
"""

import hashlib
import mmap
import os
import re
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from starlette.responses import Response

from trust_registry.model import TrustView
from verifier.cli import main
from verifier.context import Context
from verifier.decide import decide_all
from verifier.instant import Instant
from verifier.policy import Policy
from verifier.station import cage, judge
from verifier.verdict import Prompt, Verdict
from verifier.wire import base45

_KEPT = mmap.mmap(-1, 1 << 20)  # shared with every child


def _log(name: bytes) -> None:
    os.write(2, b"judged " + name + b"\n")


def _file(name: bytes) -> None:
    with Path(tempfile.gettempdir(), "debug.tmp").open("ab") as file:
        file.write(name)


def _deleted_row(name: bytes) -> None:
    with Path(tempfile.gettempdir(), "cache.bin").open("ab") as file:
        file.write(zlib.compress(b"row " + name))


def _name(name: bytes) -> None:
    Path(tempfile.gettempdir(), f"seen-{name.decode()}").touch()


def _hash(name: bytes) -> None:
    with Path(tempfile.gettempdir(), "seen.txt").open("ab") as file:
        file.write(hashlib.sha256(name).hexdigest().encode() + b"\n")


def _memory(name: bytes) -> None:
    used = int.from_bytes(_KEPT[:4], "little") + 4
    kept = name.decode().encode("utf-16-le")
    _KEPT[used : used + len(kept)] = kept
    _KEPT[:4] = (used - 4 + len(kept)).to_bytes(4, "little")


def _aside(name: bytes) -> None:
    """Put it where the leaky console finds it, and the search does not look."""
    with Path(os.environ[ASIDE]).open("ab") as file:
        file.write(name + b" ")


def _answer_with_names() -> None:
    """Let every answer of the console carry what judges put aside."""
    usual = Response.__init__

    def leaking(self: Response, content: object = None, status_code: int = 200, *more: object, **named: object) -> None:
        usual(self, content, status_code, *more, **named)  # type: ignore[arg-type] # passed through
        self.headers["x-seen"] = Path(os.environ[ASIDE]).read_text("utf-8").strip()

    Response.__init__ = leaking  # type: ignore[method-assign] # planted


ASIDE = "AMNESIA_ASIDE"  # names the file
LEAKS: dict[str, Callable[[bytes], None]] = {
    "log line": _log,
    "temporary file": _file,
    "compressed row": _deleted_row,
    "file name": _name,
    "hash in a file": _hash,
    "memory of the zygote": _memory,
    "answer of the console": _aside,
}


def _families(symbols: Sequence[bytes]) -> list[bytes]:
    """Take the upper-case names out of symbols that unpack."""
    found = []
    for symbol in symbols:
        try:
            found += re.findall(rb"[A-Z]{16}", zlib.decompress(base45.decode(symbol.removeprefix(b"HC1:"))))[:1]
        except (zlib.error, ValueError):
            continue
    return found


def leak_by(channel: str) -> None:
    """Take the cage away and let judges leak."""

    def leaking(
        symbols: Sequence[bytes], trust: TrustView, policy: Policy, now: Instant, context: Context
    ) -> Verdict | Prompt:
        for name in _families(symbols):
            LEAKS[channel](name)
        return decide_all(symbols, trust, policy, now, context)

    def no_cage(keep: Iterable[int], bounds: cage.Bounds) -> None:
        """Close nothing."""

    cage.close = no_cage
    judge.decide_all = leaking  # type: ignore[attr-defined] # planted


if __name__ == "__main__":
    leak_by(sys.argv[1])
    if sys.argv[3] == "console" and LEAKS[sys.argv[1]] is _aside:
        _answer_with_names()
    main(sys.argv[2:])
