"""Every form in which a value could be found again: encodings, escapes, and the simple digests that name a person."""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

from tests.amnesia.people import Person
from verifier.wire import base45

LEAST_BYTES = 8  # a shorter form is found everywhere by chance
_DIGESTS = ("md5", "sha1", "sha256", "sha512", "blake2b", "sha3_256")
_BLOCKS: tuple[tuple[str, int, int, Callable[[bytes], bytes]], ...] = (
    ("base64", 3, 4, base64.b64encode),
    ("base64url", 3, 4, base64.urlsafe_b64encode),
    ("base32", 5, 8, base64.b32encode),
    ("base45", 2, 3, base45.encode),
)


def of_person(person: Person) -> Iterator[tuple[str, bytes]]:
    """Give every form of every value, and pieces of the symbol and of the picture."""
    for value in person.values:
        for spelling in (value, value.title(), value.lower()):
            yield from of_text(spelling)
    yield "symbol", person.symbol[-72:-48]  # out of the signature: what comes before it many people share
    yield "symbol", person.symbol[-44:-20]
    yield "picture", person.noise[:24]
    yield "picture", person.noise[24:]


def of_text(value: str) -> Iterator[tuple[str, bytes]]:
    """Give the forms of one text, none shorter than `LEAST_BYTES`."""
    return ((name, form) for name, form in _all(value) if len(form) >= LEAST_BYTES)


def _all(value: str) -> Iterator[tuple[str, bytes]]:
    plain = value.encode()
    yield "utf-8", plain
    yield "reversed", plain[::-1]
    for wide in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        yield wide, value.encode(wide)
    digits = plain.hex()
    yield "hexadecimal", digits.encode()
    yield "hexadecimal", digits.upper().encode()
    yield "hexadecimal with blanks", " ".join(re.findall("..", digits)).encode()
    yield "escapes", "".join(f"\\x{byte:02x}" for byte in plain).encode()
    yield "percent", quote(value, safe="").encode()
    yield "percent", "".join(f"%{byte:02X}" for byte in plain).encode()
    yield "json", json.dumps(value)[1:-1].encode()
    yield "decimal list", ", ".join(map(str, plain)).encode()
    yield "decimal list", ",".join(map(str, plain)).encode()
    for name, block, width, encode in _BLOCKS:
        for lead in range(block):
            yield f"{name} at {lead}", _inside(plain, lead, (block, width), encode)
    for algorithm in _DIGESTS:
        digest = hashlib.new(algorithm, plain).digest()
        yield algorithm, digest[:12]
        yield f"{algorithm} hexadecimal", digest.hex()[:24].encode()
        yield f"{algorithm} base64", base64.b64encode(digest)[:16]


def _inside(plain: bytes, lead: int, size: tuple[int, int], encode: Callable[[bytes], bytes]) -> bytes:
    """Give what of an encoding depends on the value alone, when `lead` other bytes of its block come before it."""
    block, width = size
    text = encode(b"\0" * lead + plain + b"\0" * block)
    first = width if lead else 0
    return text[first : (lead + len(plain)) // block * width]
