"""What a wallet query asks, in the terms of a policy."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_AGE_OVER = re.compile(r"age_over_([0-9]{2})")
_AGES = "age_equal_or_over"

# The name of a format in a wallet query -> ours. Source: OpenID4VP 1.0 appendix B; Presentation Exchange 2.1.
FORMATS: Mapping[str, str] = {
    **dict.fromkeys(("dc+sd-jwt", "vc+sd-jwt"), "sd-jwt-vc"),
    **dict.fromkeys(("jwt_vc", "jwt_vc_json", "jwt_vp"), "vc-jwt"),
    **dict.fromkeys(("ldp_vc", "ldp_vp"), "data-integrity"),
    "mso_mdoc": "mdoc",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A claim under any of the paths, with one of the values where there are any."""

    paths: tuple[tuple[str, ...], ...]
    values: tuple[str | int | bool, ...] = ()

    @property
    def age(self) -> int | None:
        """The age that the claim is about: whoever asks for "over 18" wants to hear yes."""
        if self.values not in ((), (True,)):
            return None
        ages = {_age(path) for path in self.paths}
        return ages.pop() if len(ages) == 1 else None


@dataclass(frozen=True, slots=True)
class Asked:
    """Alternatives, each of claims that belong together; `types`: any of them, none: any type."""

    formats: Sequence[str]
    types: Sequence[str]
    alternatives: Sequence[Sequence[Wanted]]
    bound: bool


def _age(path: tuple[str, ...]) -> int | None:
    if found := _AGE_OVER.fullmatch(path[-1]):
        return int(found[1])
    return int(path[1]) if path[0] == _AGES and len(path) == len((_AGES, "18")) and path[1].isdecimal() else None
