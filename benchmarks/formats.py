"""How long one decision takes in each format, beside its aim."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from benchmarks.timing import milliseconds
from trust_registry.model import HeldTrust, IssuerKey
from verifier import policies
from verifier.context import NOT_ASKED, Challenge, Context, Mode
from verifier.decide import decide
from verifier.instant import Instant
from verifier.specimen import data_integrity, divoc, sd_jwt_vc, shc, vc_jwt, vds_nc
from verifier.specimen.hc1 import Person
from verifier.specimen.jose import compact
from verifier.verdict import Reason
from verifier.wire.json import Object

_NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
_SECONDS = int(_NOW.timestamp())
_PERSON = Person("SPECIMEN", "ANNA", "1990-05-17", "U1234567")
_AUDIENCE, _NONCE = "x509_san_dns:gate.example", "kT6qXz9wQhVw3b1n"
_CONTEXT = Context(Mode.TRAINING, NOT_ASKED, Challenge(_AUDIENCE, _NONCE), NOT_ASKED, seen_before=NOT_ASKED)

_MODULES = (shc, vds_nc, sd_jwt_vc, vc_jwt, data_integrity, divoc)
_KEYS: tuple[IssuerKey, ...] = tuple(issuer.key for module in _MODULES for issuer in module.ISSUERS)


def run() -> bool:
    """Print the figures; say whether they keep to the aims."""
    trust = HeldTrust(_SECONDS, _KEYS)
    now = Instant.between(_SECONDS, _SECONDS, UTC)
    kept = True
    print("decide one symbol of each format, median:")
    for what, data, policy_name, aim in _symbols():
        policy = policies.load(policy_name)
        verdict = decide(data, trust, policy, now, _CONTEXT)
        if verdict is None or verdict.reason is not Reason.CLAIM_MET:
            raise SystemExit(f"the benchmark's own {what} does not pass: {verdict}")
        took = milliseconds(partial(decide, data, trust, policy, now, _CONTEXT))
        print(f"  {what:34} {took:7.3f} ms; aim {aim:.2f} ms")
        kept &= took <= aim
    return kept


def _symbols() -> Iterator[tuple[str, bytes, str, float]]:
    """Give a symbol of each format, the policy that it meets, and the aim in milliseconds."""
    issued, expires = _SECONDS - 86_400, _SECONDS + 86_400
    doses = [shc.patient(_PERSON), *(shc.dose(day) for day in ("2026-01-01", "2026-02-01"))]
    yield "shc", shc.symbol(shc.sign(shc.card(doses, not_before=issued))), "authentic", 0.45
    seal = vds_nc.vaccination(_PERSON, [("XM8NQ0", "RA01.0", _NOW.date().replace(month=month)) for month in (1, 2)])
    yield "vds-nc, chain included", vds_nc.symbol(seal), "authentic", 0.5
    age = sd_jwt_vc.Disclosure(value=True, name="age_over_18")
    shown = sd_jwt_vc.present(sd_jwt_vc.issue(sd_jwt_vc.credential(issued, expires, sd_jwt_vc.hidden(age))), [age])
    yield "sd-jwt-vc", shown, "age-over-18", 0.5
    bound = sd_jwt_vc.bind(shown, _AUDIENCE, _NONCE, _SECONDS)
    yield "sd-jwt-vc, bound to its holder", bound, "age-over-18-bound", 0.9
    first = vc_jwt.issue(vc_jwt.first(vc_jwt.subject(age_over_18=True), issued, expires))
    yield "vc-jwt", first, "age-over-18", 0.3
    about: Object = {"familyName": "Specimen", "birthDate": "1990-05-17"}
    document = data_integrity.credential("2026-05-01T00:00:00Z", None, about)
    for suite, aim in (("eddsa-jcs-2022", 0.5), ("eddsa-rdfc-2022", 8.0)):
        options = data_integrity.proof(suite, data_integrity.EDWARDS)
        secured = data_integrity.secure(document, options, data_integrity.EDWARDS)
        yield suite, compact(secured), "age-over-18", aim
    signed = divoc.sign(divoc.vaccination(_PERSON, "2026-03-01"), divoc.proof())
    yield "divoc", divoc.symbol(signed), "covid-19-vaccinated", 8.0
