"""Every credential format that a judge knows: one module each, in one list.

A format says what is its own (`recognise`), takes it apart (`parse`), and reads what a verified body says (`read`).
Adding one is a module, its line in `FORMATS`, and its vectors.
"""

from typing import Protocol

from verifier.context import Context
from verifier.credential import Credential
from verifier.formats import (
    claim_169,
    cred,
    data_integrity,
    divoc,
    families,
    hc1,
    mdoc,
    nzcp,
    sd_jwt_vc,
    shc,
    vc_jwt,
    vds_nc,
)
from verifier.presentation import Unverified, Verified
from verifier.verdict import FormatId


class Format(Protocol):
    """What every format exports."""

    @property
    def name(self) -> FormatId:
        """The name under which policies and the registry know it."""

    def recognise(self, data: bytes, /) -> bool:
        """Say whether this is mine, by prefix or a bounded look. Never raises; exactly one format says yes."""

    def parse(self, data: bytes, context: Context, /) -> Unverified:
        """Take apart every byte, or raise `Reject`. The context may be part of what is signed."""

    def read(self, doc: Verified, /) -> Credential:
        """Read the window, the status references and the claims out of a verified body, or raise `Reject`."""


FORMATS: tuple[Format, ...] = (
    hc1,
    shc,
    vds_nc,
    divoc,
    sd_jwt_vc,
    vc_jwt,
    data_integrity,
    nzcp,
    cred,
    claim_169,
    mdoc,
    *families.FAMILIES,
)


def recognise(data: bytes) -> Format | None:
    """Find the format that claims the bytes; `None`: not a credential."""
    return next((fmt for fmt in FORMATS if fmt.recognise(data)), None)
