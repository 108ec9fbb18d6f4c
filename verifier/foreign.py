"""Rules of others: whether the country that is entered accepts the certificate, by rules that the registry holds."""

from collections.abc import Mapping
from datetime import UTC, datetime

from trust_registry.model import TrustView
from verifier.certlogic import RuleError, rules
from verifier.credential import Credential
from verifier.instant import Instant
from verifier.policy import ForeignRules
from verifier.sealed import unseal
from verifier.truth import Truth
from verifier.verdict import Reason, Reject
from verifier.wire import cbor
from verifier.wire.json import Json, Object


def answer(foreign: ForeignRules, credential: Credential, trust: TrustView, now: Instant) -> Truth:
    """Ask the rules in force; unknown for a credential of another kind than the rules speak of.

    Raises `Reject(POLICY_UNAVAILABLE)` where the registry does not hold the rules or the codes, or cannot use them.
    """
    held, codes = trust.resource(foreign.rules), trust.resource(foreign.value_sets)
    if held is None or codes is None:
        raise Reject(Reason.POLICY_UNAVAILABLE)
    try:
        asked, value_sets = rules.read(held), rules.read_value_sets(codes)
    except RuleError:
        raise Reject(Reason.POLICY_UNAVAILABLE) from None
    if credential.document is None:
        return Truth.UNKNOWN
    external: Mapping[str, Json] = {
        "valueSets": value_sets,
        "countryCode": foreign.country,
        "issuerCountryCode": credential.country,
        "iat": _written(credential.issued_at),
        "exp": _written(credential.window.not_after),
    }
    return rules.answer(asked, _document(unseal(credential.document)), external, now)


def _written(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


def _document(content: cbor.Map) -> Object:
    """Give the content as JSON, which the rules speak of; what JSON cannot say is null."""
    return {key: _plain(value) for key, value in content.items() if isinstance(key, str)}


def _plain(value: cbor.Value) -> Json:
    match value:
        case dict():
            return _document(value)
        case list():
            return [_plain(item) for item in value]
        case str() | int() | float():
            return value
        case _:
            return None
