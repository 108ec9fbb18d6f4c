"""JWS in compact serialisation: three parts, a header we understand whole, bytes as they were signed."""

from dataclasses import dataclass

from trust_registry.model import Algorithm
from verifier import limits
from verifier.presentation import Signed
from verifier.sealed import Sealed
from verifier.verdict import Reason, Reject
from verifier.wire import base64url, json

# Both spellings of Ed25519 are in use: RFC 8037 section 3.1 and RFC 9864 section 2.2.
_ALGORITHMS = {algorithm.value: algorithm for algorithm in Algorithm} | {"EdDSA": Algorithm.ED25519}

# `crit` names extensions that must be understood: we have none. `b64` changes what is signed, and means nothing
# without `crit`. Source: RFC 7515 section 4.1.11, RFC 7797 section 6.
_REFUSED = frozenset({"crit", "b64"})


@dataclass(frozen=True, slots=True)
class Jws:
    """A JSON Web Signature taken apart, nobody's word yet. Keys that the header carries are never looked at."""

    header: json.Object
    payload: Sealed[bytes]
    signed: Signed

    @property
    def type(self) -> str | None:
        """The media type that the header states, `None` where it states none. Raises `Reject(MALFORMED)`."""
        return json.as_text(self.header["typ"]) if "typ" in self.header else None

    @property
    def key_id(self) -> str | None:
        """The name of the signer's key, `None` where the header has none. Raises `Reject(MALFORMED)`."""
        return json.as_text(self.header["kid"]) if "kid" in self.header else None


def decode(data: bytes, *, compressed: bool = False, most_bytes: int = limits.INFLATED_BYTES) -> Jws:
    """Take a compact JWS apart. The payload is as it was signed; `compressed` says that `zip` must say `DEF`.

    `most_bytes` is the bound of a symbol unless a list is read.
    Raises `Reject`: MALFORMED, UNSUPPORTED_ALGORITHM, SIGNATURE_BAD for one that says it is unsigned.
    Source: RFC 7515 sections 3.1, 4.1 and 7.1.
    """
    parts = data.split(b".")
    if len(data) > most_bytes or len(parts) != 3:  # noqa: PLR2004 - header, payload, signature
        raise Reject(Reason.MALFORMED)
    header = json.as_object(json.decode(base64url.decode(parts[0])))
    if header.keys() & _REFUSED or not _zip_as_expected(header, compressed):
        raise Reject(Reason.MALFORMED)
    signature = base64url.decode(parts[2])
    signed = Signed(Sealed(parts[0] + b"." + parts[1]), signature, algorithm(header.get("alg")))
    return Jws(header, Sealed(base64url.decode(parts[1])), signed)


def algorithm(value: object) -> Algorithm:
    """Read the name of an algorithm.

    Raises `Reject`: MALFORMED, UNSUPPORTED_ALGORITHM, SIGNATURE_BAD for "none". Source: RFC 7518 section 3.1.
    """
    name = json.as_text(value)
    if name.lower() == "none":
        raise Reject(Reason.SIGNATURE_BAD)
    if name not in _ALGORITHMS:
        raise Reject(Reason.UNSUPPORTED_ALGORITHM)
    return _ALGORITHMS[name]


def _zip_as_expected(header: json.Object, compressed: bool) -> bool:  # noqa: FBT001 (passed on, not a switch)
    return header.get("zip") == "DEF" if compressed else "zip" not in header
