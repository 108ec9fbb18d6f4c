"""Reads published cases: one file a case, or a list of cases in one file.

Two layouts are understood, both described by the READMEs of the published collections: folders `<format>/cases/*.json`
(health and general credentials), and lists `{"cases": [{"expect": "fail", …}]}` of strictness tests.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from enum import Enum
from pathlib import Path

from verifier import limits
from verifier.conformance.records import (
    CaseError,
    Record,
    from_base64url,
    load,
    member,
    objects,
    optional_text,
    seconds,
    text,
    texts,
)
from verifier.instant import Instant
from verifier.questions import Authentic, Has, Question


class Expected(Enum):
    """What the source says must come out."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Case:
    """One published case. `data` is `None` where only a picture, or no presentation at all, is published.

    `trust` is the case's own, as its file spells it; `folder` is where relative names in it start.
    """

    id: str
    format: str
    data: bytes | None
    picture: Path | None
    now: Instant
    expected: Expected
    question: Question
    trust: Record
    folder: Path
    nonce: str | None = None
    audience: str | None = None
    transcript: bytes | None = None
    binding: bool = False
    optical_lines: tuple[str, ...] = ()


def read(folder: Path) -> Iterator[Case]:
    """Give every case below a folder, in the order of its path. Raises `CaseError` naming the file."""
    for path in sorted(folder.rglob("*.json")):
        try:
            yield from _file(path)
        except CaseError as error:
            message = f"{path}: {error}"
            raise CaseError(message) from None


def _file(path: Path) -> Iterator[Case]:
    if path.parent.name == "cases":
        record = load(path)
        if record is not None and "expected" in record:
            yield _single(record, path.parent.parent)
    elif path.parent.name not in {"trust", "contexts"}:
        record = load(path) or {}
        listed = objects(record, "cases")
        if listed and "expect" in listed[0]:
            yield from (_listed(entry, number, record, path) for number, entry in enumerate(listed, 1))


def _single(record: Record, folder: Path) -> Case:
    session = optional_text(record, "session_transcript_b64u")
    image = optional_text(record, "image")
    nonce, audience = optional_text(record, "nonce"), optional_text(record, "aud")
    return Case(
        id=text(record, "id"),
        format=text(record, "format"),
        data=_payload(record),
        picture=folder / image if image else None,
        now=_clock(optional_text(record, "clock")),
        expected=_expected(member(record, "expected")),
        question=Authentic(),
        trust=record,
        folder=folder,
        nonce=nonce,
        audience=audience,
        transcript=from_base64url(session) if session else None,
        binding=record.get("require_key_binding") is True,
        optical_lines=tuple((optional_text(record, "optical_data") or "").splitlines()),
    )


def _clock(stamp: str | None) -> Instant:
    """Take the case's own clock; where it has none, now may be any time of this century."""
    if stamp is None:
        return Instant.between(limits.NUMERIC_DATE_FIRST, limits.NUMERIC_DATE_LAST, UTC)
    return _at(seconds(stamp))


def _payload(record: Record) -> bytes | None:
    """Give the bytes that a symbol, or the file that stands for it, would have carried."""
    binary = optional_text(record, "payload_b64")
    if binary is not None:
        return from_base64url(binary.replace("+", "-").replace("/", "_").rstrip("="))
    payload = record.get("payload")
    if isinstance(payload, str):
        return _encoded(payload, optional_text(record, "encoding") or "text")
    if isinstance(payload, list):
        return "\n".join(texts(record, "payload")).encode()
    document = payload if isinstance(payload, dict) else record.get("document")
    return None if document is None else json.dumps(document, ensure_ascii=False).encode()


def _encoded(payload: str, encoding: str) -> bytes:
    match encoding:
        case "hex":
            return bytes.fromhex(payload)
        case "base64url":
            return from_base64url(payload)
        case "base64":
            return from_base64url(payload.replace("+", "-").replace("/", "_").rstrip("="))
        case _:
            return payload.encode()


_CONDITIONS = (
    "decodes",
    "signature_valid",
    "valid_at_clock",
    "key_binding_valid",
    "device_auth_valid",
    "chain_trusted",
)


def _expected(said: Record) -> Expected:
    """Sum up as the collections' READMEs define: `accept` where it is given, else no condition may be false."""
    if "accept" in said:
        accept = said["accept"]
        return Expected.UNDECIDED if accept is None else _of(accept=accept is True)
    conditions = [said[name] for name in _CONDITIONS if name in said]
    if None in conditions:
        return Expected.UNDECIDED
    return _of(accept=all(condition is True for condition in conditions))


def _of(*, accept: bool) -> Expected:
    return Expected.ACCEPT if accept else Expected.REFUSE


_LISTED = {"pass": Expected.ACCEPT, "pass-without-fetch": Expected.ACCEPT, "fail": Expected.REFUSE}
_WIRE = ("qr", "jws", "sd_jwt")

# The list about disclosures is about one claim: a presentation that does not disclose it must not pass.
_ABOUT: Mapping[str, Question] = {"sd_jwt": Has(("vaccinated",), (True,))}


def _listed(entry: Record, number: int, whole: Record, path: Path) -> Case:
    wire = next((name for name in _WIRE if name in entry), None)
    if wire is None:
        message = f"case {number} has none of the members {', '.join(_WIRE)}"
        raise CaseError(message)
    trust = whole if "now" in whole else _lent(path)
    now = trust.get("now")
    return Case(
        id=f"{path.stem}/{number}",
        format=path.stem,
        data=text(entry, wire).encode("utf-8", "surrogatepass"),
        picture=None,
        now=_at(float(now)) if isinstance(now, int) else _clock(None),
        expected=_LISTED.get(text(entry, "expect"), Expected.UNDECIDED),
        question=_ABOUT.get(wire, Authentic()),
        trust=trust,
        folder=path.parent,
    )


def _lent(path: Path) -> Record:
    """Take key and clock from the list beside it: the transport cases wrap the COSE list's messages and have none."""
    beside = (load(other) or {} for other in sorted(path.parent.glob("*.json")))
    return next((record for record in beside if "issuer_pem" in record), {})


def _at(moment: float) -> Instant:
    return Instant.between(moment, moment, UTC)
