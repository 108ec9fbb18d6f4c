"""W3C verifiable credentials with a Data Integrity proof inside: JSON as text, or carried in base45 of zlib.

Source: W3C Verifiable Credential Data Integrity 1.0; Data Integrity EdDSA Cryptosuites 1.0 and ECDSA Cryptosuites 1.0.
"""

from dataclasses import dataclass
from functools import partial
from hashlib import sha256, sha384
from typing import Protocol

from trust_registry.model import Algorithm, KeyRef
from verifier import subject, w3c
from verifier.catalogues import contexts
from verifier.context import Context
from verifier.credential import Credential, Window
from verifier.formats.data_integrity import derived
from verifier.presentation import Endorsed, Signed, Unverified, Verified
from verifier.sealed import Sealed, unseal
from verifier.verdict import FormatId, Reason, Reject
from verifier.wire import carrier, did, iso8601, jcs, json, jsonld
from verifier.wire.json import Json, Object

name = FormatId.DATA_INTEGRITY

_LOOK_BYTES = 512
_SUITE_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"


class _Canonical(Protocol):
    def __call__(self, document: Object, digest: str) -> bytes:
        """Write a document in its one form."""


def _by_value(document: Object, digest: str) -> bytes:  # noqa: ARG001 - one shape for both ways
    return jcs.encode(document)


_by_statements: _Canonical = partial(jsonld.canonical, contexts=contexts.context)

_HASHES = {"sha256": sha256, "sha384": sha384}
_EDDSA = {64: (Algorithm.ED25519, "sha256")}
_ECDSA = {64: (Algorithm.ES256, "sha256"), 96: (Algorithm.ES384, "sha384")}


@dataclass(frozen=True, slots=True)
class _Suite:
    """How a proof is made: the canonical form, and by the length of the signature its algorithm and hash."""

    canonical: _Canonical
    signatures: dict[int, tuple[Algorithm, str]]


_SUITES = {
    ("DataIntegrityProof", "eddsa-jcs-2022"): _Suite(_by_value, _EDDSA),
    ("DataIntegrityProof", "ecdsa-jcs-2019"): _Suite(_by_value, _ECDSA),
    ("DataIntegrityProof", "eddsa-rdfc-2022"): _Suite(_by_statements, _EDDSA),
    ("DataIntegrityProof", "ecdsa-rdfc-2019"): _Suite(_by_statements, _ECDSA),
    ("Ed25519Signature2020", None): _Suite(_by_statements, _EDDSA),
}
_SELECTIVE = _Suite(_by_statements, {})  # its signatures are in `derived`


def recognise(data: bytes, /) -> bool:
    """Know a credential, carried or not, by the members that it has beside its content."""
    if carrier.beginning(data, 1) != b"{":
        return False
    try:
        text = _text(data)
    except Reject:
        return False
    return b'"@context"' in text and b'"proof"' in text and b'"did:hpass:' not in text[:_LOOK_BYTES]


def parse(data: bytes, _context: Context, /) -> Unverified:
    """Take a credential apart. What is signed is what it says, so its bytes are written anew."""
    document = json.as_object(json.decode(_text(data)))
    if "verifiableCredential" in document:
        raise Reject(Reason.UNSUPPORTED_FORMAT)
    proof = _only_proof(document)
    credential = {member: value for member, value in document.items() if member != "proof"}
    w3c.check(credential, w3c.V1, w3c.V2)
    issuer = w3c.issuer(credential)
    if issuer is None or proof.get("proofPurpose") != "assertionMethod":
        raise Reject(Reason.MALFORMED)
    method = json.as_text(proof.get("verificationMethod"))
    signer = KeyRef(name, method.rpartition("#")[2].encode(), issuer)
    signed, endorsed = _covered(credential, proof)
    return Unverified(signer, signed, Sealed({"credential": credential, "proof": proof}), endorsed=endorsed)


def read(doc: Verified, /) -> Credential:
    """Read what the credential says; a proof may end before it."""
    body = unseal(doc.body)
    credential, proof = (json.as_object(json.at(body, part)) for part in ("credential", "proof"))
    about = w3c.subject(credential)
    expires = json.member(proof, "expires", json.as_text)
    window = w3c.validity(credential)
    proven = Window(None, None if expires is None else iso8601.moment(expires), end_included=False)
    return Credential(
        kinds=subject.kinds(about),
        country=None,
        type=w3c.type_of(credential),
        issued_at=window.not_before,
        window=w3c.within(window, proven),
        claims=Sealed(subject.claims(about)),
        holder=Sealed(subject.holder(about)),
        status=w3c.status(credential),
    )


def _text(data: bytes) -> bytes:
    """Give the text, out of its carrier where it is in one."""
    return data if data.startswith(b"{") else carrier.opened(data)


def _only_proof(document: Object) -> Object:
    """Give the one proof; a set or a chain of them is not for a gate."""
    stated = document.get("proof")
    proofs = stated if isinstance(stated, list) else [stated]
    if len(proofs) != 1:
        raise Reject(Reason.UNSUPPORTED_FORMAT)
    proof = json.as_object(proofs[0])
    if "previousProof" in proof:
        raise Reject(Reason.UNSUPPORTED_FORMAT)
    return proof


def _covered(credential: Object, proof: Object) -> tuple[Signed, tuple[Endorsed, ...]]:
    """Write what the proof covers."""
    if proof.get("cryptosuite") == derived.SUITE:
        options = _options(credential, proof, _SELECTIVE)
        return derived.covered(credential, options, json.as_text(proof.get("proofValue")))
    return _signed(credential, proof), ()


def _signed(credential: Object, proof: Object) -> Signed:
    """Write what most proofs cover: the hash of their own options, and the hash of the credential."""
    suite = _SUITES.get((json.as_text(proof.get("type")), json.member(proof, "cryptosuite", json.as_text)))
    if suite is None:
        raise Reject(Reason.UNSUPPORTED_ALGORITHM)
    signature = did.base58(json.as_text(proof.get("proofValue")))
    if len(signature) not in suite.signatures:
        raise Reject(Reason.MALFORMED)
    algorithm, digest = suite.signatures[len(signature)]
    parts = (_options(credential, proof, suite), credential)
    message = b"".join(_HASHES[digest](suite.canonical(part, digest)).digest() for part in parts)
    return Signed(Sealed(message), signature, algorithm)


def _options(credential: Object, proof: Object, suite: _Suite) -> Object:
    """Give the proof without its value, under the context in which it is signed.

    By value a proof may leave its context out; by statements it always has the credential's, or its own suite's.
    """
    options = {member: value for member, value in proof.items() if member != "proofValue"}
    stated: Json = proof.get("@context", credential["@context"])
    if stated != credential["@context"]:
        raise Reject(Reason.MALFORMED)
    if suite.canonical is _by_value:
        return options
    return options | {"@context": stated if "cryptosuite" in proof else _SUITE_2020}
