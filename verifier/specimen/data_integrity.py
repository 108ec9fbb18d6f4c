"""Data Integrity specimens: credentials of the data model 2.0 with a proof inside."""

from hashlib import sha256, sha384

from trust_registry.model import Algorithm, Kind, Scope
from verifier.catalogues import contexts
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.verdict import FormatId
from verifier.wire import jcs, jsonld
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


def _canonical(part: Object, digest: str, *, by_value: bool) -> bytes:
    return jcs.encode(part) if by_value else jsonld.canonical(part, digest, contexts.context)


def base58(data: bytes) -> str:
    """Write bytes as base58 with its multibase prefix."""
    number, digits = int.from_bytes(data), ""
    while number:
        number, digit = divmod(number, 58)
        digits = _BASE58[digit] + digits
    return "z" + "1" * (len(data) - len(data.lstrip(b"\0"))) + digits
