"""Judges damaged presentations, and tells a harmless PASS from one that must not be.

Not every byte of a symbol is covered by a signature: how hard it was deflated, a header beside the protected one, a
disclosure that the holder keeps back. Damage there may pass, as long as the signed bytes are the same and nothing is
claimed that was not claimed before.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tests.makers import KEYS, LISTS
from tests.vectors import Vector
from trust_registry.model import HeldTrust
from verifier import signature
from verifier.claims import Claim
from verifier.formats import recognise
from verifier.sealed import unseal
from verifier.verdict import Outcome, Reason

Said = tuple[bytes, frozenset[Claim]]


@dataclass(slots=True)
class Tally:
    """What came of the damage: how much was judged, where it was harmless, and what must not happen."""

    judged: int = 0
    harmless: Counter[str] = field(default_factory=Counter)
    passes: list[Vector] = field(default_factory=list)
    faults: list[Vector] = field(default_factory=list)


def judge(vector: Vector, layer: str, edited: Iterable[bytes | None], tally: Tally) -> None:
    """Judge every edit that was made in one layer of a passing vector, and count."""
    genuine = says(vector)
    for data in edited:
        if data is None or data == vector.data:
            continue
        damaged = replace(vector, data=data)
        verdict = damaged.decide(KEYS, LISTS)
        tally.judged += 1
        if verdict is None:
            continue
        if verdict.reason is Reason.FAULT:
            tally.faults.append(damaged)
        elif verdict.outcome is Outcome.PASS:
            if harmless(genuine, says(damaged)):
                tally.harmless[f"{vector.format}: {layer}"] += 1
            else:
                tally.passes.append(damaged)


def says(vector: Vector) -> Said:
    """Give the signed bytes, and everything claimed under them."""
    fmt = recognise(vector.data)
    assert fmt is not None
    doc = fmt.parse(vector.data, vector.context)
    verified = signature.check(doc, HeldTrust(0.0, KEYS).keys(doc.signer))
    return unseal(doc.signed.message), frozenset(unseal(fmt.read(verified).claims))


def harmless(genuine: Said, damaged: Said) -> bool:
    """Say whether the same signed bytes claim nothing more than before."""
    return damaged[0] == genuine[0] and damaged[1] <= genuine[1]
