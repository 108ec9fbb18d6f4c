"""The canary: made again from its recipe, known to the decision, and never anybody's PASS."""

from datetime import UTC, date

import pytest

from tests.station.conftest import NOW
from trust_registry.model import HeldTrust, Standing
from verifier import policies
from verifier.context import NOT_ASKED, Context, Mode
from verifier.decide import decide
from verifier.instant import Instant
from verifier.reading.quick import QuickReader
from verifier.specimen import hc1
from verifier.specimen.issuers import training_issuer
from verifier.station import canary
from verifier.station.trust import WithCanary
from verifier.verdict import FormatId

SHIPPED = canary.load()
ISSUED, EXPIRES = 1_767_225_600, 4_102_444_799  # 2026 to the end of the century


def test_the_shipped_canary_is_what_its_recipe_makes() -> None:
    issuer = training_issuer("canary", FormatId.HC1, "XX", standing=Standing.CANARY)
    person = hc1.Person("CANARY", "STATION", "2000-01-01", "")
    payload = hc1.cwt(
        hc1.dcc(person, v=[hc1.vaccination(date(2026, 1, 1))]), issued=ISSUED, expires=EXPIRES, country="XX"
    )
    assert SHIPPED.key == issuer.key
    assert SHIPPED.symbol == hc1.symbol(payload, issuer)


def test_its_picture_is_read_at_the_first_look() -> None:
    assert QuickReader().read(canary.draw(SHIPPED.modules), 0.0) == (SHIPPED.symbol,)


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("name", policies.names())
def test_its_verdict_is_specimen_in_every_mode_and_under_every_policy_that_reads_it(mode: Mode, name: str) -> None:
    policy = policies.load(name)
    if SHIPPED.key.format not in policy.formats:
        return
    trust = WithCanary(HeldTrust(NOW, ()), SHIPPED.key)
    now = Instant.between(NOW, NOW, UTC)
    context = Context(mode, NOT_ASKED, NOT_ASKED, NOT_ASKED, NOT_ASKED)
    assert decide(SHIPPED.symbol, trust, policy, now, context) == SHIPPED.expected
