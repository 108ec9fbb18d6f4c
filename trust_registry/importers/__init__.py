"""Importers: one module for each kind of trusted list, bytes in, keys or a named refusal out."""

from trust_registry.importers import (
    bare,
    dcc_certificates,
    dcc_cwa,
    dcc_keys,
    did_web,
    etsi,
    folder,
    gdhcn,
    icao,
    jwt_issuer,
    pathcheck,
    shc,
    tng,
    vical,
)
from trust_registry.importers.source import Importer

# The first that recognises a file reads it, so the particular come before the general.
ALL: tuple[Importer, ...] = (
    folder,
    tng,
    gdhcn,
    jwt_issuer,
    did_web,
    shc,
    pathcheck,
    dcc_certificates,
    dcc_cwa,
    dcc_keys,
    icao,
    vical,
    etsi,
    bare,
)
