"""Scenarios: the training passes of every format, made for a day, so that a demonstration works on any.

Each is the same byte for byte whenever it is made for the same day. The people are invented; all are called Specimen.
"""

from collections.abc import Callable
from datetime import date

from trust_registry.model import Issuer, IssuerKey
from verifier.specimen.issuers import TrainingIssuer
from verifier.specimen.scenarios import (
    claim_169,
    cred,
    data_integrity,
    divoc,
    hc1,
    mdoc,
    nzcp,
    sd_jwt_vc,
    shc,
    vc_jwt,
    vds_nc,
)
from verifier.specimen.scenarios.scenario import Scenario

__all__ = ["Scenario", "issuers", "keys", "scenarios"]

_MAKERS: tuple[Callable[[date], tuple[Scenario, ...]], ...] = (
    hc1.make,
    shc.make,
    vds_nc.make,
    sd_jwt_vc.make,
    vc_jwt.make,
    data_integrity.make,
    divoc.make,
    nzcp.make,
    claim_169.make,
    mdoc.make,
    cred.make,
)
_ISSUERS: tuple[tuple[TrainingIssuer, ...], ...] = (
    hc1.ISSUERS,
    shc.ISSUERS,
    vds_nc.ISSUERS,
    sd_jwt_vc.ISSUERS,
    vc_jwt.ISSUERS,
    data_integrity.ISSUERS,
    divoc.ISSUERS,
    nzcp.ISSUERS,
    claim_169.ISSUERS,
    mdoc.ISSUERS,
    cred.ISSUERS,
)


def scenarios(today: date) -> tuple[Scenario, ...]:
    """Make every training pass for a day."""
    return tuple(scenario for make in _MAKERS for scenario in make(today))


def keys() -> tuple[IssuerKey, ...]:
    """Give the keys of the training issuers that a training registry knows, all marked as specimens."""
    return tuple(issuer.key for group in _ISSUERS for issuer in group)


def issuers() -> tuple[Issuer, ...]:
    """Give the training issuers as people name them."""
    return tuple(Issuer(name, None, "training") for name in sorted({key.issuer for key in keys()}))
