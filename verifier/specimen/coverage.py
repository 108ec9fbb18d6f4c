"""Which policies pass which formats, each cell proven by a training pass that is judged to make the table."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date

from trust_registry.model import HeldTrust
from verifier import policies
from verifier.context import NOT_ASKED, Context, Mode
from verifier.decide import decide
from verifier.instant import Instant
from verifier.policy import Policy
from verifier.specimen.scenarios import Scenario, keys, scenarios
from verifier.specimen.scenarios.scenario import seconds
from verifier.verdict import FormatId, Outcome

_DAY = date(2026, 11, 24)
_NOT_ACCEPTED, _NEVER = "not accepted", "no specimen passes"


def table() -> str:
    """Make the table in Markdown: for each policy and format the first training pass that passes."""
    made = scenarios(_DAY)
    formats = list(dict.fromkeys(scenario.format for scenario in made))
    return "\n".join(_rows(made, formats)) + "\n"


def _rows(made: Sequence[Scenario], formats: Sequence[FormatId]) -> Iterator[str]:
    yield f"| Policy | {' | '.join(f'`{fmt}`' for fmt in formats)} |"
    yield f"|---|{'---|' * len(formats)}"
    for name in policies.names():
        policy = policies.load(name)
        yield f"| `{name}` | {' | '.join(_cell(policy, fmt, made) for fmt in formats)} |"


def _cell(policy: Policy, fmt: FormatId, made: Sequence[Scenario]) -> str:
    if fmt not in policy.formats:
        return _NOT_ACCEPTED
    apt = sorted((one for one in made if one.format is fmt), key=lambda one: one.policy != policy.name)
    passing = (scenario.name for scenario in apt if _passes(scenario, policy))
    return next((f"`{name}`" for name in passing), _NEVER)


def _passes(scenario: Scenario, policy: Policy) -> bool:
    """Judge at noon, so that no cell hangs on midnight."""
    now = seconds(_DAY, 12)
    context = Context(Mode.TRAINING, NOT_ASKED, NOT_ASKED, NOT_ASKED, seen_before=False)
    verdict = decide(scenario.symbol, HeldTrust(now, keys()), policy, Instant.between(now, now, UTC), context)
    return verdict is not None and verdict.outcome is Outcome.PASS
