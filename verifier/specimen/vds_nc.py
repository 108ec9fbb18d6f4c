"""VDS-NC specimens: proofs of vaccination and of testing, and the sealed JSON of their symbol."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from verifier.specimen import certificates
from verifier.specimen.hc1 import Person
from verifier.specimen.issuers import TrainingIssuer
from verifier.verdict import FormatId
from verifier.wire import base64url, jcs
from verifier.wire.json import Json, Object

BARCODE_SIGNER = "2.23.136.1.1.14.2"  # ICAO TR VDS-NC 1.1

UTOPIA = certificates.authority("vds-nc utopia", FormatId.VDS_NC, "UT")
SIGNER = certificates.signer("vds-nc utopia signer", UTOPIA)
CERTIFICATE = certificates.certificate(SIGNER, UTOPIA, BARCODE_SIGNER)
ISSUERS = (UTOPIA,)


def vaccination(person: Person, doses: Sequence[tuple[str, str, date]], *, country: str = "UTO") -> Object:
    """Make a proof of vaccination: for each dose the ICD-11 codes of vaccine and disease, and its day."""
    events: list[Json] = [
        {
            "des": vaccine, "dis": disease, "nam": "TRAINING",
            "vd": [{"dvc": given.isoformat(), "seq": at, "ctr": country, "adm": "TRAINING", "lot": "TRAINING"}],
        }
        for at, (vaccine, disease, given) in enumerate(doses, 1)
    ]  # fmt: skip
    pid: Object = {"n": _name(person), "dob": person.born, "i": person.document_number}
    return {"hdr": _header("icao.vacc", country), "msg": {"uvci": "TRAINING", "pid": pid, "ve": events}}


def laboratory_test(person: Person, taken: str, *, kind: str = "molecular(PCR)", result: str = "negative") -> Object:
    """Make a proof of testing; `taken` is ISO 8601 with an offset."""
    pid: Object = {"n": _name(person), "dob": person.born, "dt": "P", "dn": person.document_number}
    return {
        "hdr": _header("icao.test", "UTO"),
        "msg": {
            "utci": "TRAINING", "pid": pid, "sp": {"spn": "TRAINING", "ctr": "UTO"}, "dat": {"sc": taken, "ri": taken},
            "tr": {"tc": kind, "r": result},
        },
    }  # fmt: skip


def _name(person: Person) -> str:
    return f"{person.family}  {person.given}"


def _header(kind: str, country: str) -> Object:
    return {"t": kind, "v": 1, "is": country}


def symbol(
    content: Object, signer: TrainingIssuer = SIGNER, certificate: bytes | None = CERTIFICATE, algorithm: str = "ES256"
) -> bytes:
    """Seal a content and give the text of its symbol, with the certificate or without."""
    seal = {"alg": algorithm, "sigvl": _text(signer.sign(jcs.encode(content)))}
    return write({"data": content, "sig": seal if certificate is None else {**seal, "cer": _text(certificate)}})


def write(seal: Mapping[str, object]) -> bytes:
    """Write the text of a symbol."""
    return json.dumps(seal, ensure_ascii=False, separators=(",", ":")).encode()


def _text(data: bytes) -> str:
    return base64url.encode(data).decode()
