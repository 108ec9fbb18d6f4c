"""Reads typed members out of somebody else's JSON, or says which file is wrong and where."""

import base64
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from verifier.wire.json import Json, Object

Record = Object


class CaseError(Exception):
    """A published file that is not laid out as its README says; the message names it."""


def load(path: Path) -> Record | None:
    """Read a JSON object; `None` for a file that holds anything else."""
    try:
        content: Json = json.loads(path.read_bytes())
    except ValueError:
        return None
    return content if isinstance(content, dict) else None


def text(record: Record, name: str) -> str:
    """Read a member that must be text. Raises `CaseError`."""
    value = record.get(name)
    if not isinstance(value, str):
        message = f"member {name!r} is missing or not text"
        raise CaseError(message)
    return value


def optional_text(record: Record, name: str) -> str | None:
    """Read a member that may be text; anything else is `None`."""
    value = record.get(name)
    return value if isinstance(value, str) else None


def member(record: Record, name: str) -> Record:
    """Read a member that is an object; an empty one stands for anything else."""
    value = record.get(name)
    return value if isinstance(value, dict) else {}


def texts(record: Record, name: str) -> Sequence[str]:
    """Read a member that lists texts; other elements and other members are left out."""
    value = record.get(name)
    return [element for element in value if isinstance(element, str)] if isinstance(value, list) else []


def objects(record: Record, name: str) -> Sequence[Record]:
    """Read a member that lists objects; other elements and other members are left out."""
    value = record.get(name)
    return [element for element in value if isinstance(element, dict)] if isinstance(value, list) else []


def seconds(stamp: str) -> float:
    """Read an RFC 3339 time as seconds since 1970 UTC. Raises `CaseError`."""
    try:
        return datetime.fromisoformat(stamp).timestamp()
    except ValueError:
        message = f"{stamp!r} is not a time"
        raise CaseError(message) from None


def from_base64url(encoded: str) -> bytes:
    """Read base64url as published: with or without padding."""
    return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
