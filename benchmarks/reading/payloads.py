"""Credential-shaped payloads and their symbols, from a seed.

The bytes are random: only alphabet, length and error correction level follow the published formats, since those alone
decide how dense a symbol is.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import zxingcpp

from verifier.devices.synthetic.sheet import Modules

_BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@dataclass(frozen=True, slots=True)
class Sample:
    """What a symbol says, and its modules."""

    payload: bytes
    modules: Modules


def _hc1(length: int) -> Callable[[random.Random], str]:
    return lambda chance: "HC1:" + "".join(chance.choices(_BASE45, k=length - 4))


def _shc(chance: random.Random) -> str:
    return "shc:/" + "".join(f"{ord(letter) - 45:02d}" for letter in chance.choices(_BASE64, k=1190))


def _vds_nc(chance: random.Random) -> str:
    return '{"data":{"hdr":{"t":"icao.vacc","v":1,"is":"UTO"}},"sig":"' + "".join(chance.choices(_BASE64, k=840)) + '"}'


def _sd_jwt(chance: random.Random) -> str:
    return "~".join("".join(chance.choices(_BASE64, k=length)) for length in (360, 70, 70, 70, 426)) + "~"


# the dense end of what wallets really show: how it is made, and its error correction level
KINDS: tuple[tuple[Callable[[random.Random], str], str], ...] = (
    (_hc1(350), "Q"),
    (_hc1(500), "Q"),
    (_shc, "L"),
    (_hc1(700), "Q"),
    (_vds_nc, "M"),
    (_sd_jwt, "L"),
)


def sample(number: int, seed: int) -> Sample:
    """Make sample `number` of a seed; the kinds take turns."""
    make, level = KINDS[number % len(KINDS)]
    payload = make(random.Random(f"{seed}/{number}")).encode()  # noqa: S311 - not for secrets
    code = zxingcpp.create_barcode(payload.decode(), zxingcpp.BarcodeFormat.QRCodeModel2, ec_level=level)
    return Sample(payload, np.array(code.to_image(scale=1, add_quiet_zones=False), np.uint8) == 0)
