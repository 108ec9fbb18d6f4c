"""mdoc specimens: an issuer's message over the digests of elements, and the device's over a session transcript."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec

from trust_registry.model import Algorithm
from verifier.specimen import certificates
from verifier.specimen.hc1 import sign1
from verifier.specimen.issuers import TrainingIssuer, derive, sign
from verifier.verdict import FormatId
from verifier.wire import cbor

DOCUMENT_SIGNER = "1.0.18013.5.1.2"  # ISO/IEC 18013-5 annex B.1.4, the extended key usage
MDL, MDL_ELEMENTS = "org.iso.18013.5.1.mDL", "org.iso.18013.5.1"
UTOPIA = certificates.authority("mdoc utopia", FormatId.MDOC, "UT")
SIGNER = certificates.signer("mdoc utopia signer", UTOPIA)
CERTIFICATE = certificates.certificate(SIGNER, UTOPIA, DOCUMENT_SIGNER)
ISSUERS = (UTOPIA,)

_DEVICE = "mdoc device"
_COORDINATE_BYTES = 32


@dataclass(frozen=True, slots=True)
class Validity:
    """When the issuer signed, and from when until when that counts, as RFC 3339 in UTC."""

    signed: str
    begins: str
    ends: str


def security_object(
    elements: Mapping[str, cbor.Value], validity: Validity, *, namespace: str = MDL_ELEMENTS, doc_type: str = MDL
) -> tuple[cbor.Map, list[cbor.Value]]:
    """Make the mobile security object of elements, and their items."""
    items = [_item(number, *element) for number, element in enumerate(elements.items())]
    digests: cbor.Map = {number: sha256(item.encoded).digest() for number, item in enumerate(items)}
    moments = {"signed": validity.signed, "validFrom": validity.begins, "validUntil": validity.ends}
    mso: cbor.Map = {
        "version": "1.0",
        "digestAlgorithm": "SHA-256",
        "docType": doc_type,
        "valueDigests": {namespace: digests},
        "deviceKeyInfo": {"deviceKey": _device_key()},
        "validityInfo": {member: cbor.Tagged(0, moment) for member, moment in moments.items()},
    }
    return mso, list(items)


def _item(number: int, identifier: str, value: cbor.Value) -> cbor.Embedded:
    random = sha256(f"{number} {identifier}".encode()).digest()
    item: cbor.Map = {"digestID": number, "random": random, "elementIdentifier": identifier, "elementValue": value}
    return cbor.embed(cbor.encode(item))


def _device_key() -> cbor.Map:
    key = derive(_DEVICE, Algorithm.ES256)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError
    point = key.public_key().public_numbers()
    return {1: 2, -1: 1, -2: point.x.to_bytes(_COORDINATE_BYTES), -3: point.y.to_bytes(_COORDINATE_BYTES)}


def issuer_signed(
    mso: cbor.Value,
    items: list[cbor.Value],
    *,
    issuer: TrainingIssuer = SIGNER,
    chain: cbor.Value = CERTIFICATE,
    namespace: str = MDL_ELEMENTS,
) -> cbor.Map:
    """Sign a security object and put the items beside it; a chain that is `None` is left out."""
    payload = cbor.encode(cbor.embed(cbor.encode(mso)))
    key_id: cbor.Map = {4: issuer.key.key_id} if chain is None else {33: chain}
    return {"nameSpaces": {namespace: items}, "issuerAuth": sign1(payload, issuer, {1: -7}, key_id).content}


def response(signed: cbor.Map, *, doc_type: str = MDL, device: cbor.Value = None) -> cbor.Map:
    """Put a document into a device's response, with the device's part where there is one."""
    document: cbor.Map = {"docType": doc_type, "issuerSigned": signed}
    if device is not None:
        document["deviceSigned"] = device
    return {"version": "1.0", "documents": [document], "status": 0}


def device_signed(transcript: bytes, doc_type: str = MDL, *, label: str = _DEVICE) -> cbor.Map:
    """Sign a session transcript with the device's key. Source: ISO/IEC 18013-5 section 9.1.3.6."""
    names = cbor.embed(cbor.encode({}))
    answer = b"\x84" + cbor.encode("DeviceAuthentication") + transcript + cbor.encode(doc_type) + names.encoded
    header = cbor.encode({1: -7})
    covered = cbor.encode(["Signature1", header, b"", cbor.embed(answer).encoded])
    signature = sign(derive(label, Algorithm.ES256), Algorithm.ES256, covered)
    return {"nameSpaces": names, "deviceAuth": {"deviceSignature": [header, {}, None, signature]}}
