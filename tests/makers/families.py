"""Vectors of the families that we only name, and of what is no credential at all."""

from collections.abc import Iterator

from tests.vectors import PROMPT, Vector
from trust_registry.model import IssuerKey, StatusList

KEYS: tuple[IssuerKey, ...] = ()
LISTS: tuple[StatusList, ...] = ()

_HCERT = "hcert-spec section 4.2: a context that is not known is refused, not guessed"

_NAMED = {
    "health-link/smart": (b"shlink:/eyJ1cmwiOiJodHRwczovL2V4YW1wbGUub3JnIn0", "format.online-only", "SMART Health Links"),
    "health-link/verifiable": (b"vhlink:/eyJ1cmwiOiJodHRwczovL2V4YW1wbGUub3JnIn0", "format.online-only", "WHO smart-trust"),
    "health-link/viewer": (b"https://viewer.example.org/#shlink:/eyJ1cmwiOiJ", "format.online-only", "SMART Health Links"),
    "openattestation/link": (b"https://action.openattestation.com/?q=%7B%7D", "format.online-only", "OpenAttestation"),
    "openattestation/document": (b'{"version":"https://schema.openattestation.com/2.0/schema.json"}', "format.unsupported", "OpenAttestation 2.0"),
    "mdoc-engagement/qr": (b"mdoc:owBjMS4wAYIB2BhYS6QBAiABIVgg", "format.needs-radio", "ISO 18013-5 section 8.2.2.3"),
    "hc-reserved/hc2": (b"HC2:NCFOXN%TS3DH", "format.unsupported", _HCERT),
    "hc-reserved/hca": (b"HCA:NCFOXN%TS3DH", "format.unsupported", _HCERT),
    "at1/exemption": (b"AT1:NCFOXN%TS3DH", "format.unsupported", "Austria's exemption certificate"),
    "nl2/domestic": (b"NL2:0000000", "format.unsupported", "the Netherlands' domestic code"),
    "excelsior/pass": (b'{"id":"did:hpass:1a2b","type":["VerifiableCredential"]}', "format.unsupported", "IBM Digital Health Pass"),
    "vds-seal/visa": (b"\xdc\x03\xd9\xc5\x6d\x32\xc8\xa5", "format.unsupported", "ICAO Doc 9303 part 13"),
}  # fmt: skip

_NOTHING = {
    "empty": b"",
    "menu": b"https://menu.example.org/today",
    "network": b"WIFI:T:WPA;S:gate;P:secret;;",
    "wallet-request": b"openid4vp://?client_id=x509_san_dns%3Aexample.org&request_uri=https%3A%2F%2Fexample.org",
    "age-request": b"av://?request_uri=https%3A%2F%2Fexample.org",
    "lower-case-prefix": b"hc1:NCFOXN%TS3DH",
    "leading-blank": b" HC1:NCFOXN%TS3DH",
    "unknown-context": b"HL0:NCFOXN%TS3DH",
    "digits": b"1" * 7089,
    "control-characters": b"\x1b]0;x\x07\x1b[2J",
}


def vectors() -> Iterator[Vector]:
    """Make one for each family, and one for each thing that must be claimed by none."""
    for name, (data, expect, source) in _NAMED.items():
        yield Vector(name=name, data=data, expect=expect, source=source)
    for what, data in _NOTHING.items():
        yield Vector(name=f"none/{what}", data=data, expect=PROMPT, source="no credential")
