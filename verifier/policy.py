"""Policy: the one claim a station asks for, how strictly, and what staff do for each reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from verifier.questions import Question
from verifier.verdict import Action, FormatId, Reason

__all__ = ["Action", "ForeignRules", "HolderCheck", "Policy"]


class HolderCheck(Enum):
    """How the station learns that the credential is about the person in front of it."""

    NONE = "none"  # a person compares with the ID
    MRZ = "mrz"  # the machine-readable lines of the holder's document are compared


@dataclass(frozen=True, slots=True)
class ForeignRules:
    """Rules of others that must accept too, by the names under which the registry holds them.

    `rules` is a set of CertLogic rules, `value_sets` the codes that they speak of, `country` the one that is entered
    (ISO 3166-1 alpha-2).
    """

    rules: str
    value_sets: str
    country: str


@dataclass(frozen=True, slots=True)
class Policy:
    """One claim, asked in one sentence.

    `formats` are those accepted; a credential of any other is `format.unsupported`. `registry_days` is the age beyond
    which a registry decides nothing. `status_required`: a list that is referred to and missing is
    `status.unavailable`. `binding` asks for a holder's proof. `source` is where the rule comes from.
    `types` are the credential types accepted (vct, docType or type), byte for byte; none: any.
    `foreign` are rules of others that must accept beside, `None` where there are none.
    """

    name: str
    version: str
    asks: str
    source: str
    question: Question
    formats: frozenset[FormatId]
    actions: Mapping[Reason, Action]
    skew_seconds: int
    registry_days: int
    holder: HolderCheck
    binding: bool
    single_use: bool
    status_required: bool
    foreign: ForeignRules | None = None
    types: frozenset[str] = frozenset()
