"""The rehearsal: everything that a child may need is imported and tried before the first fork.

After a cage has closed, a late import or a first look-up of a file is a death. So each kind of work is done once here,
with symbols that are nobody's.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from trust_registry.model import HeldTrust, IssuerKey, KeyRef
from verifier.context import NOT_ASKED, Context, Mode
from verifier.decide import decide_all
from verifier.frame import Frame
from verifier.instant import Instant
from verifier.policy import Policy
from verifier.reading.quick import QuickReader
from verifier.station import handover
from verifier.station.trust import ImageSource


@dataclass(frozen=True, slots=True)
class Script:
    """Symbols of every format, and the keys that signed them."""

    symbols: tuple[bytes, ...]
    keys: tuple[IssuerKey, ...]


def rehearse(script: Script, policies: Sequence[Policy], picture: Frame, zone: tzinfo) -> None:
    """Read a picture and judge every symbol, under every policy and in both modes."""
    reader = QuickReader()
    for _ in ("plain", "wide"):
        reader.read(picture, time.monotonic())
    now = time.time()
    trust, instant = HeldTrust(now, script.keys), Instant.between(now, now, zone)
    for policy in policies:
        for mode in Mode:
            context = Context(mode, NOT_ASKED, NOT_ASKED, NOT_ASKED, NOT_ASKED)
            for symbol in script.symbols:
                decide_all(handover.unpack(handover.pack([symbol])), trust, policy, instant, context)


def consult(registry: ImageSource, key: IssuerKey) -> None:
    """Open the image as a judge does and ask everything once; SQLite's handle is closed before anything forks."""
    held, _ = registry.open()
    held.keys(KeyRef(key.format, key.key_id))
    held.keys(KeyRef(key.format, key.key_id, key.issuer))
    held.status_list("")
    held.resource("")
    held.close()
