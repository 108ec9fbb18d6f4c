"""Names: whether the name in a credential and the one in a machine-readable zone may belong to one person.

Honest documents differ in spelling, order, missing parts and cut-off ends. So "yes" is said only when everything that
one side says is found on the other, and "no" only when nothing at all agrees.
"""

import re
from collections.abc import Callable, Sequence

from verifier.catalogues.letters import is_latin, transliterate
from verifier.truth import Truth
from verifier.wire.mrz import Document

# An apostrophe is left out, a hyphen parts. Source: Doc 9303-3 section 4.6.
_DROPPED = re.compile("['`\u2019\u2018\u00b4\u02bc\u02bb]")
_PARTS = re.compile(r"[A-Z]+")
_FOREIGN = re.compile(r"[^\W\d_A-Z]")  # a letter of a script without a table

# Titles and small words that one office writes and the next leaves out.
_SMALL = frozenset(
    {"AL", "BIN", "BINT", "DA", "DE", "DEL", "DELA", "DEN", "DER", "DES", "DI", "DO", "DOS", "DU", "E", "EL", "IBN"}
    | {"LA", "LE", "TEN", "TER", "VAN", "VON", "Y", "ZU"}
    | {"DR", "JR", "MR", "MRS", "MS", "PROF", "SR"}
)

# Two ways of writing one letter, both allowed. Source: Doc 9303-3 section 6.A.
_SAME_LETTER = (("AE", "A"), ("OE", "O"), ("UE", "U"), ("AA", "A"), ("UXX", "U"), ("NXX", "N"), ("IJ", "Y"))

# One letter of another alphabet, as English, French and German spell it and as passports do.
_SAME_SOUND = (
    *(("SHCH", "S"), ("TCH", "C"), ("SCH", "S"), ("SHT", "S"), ("SH", "S"), ("CH", "C"), ("ZH", "Z"), ("KH", "H")),
    *(("TS", "C"), ("TZ", "C"), ("TH", "T"), ("PH", "F"), ("KS", "X"), ("OU", "U"), ("EV", "EF"), ("AV", "AF")),
    *(("J", "I"), ("Y", "I"), ("W", "V"), ("IE", "E"), ("IA", "A"), ("IU", "U"), ("IO", "O"), ("II", "I")),
)
_VOWELS = re.compile(r"[AEIOUYWJ]")
_DOUBLED = re.compile(r"(.)\1+")
_SKELETON = 2  # fewer consonants than this say nothing
_ENOUGH = 2  # parts that agree: one family name alone is a family, one given name half a country
_JOINED = 3  # parts that an office may have written as one: ANNE MARIE, ANNEMARIE


def same(names: Sequence[str], document: Document) -> Truth:
    """Compare the parts of one name, in any order, with the names in a document."""
    text = _DROPPED.sub("", " ".join(names))
    written = transliterate(text)
    ours = _PARTS.findall(written)
    theirs = [*document.family, *document.given]
    if not ours or not theirs or _FOREIGN.search(written):
        return Truth.UNKNOWN
    latin = is_latin(text)
    return _compare(*(_folded(parts, latin=latin) for parts in (ours, theirs)), latin=latin, cut=document.truncated)


def _compare(ours: Sequence[str], theirs: Sequence[str], *, latin: bool, cut: bool) -> Truth:
    def alike(one: str, other: str) -> bool:
        return one == other or (cut and one.startswith(other))

    found = _found(ours, theirs, alike)
    back = _found(theirs, ours, lambda one, other: alike(other, one))
    complete = found == len(ours) or back == len(theirs)
    if complete and (max(found, back) >= _ENOUGH or len(ours) == len(theirs) == 1):
        return Truth.TRUE
    if found or back or not latin or _skeletons(ours) & _skeletons(theirs):
        return Truth.UNKNOWN
    return Truth.FALSE


def _folded(parts: Sequence[str], *, latin: bool) -> list[str]:
    """Leave out small words where others remain, and write one letter in one way."""
    telling = [part for part in parts if part not in _SMALL] or parts
    return [_replaced(part, _SAME_LETTER if latin else _SAME_SOUND) for part in telling]


def _replaced(part: str, pairs: Sequence[tuple[str, str]]) -> str:
    for long, short in pairs:
        part = part.replace(long, short)
    return part


def _found(parts: Sequence[str], others: Sequence[str], alike: Callable[[str, str], bool]) -> int:
    """Count the parts that the other side has too, alone or several written as one on either side."""
    pieces = {"".join(others[start : start + size]) for size in range(1, _JOINED + 1) for start in range(len(others))}
    count = start = 0
    while start < len(parts):
        for size in range(min(_JOINED, len(parts) - start), 0, -1):
            piece = "".join(parts[start : start + size])
            if any(alike(piece, other) for other in pieces):
                count += size
                start += size
                break
        else:
            start += 1
    return count


def _skeletons(parts: Sequence[str]) -> set[str]:
    """Give the consonants of each part, which spellings of one name share."""
    bare = (_DOUBLED.sub(r"\1", _VOWELS.sub("", part)) for part in parts)
    return {skeleton for skeleton in bare if len(skeleton) >= _SKELETON}
