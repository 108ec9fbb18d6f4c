"""Invented people: each with values that nobody else in the world has, and a presentation that holds them."""

import random
import string
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum

import numpy as np
import zxingcpp

from trust_registry.model import IssuerKey, Standing
from verifier.frame import Frame
from verifier.specimen import hc1
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.verdict import FormatId, Reason

WIDTH, HEIGHT = 800, 640
NOISE_BYTES = 48  # of background beside the symbol, in every row: where a face would be
VALUE_LETTERS = 16
_DAY = 86_400.0


class Kind(Enum):
    """What happens to the presentation. CRASH and KILL end a child in the middle of a genuine one."""

    PASS = Reason.CLAIM_MET
    FAIL = Reason.EXPIRED
    UNSURE = Reason.UNKNOWN_ISSUER
    MALFORMED = Reason.MALFORMED
    CRASH = "segmentation fault"
    KILL = "killed"


_SHARES = {Kind.PASS: 55, Kind.FAIL: 20, Kind.UNSURE: 5, Kind.MALFORMED: 10, Kind.CRASH: 5, Kind.KILL: 5}
_STRANGER = training_issuer("amnesia stranger", FormatId.HC1, "UT")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who never was: unique values, the symbol that carries them, and its picture."""

    number: int
    kind: Kind
    values: tuple[str, ...]
    symbol: bytes
    noise: bytes

    def picture(self) -> Frame:
        """Draw the symbol in front of this person's own background."""
        text = self.symbol.decode()
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCodeModel2, ec_level="L")
        drawn = np.array(code.to_image(scale=5, add_quiet_zones=False), np.uint8)
        scene = np.full((HEIGHT, WIDTH), 235, np.uint8)
        scene[:, -NOISE_BYTES:] = np.frombuffer(self.noise, np.uint8)
        scene[40 : 40 + drawn.shape[0], 40 : 40 + drawn.shape[1]] = drawn
        return Frame(scene.tobytes(), WIDTH, HEIGHT, WIDTH)


def keys() -> tuple[IssuerKey, ...]:
    """Give the keys of a live registry that trusts the issuer of these people."""
    return (replace(hc1.UTOPIA.key, standing=Standing.GOOD),)


def invent(count: int, seed: int, order: int = 0) -> Iterator[Person]:
    """Invent people. The same `order` has the same kinds in turn, whoever the people of the `seed` are."""
    turns = random.Random(order).choices([*_SHARES], [*_SHARES.values()], k=count)
    chance = random.Random(seed)
    for number, kind in enumerate(turns):
        family, given, mark = ("".join(chance.choices(string.ascii_uppercase, k=VALUE_LETTERS)) for _ in range(3))
        yield Person(
            number, kind, (family, given, mark), _symbol(kind, (family, given, mark)), chance.randbytes(NOISE_BYTES)
        )


def _symbol(kind: Kind, values: tuple[str, str, str]) -> bytes:
    family, given, mark = values
    day = datetime.now(UTC).date() - timedelta(days=40)
    dose = {**hc1.vaccination(day), "ci": f"URN:UVCI:01:UT:{mark}#0"}
    content = hc1.dcc(hc1.Person(family, given, "1990-01-01", mark), v=[dose])
    now = time.time()
    expires = now - _DAY if kind is Kind.FAIL else now + _DAY
    issuer: TrainingIssuer = _STRANGER if kind is Kind.UNSURE else hc1.UTOPIA
    symbol = hc1.symbol(hc1.cwt(content, issued=now - 2 * _DAY, expires=expires), issuer)
    return symbol[:-7] if kind is Kind.MALFORMED else symbol
