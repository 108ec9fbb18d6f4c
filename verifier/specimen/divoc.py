"""DIVOC specimens: signed proofs of vaccination in a ZIP archive, the same bytes every time."""

import io
import zipfile
from hashlib import sha256

from trust_registry.model import Algorithm
from verifier.catalogues import contexts
from verifier.specimen.hc1 import Person
from verifier.specimen.issuers import TrainingIssuer, training_issuer
from verifier.specimen.jose import compact
from verifier.verdict import FormatId
from verifier.wire import base64url, jsonld
from verifier.wire.json import Json, Object

V1, VOCABULARY = "https://www.w3.org/2018/credentials/v1", "https://cowin.gov.in/credentials/vaccination/v1"
_SECURITY = "https://w3id.org/security/v2"

UTOPIA = training_issuer("divoc utopia", FormatId.DIVOC, "did:utopia", algorithm=Algorithm.ED25519, key_id=b"")
ISSUERS = (UTOPIA,)

_HEADER: Object = {"alg": "EdDSA", "b64": False, "crit": ["b64"]}
_MEMBER = "certificate.json"


def vaccination(person: Person, given: str, **event: Json) -> Object:
    """Make a proof of vaccination of one dose; other members of the event by name."""
    dose: Object = {
        "id": "https://health.utopia.example/vaccine/1", "type": ["Vaccination"], "certificateId": "1",
        "batch": "TRAINING", "vaccine": "COVISHIELD", "manufacturer": "Training Institute", "date": given,
        "effectiveStart": given[:10], "effectiveUntil": given[:10], "dose": 2, "totalDoses": 2, **event,
    }  # fmt: skip
    subject: Object = {
        "type": "Person", "id": f"did:Passport:{person.document_number}", "refId": "1",
        "name": f"{person.given.title()} {person.family.title()}", "gender": "Other", "age": "30",
    }  # fmt: skip
    return {
        "@context": [V1, VOCABULARY], "type": ["VerifiableCredential", "ProofOfVaccinationCredential"],
        "issuer": "https://health.utopia.example/", "issuanceDate": "2026-05-01T00:00:00.000Z",
        "credentialSubject": subject, "evidence": [dose], "nonTransferable": "true",
    }  # fmt: skip


def proof(**members: Json) -> Object:
    """Make the options of a proof; other members by name."""
    return {
        "type": "Ed25519Signature2018", "created": "2026-05-01T00:00:00Z", "verificationMethod": "did:utopia",
        "proofPurpose": "assertionMethod", **members,
    }  # fmt: skip


def sign(document: Object, options: Object, issuer: TrainingIssuer = UTOPIA, header: Object = _HEADER) -> Object:
    """Sign a proof of vaccination, and put the proof inside."""
    head = base64url.encode(compact(header))
    parts = (options | {"@context": _SECURITY}, document)
    hashes = (sha256(jsonld.canonical(part, "sha256", contexts.context)).digest() for part in parts)
    return with_signature(document, options, issuer.sign(head + b"." + b"".join(hashes)), header)


def with_signature(document: Object, options: Object, signature: bytes, header: Object = _HEADER) -> Object:
    """Put a proof with any signature inside."""
    text = base64url.encode(compact(header)) + b".." + base64url.encode(signature)
    return document | {"proof": options | {"jws": text.decode()}}


def symbol(document: Object) -> bytes:
    """Give the bytes of a symbol."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo(_MEMBER), compact(document), zipfile.ZIP_DEFLATED)
    return archive.getvalue()
