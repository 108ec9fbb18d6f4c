"""Make: what decides a symbol's function modules and where its message lies."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Make:
    """Version 1 to 40, error correction level, data mask 0 to 7. Source: ISO/IEC 18004:2015 section 7."""

    version: int
    level: str
    mask: int
