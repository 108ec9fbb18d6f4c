"""New Zealand's COVID pass: base32 of a COSE_Sign1 whose payload is a CWT with a verifiable credential.

A pass says that its holder is vaccinated or exempt, and not which: no dose is in it.
Source: Ministry of Health, NZ COVID Pass technical specification 1.0.
"""

from trust_registry.model import KeyRef, Kind
from verifier.claims import Birth, Vaccination
from verifier.context import Context
from verifier.credential import Credential, Holder, Window
from verifier.instant import Days
from verifier.presentation import Signed, Unverified, Verified
from verifier.sealed import Sealed, unseal
from verifier.verdict import FormatId, Reason, Reject
from verifier.wire import base32, cbor, cose, iso8601
from verifier.wire.json import as_numeric_date

name = FormatId.NZCP

_PREFIX, _VERSION = b"NZCP:/", b"1/"
_ID_BYTES = 16
_TYPES = ["VerifiableCredential", "PublicCovidPass"]
_NAME_CHARACTERS = 100


def recognise(data: bytes) -> bool:
    """Say whether this is mine, by its prefix."""
    return data.startswith(_PREFIX)


def parse(data: bytes, _context: Context) -> Unverified:
    """Take apart the text, the message and the payload, whose issuer names the key together with the key id.

    Raises `Reject`: MALFORMED, UNSUPPORTED_FORMAT for another version, UNSUPPORTED_ALGORITHM.
    """
    version, text = data[len(_PREFIX) :][: len(_VERSION)], data[len(_PREFIX) + len(_VERSION) :]
    if version != _VERSION:
        raise Reject(Reason.UNSUPPORTED_FORMAT)
    message = cose.decode(base32.decode(text))
    if message.payload is None:
        raise Reject(Reason.MALFORMED)
    cwt = cbor.decode_map(message.payload)
    match cwt:
        case {1: str(issuer), 7: bytes(identifier)} if len(identifier) == _ID_BYTES:
            pass
        case _:
            raise Reject(Reason.MALFORMED)
    signed = Signed(Sealed(message.covered(message.payload)), message.signature, message.algorithm)
    return Unverified(KeyRef(FormatId.NZCP, message.key_id, issuer), signed, Sealed(cwt))


def read(doc: Verified) -> Credential:
    """Read the window and the person. Raises `Reject(MALFORMED)` where the specification's members are not there."""
    match unseal(doc.body):
        case {4: expires, 5: not_before, "vc": {"version": "1.0.0", "type": list(types), "credentialSubject": subject}}:
            start = as_numeric_date(not_before)
            window = Window(start, as_numeric_date(expires), end_included=False)
        case _:
            raise Reject(Reason.MALFORMED)
    if types != _TYPES:
        raise Reject(Reason.MALFORMED)
    holder, born = _subject(subject)
    vaccinated_or_exempt = Vaccination("covid-19", None, iso8601.ANY_DAY)
    return Credential(
        kinds=frozenset({Kind.VACCINATION}),
        country=None,
        type=_TYPES[1],
        issued_at=start,
        window=window,
        claims=Sealed((Birth(born), vaccinated_or_exempt)),
        holder=Sealed(holder),
    )


def _subject(subject: object) -> tuple[Holder, Days]:
    match subject:
        case {"givenName": str(given), "dob": str(dob), **rest} if 0 < len(given) <= _NAME_CHARACTERS:
            family = rest.get("familyName", "")
        case _:
            raise Reject(Reason.MALFORMED)
    born = iso8601.days(dob)
    if born.first != born.last or not isinstance(family, str) or len(family) > _NAME_CHARACTERS:
        raise Reject(Reason.MALFORMED)
    return Holder((family,) if family else (), (given,), born), born
