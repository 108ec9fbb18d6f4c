"""The makers of our vectors, one module for each format; each exports `vectors()`, and the `KEYS` and `LISTS` it needs."""

from collections.abc import Iterator
from types import ModuleType

from tests.makers import (
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
    status,
    tickets,
    vc_jwt,
    vds_nc,
    wallets,
)
from tests.vectors import Vector
from trust_registry.model import IssuerKey, StatusList

MAKERS: tuple[ModuleType, ...] = (
    hc1,
    shc,
    sd_jwt_vc,
    vc_jwt,
    tickets,
    status,
    wallets,
    vds_nc,
    data_integrity,
    divoc,
    nzcp,
    cred,
    claim_169,
    mdoc,
    families,
)

KEYS: tuple[IssuerKey, ...] = tuple(key for maker in MAKERS for key in maker.KEYS)
LISTS: tuple[StatusList, ...] = tuple(held for maker in MAKERS for held in maker.LISTS)


def vectors() -> Iterator[Vector]:
    """Make every vector."""
    for maker in MAKERS:
        yield from maker.vectors()
