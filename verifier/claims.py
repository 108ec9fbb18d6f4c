"""Claims: the statements that every format normalises to. What a policy asks of them is in `questions`."""

from dataclasses import dataclass

from verifier.instant import Days
from verifier.truth import Truth


@dataclass(frozen=True, slots=True)
class Vaccination:
    """A dose that was given. `disease` is a name of `catalogues`, `None` where the credential does not say it to us.

    `product` is the identifier in its register as `catalogues/products.json` writes it: ICVP product ids, EU and ICD-11
    codes as they are, CVX codes as `cvx:208`; `None` where the credential names none. `dose` and `doses_in_series` are
    the issuer's own numbers, `None` where it gives none.
    """

    disease: str | None
    product: str | None
    given: Days
    dose: int | None = None
    doses_in_series: int | None = None


@dataclass(frozen=True, slots=True)
class Test:
    """A test result. `taken` is the earliest and the latest moment of sampling, in seconds since 1970 UTC."""

    disease: str | None
    detected: Truth
    molecular: Truth  # a nucleic acid amplification test, as against an antigen test
    taken: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Recovery:
    """A recovery from a disease, counted from the first positive test."""

    disease: str | None
    first_positive: Days


@dataclass(frozen=True, slots=True)
class Birth:
    """The birth date, or the days that a partial one may mean."""

    born: Days


@dataclass(frozen=True, slots=True)
class AgeOver:
    """The issuer's word that the holder is, or is not, at least so many years old."""

    years: int
    holds: bool


@dataclass(frozen=True, slots=True)
class Attribute:
    """Any other statement, by its path in the credential."""

    path: tuple[str, ...]
    value: str | int | bool


Claim = Vaccination | Test | Recovery | Birth | AgeOver | Attribute
