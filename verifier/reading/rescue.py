"""The rescue: reads a symbol that was found but could not be corrected, alone or together with its earlier frames.

zxing-cpp says where such a symbol is and of which version: then 400 to 1,900 of its modules are known in advance. They
are used as a modem uses a training sequence:

1. *register*: move the symbol's outline until the known modules agree best with the picture (`registration`, `warp`);
2. *equalise*: learn from them the filter that undoes blur (`equaliser`);
3. *vote*: add the soft values of several frames of the same symbol;
4. *correct*: hard decisions first, then with erasures where the vote is unsure (`correction`).
"""

from dataclasses import dataclass, replace

import numpy as np

from verifier.reading import correction, equaliser
from verifier.reading.equaliser import Soft
from verifier.reading.registration import Luma, register
from verifier.reading.scan import Symbol

_SAME_SECONDS = 1.0  # a symbol unseen for longer is another one
_FRAMES = 8  # that a vote remembers; older ones fade
_FADE = 0.7


@dataclass(frozen=True, slots=True)
class _Votes:
    """The votes on each module of a symbol, over the frames in which it was seen."""

    version: int
    total: Soft
    frames: int
    seen_at: float


class Rescue:
    """Reads symbols that nobody else could. One for each camera."""

    def __init__(self) -> None:
        self._votes: _Votes | None = None

    def read(self, luma: Luma, found: Symbol, now: float) -> Symbol | None:
        """Try to read a symbol that was found in this picture."""
        if found.make is None:
            return None
        version = found.make.version  # level and mask are often misread where the symbol is: only correction decides
        registered = register(luma, found.quad, version)
        if registered is None:
            return None
        soft, wrong = equaliser.soft_values(registered.picture, registered.fit.warp, registered.template)
        read = correction.read(soft, version) or self._voted(soft, wrong, version, now)
        return None if read is None else replace(read, quad=registered.quad())

    def _voted(self, soft: Soft, wrong: float, version: int, now: float) -> Symbol | None:
        """Add the frame's vote, the lighter the more known modules came out wrong, and decide by all of them."""
        vote = soft * np.float32(max(0.05, 0.5 - wrong))
        votes = self._votes
        if votes is None or votes.version != version or now - votes.seen_at > _SAME_SECONDS:
            self._votes = _Votes(version, vote, 1, now)
            return None
        total = votes.total * np.float32(_FADE if votes.frames >= _FRAMES else 1) + vote
        self._votes = _Votes(version, total, votes.frames + 1, now)
        return correction.read(total, version)
