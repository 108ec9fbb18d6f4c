"""A station in training, with whatever keys a test gives it."""

from datetime import UTC, datetime

from trust_registry.model import HeldTrust
from verifier import policies
from verifier.context import NOT_ASKED, Challenge, Context, Mode, NotAsked
from verifier.credential import Credential
from verifier.decide import decide
from verifier.formats import Format
from verifier.instant import Instant
from verifier.signature import check
from verifier.specimen.issuers import TrainingIssuer
from verifier.verdict import Reason

NOW = datetime(2026, 11, 1, tzinfo=UTC).timestamp()


def training(challenge: Challenge | NotAsked = NOT_ASKED) -> Context:
    """Make the context of a station that judges specimens."""
    return Context(Mode.TRAINING, NOT_ASKED, challenge, NOT_ASKED, NOT_ASKED)


def judge(data: bytes, issuers: tuple[TrainingIssuer, ...], policy: str = "authentic", now: float = NOW) -> Reason:
    """Give the reason of the verdict; there must be one."""
    trust = HeldTrust(now, tuple(issuer.key for issuer in issuers))
    verdict = decide(data, trust, policies.load(policy), Instant.between(now, now, UTC), training())
    if verdict is None:
        raise AssertionError
    return verdict.reason


def read(fmt: Format, data: bytes, issuers: tuple[TrainingIssuer, ...]) -> Credential:
    """Give what a verified presentation says."""
    doc = fmt.parse(data, training())
    return fmt.read(check(doc, HeldTrust(NOW, tuple(issuer.key for issuer in issuers)).keys(doc.signer)))
