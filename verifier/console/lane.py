"""The lane as the pages know it: its name, its language, and what it may ask, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from verifier.verdict import Action, FormatId, Reason


@dataclass(frozen=True, slots=True)
class Asked:
    """A policy as people read it."""

    name: str
    version: str
    asks: str
    source: str
    formats: tuple[FormatId, ...]
    actions: Mapping[Reason, Action]


@dataclass(frozen=True, slots=True)
class Lane:
    """What the settings say of this lane. `policies` stand in the order that the protocol counts them."""

    name: str
    language: str
    zone: ZoneInfo
    policies: tuple[Asked, ...]
    image: Path
