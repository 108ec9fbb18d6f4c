"""Context: what this station knows beside the symbol. Never optional; each part may be `NOT_ASKED`."""

from dataclasses import dataclass
from enum import Enum, auto

from verifier.sealed import Sealed


class NotAsked(Enum):
    """The station did not ask for this part. A value of its own, because `None` must never mean "skip"."""

    NOT_ASKED = auto()


NOT_ASKED = NotAsked.NOT_ASKED


class NotShown(Enum):
    """The station asked for this part and nobody showed it."""

    NOT_SHOWN = auto()


NOT_SHOWN = NotShown.NOT_SHOWN


class Mode(Enum):
    """Live, or training: specimens are judged as real ones, and everything shown says TRAINING."""

    LIVE = auto()
    TRAINING = auto()


@dataclass(frozen=True, slots=True)
class Challenge:
    """What this station asked a holder's device to answer: the audience is us, the nonce is fresh.

    `transcript` is the encoded session transcript of ISO 18013-5, where there is one.
    """

    audience: str
    nonce: str
    transcript: bytes | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What this station knows beside the symbol."""

    mode: Mode
    document_lines: Sealed[tuple[str, ...]] | NotShown | NotAsked  # machine-readable lines of the holder's document
    challenge: Challenge | NotAsked
    optical_lines: Sealed[tuple[str, ...]] | NotShown | NotAsked  # printed lines that a symbol on the same paper signs
    seen_before: bool | NotAsked  # under a single-use policy
