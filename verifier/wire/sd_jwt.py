"""SD-JWT: an issuer's JWT, the disclosures that open its digests, and perhaps the holder's own JWT over all of it.

Whatever was shown must be used, exactly once; what was not shown is simply not there.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256, sha384, sha512
from typing import Protocol

from verifier import limits
from verifier.verdict import Reason, Reject
from verifier.wire import base64url, json, jws
from verifier.wire.json import Json, Object


class _Digest(Protocol):
    def digest(self) -> bytes:
        """Give the digest."""


# Source: IANA registry "Named Information Hash Algorithm", as RFC 9901 section 4.1.1 asks.
_HASHES: dict[str, Callable[[bytes], _Digest]] = {"sha-256": sha256, "sha-384": sha384, "sha-512": sha512}

_DIGESTS, _ALGORITHM, _PLACEHOLDER = "_sd", "_sd_alg", "..."
_RESERVED = frozenset({_DIGESTS, _PLACEHOLDER})


@dataclass(frozen=True, slots=True)
class SdJwt:
    """An SD-JWT taken apart, nobody's word yet. `presented` is all that the holder's JWT, if there is one, covers."""

    issued: jws.Jws
    disclosures: tuple[bytes, ...]
    key_binding: jws.Jws | None
    presented: bytes


def decode(data: bytes) -> SdJwt:
    """Take an SD-JWT in its compact form apart.

    Raises `Reject`, as `jws.decode` does. Source: RFC 9901 section 4.
    """
    issued, *parts = data.split(b"~")
    if len(data) > limits.INFLATED_BYTES or not 0 < len(parts) <= limits.DISCLOSURES + 1:
        raise Reject(Reason.MALFORMED)
    *disclosures, last = parts
    key_binding = jws.decode(last) if last else None
    return SdJwt(jws.decode(issued), tuple(disclosures), key_binding, data[: len(data) - len(last)])


def digest(payload: Object, text: bytes) -> str:
    """Hash a text as the payload says that its digests are made. Raises `Reject(MALFORMED)`."""
    name = payload.get(_ALGORITHM, "sha-256")
    if not isinstance(name, str) or name not in _HASHES:
        raise Reject(Reason.MALFORMED)
    return base64url.encode(_HASHES[name](text).digest()).decode()


def reveal(payload: Object, disclosures: Sequence[bytes]) -> Object:
    """Put what was disclosed in the place of its digests, and take out what only serves that.

    Raises `Reject(MALFORMED)`. Source: RFC 9901 section 7.1.
    """
    opened = {digest(payload, text): _disclosure(text) for text in disclosures}
    if len(opened) != len(disclosures):
        raise Reject(Reason.MALFORMED)
    shown = _Shown(opened)
    signed = {name: value for name, value in payload.items() if name != _ALGORITHM}
    revealed = _object(signed, shown, limits.DEPTH)
    if shown.unused:
        raise Reject(Reason.MALFORMED)
    return revealed


@dataclass(slots=True, eq=False)
class _Shown:
    """The disclosures by their digests, as they are used up, and the digests met on the way."""

    unused: dict[str, list[Json]]
    met: set[str] = field(default_factory=set)

    def take(self, of: Json, length: int) -> list[Json] | None:
        """Give the disclosure of a digest, `None` where it was not disclosed; no digest stands in two places."""
        name = json.as_text(of)
        if name in self.met:
            raise Reject(Reason.MALFORMED)
        self.met.add(name)
        found = self.unused.pop(name, None)
        if found is not None and len(found) != length:
            raise Reject(Reason.MALFORMED)
        return found


def _disclosure(text: bytes) -> list[Json]:
    """Read salt, perhaps name, and value."""
    parts = json.as_array(json.decode(base64url.decode(text)))
    json.as_text(parts[0] if parts else None)
    return parts


def _value(value: Json, shown: _Shown, depth: int) -> Json:
    if depth == 0:
        raise Reject(Reason.MALFORMED)
    match value:
        case dict():
            return _object(value, shown, depth)
        case list():
            return list(_array(value, shown, depth))
        case _:
            return value


def _object(value: Object, shown: _Shown, depth: int) -> Object:
    if _PLACEHOLDER in value:
        raise Reject(Reason.MALFORMED)
    revealed = {name: _value(inner, shown, depth - 1) for name, inner in value.items() if name != _DIGESTS}
    for of in json.as_array(value.get(_DIGESTS, [])):
        found = shown.take(of, 3)
        if found is not None:
            name = json.as_text(found[1])
            if name in _RESERVED or name in revealed:
                raise Reject(Reason.MALFORMED)
            revealed[name] = _value(found[2], shown, depth - 1)
    return revealed


def _array(value: list[Json], shown: _Shown, depth: int) -> Iterator[Json]:
    """Give the elements, those disclosed in their place; those that were not are left out."""
    for element in value:
        if isinstance(element, dict) and _PLACEHOLDER in element:
            if len(element) != 1:
                raise Reject(Reason.MALFORMED)
            found = shown.take(element[_PLACEHOLDER], 2)
            if found is not None:
                yield _value(found[1], shown, depth - 1)
        else:
            yield _value(element, shown, depth - 1)
