"""The judge child: the bytes of one presentation in, a code of 16 bits and a keyed tag out, and it dies.

It waits for two things: the symbols, from a reader that may have been taken over, and the charge from the zygote.
"""

import hashlib
import os
import struct
import time
from dataclasses import dataclass, replace
from datetime import tzinfo

from trust_registry.model import TrustView
from verifier import protocol
from verifier.context import NOT_ASKED, Context, Mode
from verifier.decide import decide_all
from verifier.instant import Instant
from verifier.policy import Policy
from verifier.station import handover
from verifier.verdict import FormatId, Prompt, Verdict

TAG_BYTES = 8
KEY_BYTES = 16
_CHARGE = struct.Struct(f"<?dd{KEY_BYTES}s{TAG_BYTES}s{KEY_BYTES}s{KEY_BYTES}s")
_ANSWER = struct.Struct(f"<H{TAG_BYTES}s")
_MARK = struct.Struct(f"<{TAG_BYTES}s")
SEEN, UNSEEN = b"\x01", b"\x00"


@dataclass(frozen=True, slots=True)
class Charge:
    """What the zygote tells the judge when symbols have arrived.

    Now lies between `behind` seconds before and `ahead` seconds after the kernel's clock. `last_key` and `last_tag`
    recognise the presentation before this one; `key` makes this one's tag. `boot_key` marks credentials that are used
    up, under a single-use policy. `canary`: this is the station's test of itself.
    """

    canary: bool
    behind: float
    ahead: float
    last_key: bytes
    last_tag: bytes
    key: bytes
    boot_key: bytes

    def pack(self) -> bytes:
        """Write the charge."""
        return _CHARGE.pack(self.canary, self.behind, self.ahead, self.last_key, self.last_tag, self.key, self.boot_key)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the judge tells: the result, and the tag of what it judged."""

    result: Verdict | Prompt
    tag: bytes

    def pack(self) -> bytes:
        """Write the answer."""
        return _ANSWER.pack(protocol.code_of(self.result), self.tag)


def read_answer(data: bytes) -> Answer | None:
    """Read an answer; `None`: it is none, so the judge failed."""
    try:
        code, tag = _ANSWER.unpack(data)
        return Answer(protocol.result_of(code), tag)
    except (struct.error, protocol.ProtocolError):
        return None


def is_mark(data: bytes) -> bool:
    """Say whether the judge asks if a credential was seen before."""
    return len(data) == _MARK.size


@dataclass(frozen=True, slots=True)
class Bench:
    """What a judge has from before its fork. `canary_format` is accepted in the station's test of itself."""

    policy: Policy
    mode: Mode
    zone: tzinfo
    canary_format: FormatId


def job(control: int, reader: int, bench: Bench, trust: TrustView) -> None:
    """Judge one presentation."""
    message = os.read(reader, handover.MOST_BYTES + 1)
    charge = os.read(control, _CHARGE.size)
    if message and charge:
        answer = _judge(handover.unpack(message), Charge(*_CHARGE.unpack(charge)), control, (bench, trust))
        os.write(control, answer.pack())


def _judge(symbols: list[bytes], charge: Charge, control: int, at: tuple[Bench, TrustView]) -> Answer:
    bench, trust = at
    shown = b"".join(sorted(symbols))
    tag = _tag(shown, charge.key)
    if _tag(shown, charge.last_key) == charge.last_tag:
        return Answer(Prompt.SAME_AGAIN, tag)
    policy = bench.policy
    if charge.canary:
        policy = replace(policy, formats=policy.formats | {bench.canary_format})
    seen = _seen(shown, charge, control) if policy.single_use else NOT_ASKED
    context = Context(bench.mode, NOT_ASKED, NOT_ASKED, NOT_ASKED, seen)
    return Answer(decide_all(symbols, trust, policy, _now(charge, bench), context), tag)


def _now(charge: Charge, bench: Bench) -> Instant:
    clock = time.time()
    return Instant.between(clock - charge.behind, clock + charge.ahead, bench.zone)


def _seen(shown: bytes, charge: Charge, control: int) -> bool:
    """Ask the zygote whether it has a mark of this credential from an earlier PASS since it booted."""
    os.write(control, _tag(shown, charge.boot_key))
    return os.read(control, 1) != UNSEEN


def _tag(shown: bytes, key: bytes) -> bytes:
    return hashlib.blake2b(shown, key=key, digest_size=TAG_BYTES).digest()
