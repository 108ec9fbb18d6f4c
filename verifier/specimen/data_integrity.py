"""Data Integrity specimens: credentials of the data model 2.0 with a proof inside."""

from collections.abc import Callable
from hashlib import sha256, sha384

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from trust_registry.model import Algorithm, Kind, Scope
from verifier.catalogues import contexts
from verifier.specimen.issuers import TrainingIssuer, sign, training_issuer
from verifier.specimen.issuers import derive as derive_key
from verifier.specimen.jose import text
from verifier.verdict import FormatId
from verifier.wire import cbor, jcs, jsonld, rdfc
from verifier.wire.json import Json, Object

V2, CITIZENSHIP = "https://www.w3.org/ns/credentials/v2", "https://w3id.org/citizenship/v4rc1"
SUITE_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"

_IDENTITY = Scope(frozenset({Kind.IDENTITY}))
_ADDRESS = "did:web:identity.utopia.example"


def _issuer(name: str, algorithm: Algorithm) -> TrainingIssuer:
    label = f"data-integrity {name}"
    return training_issuer(
        label, FormatId.DATA_INTEGRITY, _ADDRESS, algorithm=algorithm, key_id=name.encode(), scope=_IDENTITY
    )


EDWARDS, SMALL, LARGE = (
    _issuer("edwards", Algorithm.ED25519),
    _issuer("p-256", Algorithm.ES256),
    _issuer("p-384", Algorithm.ES384),
)
ISSUERS = (EDWARDS, SMALL, LARGE)

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def credential(starts: str, ends: str | None, about: Object, **members: Json) -> Object:
    """Make a credential; other members by name, left out where they are `None`."""
    usual: Object = {
        "@context": [V2, CITIZENSHIP], "type": ["VerifiableCredential", "EmploymentAuthorizationDocumentCredential"],
        "issuer": _ADDRESS, "validFrom": starts, "validUntil": ends,
        "credentialSubject": {"type": ["Person", "EmployablePerson"], **about},
    }  # fmt: skip
    return {name: value for name, value in {**usual, **members}.items() if value is not None}


def proof(suite: str, issuer: TrainingIssuer, **members: Json) -> Object:
    """Make the options of a proof; other members by name."""
    method = f"{issuer.key.issuer}#{issuer.key.key_id.decode()}"
    kind: Object = (
        {"type": suite} if suite == "Ed25519Signature2020" else {"type": "DataIntegrityProof", "cryptosuite": suite}
    )
    return {
        **kind, "created": "2026-05-01T00:00:00Z", "verificationMethod": method, "proofPurpose": "assertionMethod",
        **members,
    }  # fmt: skip


def secure(document: Object, options: Object, issuer: TrainingIssuer) -> Object:
    """Sign a credential under the options of a proof, and put the proof inside."""
    suite = options.get("cryptosuite", SUITE_2020)
    context = document["@context"] if "cryptosuite" in options else SUITE_2020
    by_value = isinstance(suite, str) and "jcs" in suite
    digest = "sha384" if issuer.key.algorithm is Algorithm.ES384 else "sha256"
    parts = (options if by_value else options | {"@context": context}, document)
    hashed = sha384 if digest == "sha384" else sha256
    message = b"".join(hashed(_canonical(part, digest, by_value=by_value)).digest() for part in parts)
    return with_value(document, options, issuer.sign(message))


def with_value(document: Object, options: Object, signature: bytes) -> Object:
    """Put a proof with any signature inside."""
    return document | {"proof": options | {"proofValue": base58(signature)}}


def derive(
    document: Object, options: Object, issuer: TrainingIssuer, *, kept_for_all: Callable[[str], bool]
) -> tuple[Object, list[cbor.Value]]:
    """Sign a credential statement by statement, and give it with its proof, and the parts of the proof's value.

    The statements that are `kept_for_all` are mandatory.
    """
    quads = jsonld.statements(document, contexts.context)
    named = rdfc.names(quads, "sha256")
    labels = {name: sha256(f"training label {name}".encode()).digest() for name in named.values()}
    lines = rdfc.written(quads, {node: f"_:u{text(labels[name])}" for node, name in named.items()})
    once = derive_key("data-integrity once", Algorithm.ES256)
    key = b"\x80\x24" + once.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    mandatory = [place for place, line in enumerate(lines) if kept_for_all(line)]
    every = (
        _canonical(options | {"@context": document["@context"]}, "sha256", by_value=False),
        "".join(lines[place] for place in mandatory).encode(),
    )
    message = key.join(sha256(part).digest() for part in every)
    signatures = [sign(once, Algorithm.ES256, line.encode()) for line in lines if not kept_for_all(line)]
    numbers: cbor.Map = {int(name.removeprefix("_:c14n")): label for name, label in labels.items()}
    value: list[cbor.Value] = [issuer.sign(message), key, [*signatures], numbers, [*mandatory]]
    return with_derived(document, options, value), value


def with_derived(document: Object, options: Object, value: list[cbor.Value], header: bytes = b"\xd9\x5d\x01") -> Object:
    """Put a derived proof of these parts inside."""
    return document | {"proof": options | {"proofValue": "u" + text(header + cbor.encode(value))}}


def _canonical(part: Object, digest: str, *, by_value: bool) -> bytes:
    return jcs.encode(part) if by_value else jsonld.canonical(part, digest, contexts.context)


def base58(data: bytes) -> str:
    """Write bytes as base58 with its multibase prefix."""
    number, digits = int.from_bytes(data), ""
    while number:
        number, digit = divmod(number, 58)
        digits = _BASE58[digit] + digits
    return "z" + "1" * (len(data) - len(data.lstrip(b"\0"))) + digits
