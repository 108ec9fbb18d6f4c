"""decide: the bytes of one presentation in, its verdict out; the one place that makes a verdict.

A pure function: no clock, file, socket, log or global is reachable from it. Each check raises `Reject` or lets the
next one run; the order is the argument for the verdict, so read it from top to bottom.
"""

from collections.abc import Sequence

from trust_registry.model import IssuerKey, KeyRef, Scope, Standing, TrustView
from verifier import foreign, holder, limits, questions, signature, status
from verifier.context import NOT_ASKED, Challenge, Context, Mode
from verifier.credential import Credential, HolderProof, Window
from verifier.formats import Format, recognise
from verifier.instant import Instant
from verifier.policy import Policy
from verifier.sealed import unseal
from verifier.truth import Truth
from verifier.verdict import FormatId, Prompt, Reason, Reject, Verdict

_DAY = 86_400.0


def decide(data: bytes, trust: TrustView, policy: Policy, now: Instant, context: Context) -> Verdict | None:
    """Judge the bytes of one presentation; `None`: not a credential. Never raises; any surprise is UNSURE."""
    name: FormatId | None = None
    try:
        fmt = recognise(data)
        if fmt is None:
            return None
        name = fmt.name
        _accepted(fmt, policy)
        doc = fmt.parse(data, context)
        verified = signature.check(doc, _keys(trust, doc.signer))
        credential = fmt.read(verified)
        _believed(verified.key, context)
        _authorised(verified.key, credential)
        _of_type(credential, policy)
        _in_time(credential.window, policy, now)
        if doc.chain:  # a certificate that came along is on no list that could withdraw it: it must be current
            _in_time(_validity(verified.key), policy, now)
        status.check(credential, trust, policy, now)
        _bound(credential, policy, context, now)
        holder.check(credential, policy, context)
        _first_use(policy, context)
        _met(credential, policy, now)
        _accepted_abroad(credential, trust, policy, now)
        _fresh(trust, policy, now)
    except Reject as reject:
        return Verdict(reject.reason, name)
    except Exception:  # noqa: BLE001 - fail closed, and say nothing of the input
        return Verdict(Reason.FAULT, name)
    return Verdict(Reason.CLAIM_MET, name)


def decide_all(
    symbols: Sequence[bytes], trust: TrustView, policy: Policy, now: Instant, context: Context
) -> Verdict | Prompt:
    """Judge everything that was held up at once: other codes are skipped, and two credentials are one too many."""
    verdicts = [decide(data, trust, policy, now, context) for data in dict.fromkeys(symbols)]
    match [verdict for verdict in verdicts if verdict is not None]:
        case []:
            return Prompt.NOT_A_CREDENTIAL
        case [verdict]:
            return verdict
        case _:
            return Prompt.TWO_CREDENTIALS


def _accepted(fmt: Format, policy: Policy) -> None:
    """Leave out the formats that the policy does not accept."""
    if fmt.name not in policy.formats:
        raise Reject(Reason.UNSUPPORTED_FORMAT)


def _keys(trust: TrustView, ref: KeyRef) -> Sequence[IssuerKey]:
    keys = trust.keys(ref)
    if not keys:
        raise Reject(Reason.UNKNOWN_ISSUER)
    return keys


def _believed(key: IssuerKey, context: Context) -> None:
    """Refuse keys that we denied, and keep training issuers out of live lanes and the canary out of all."""
    if key.standing is Standing.DENIED:
        raise Reject(Reason.DENIED)
    if key.standing is Standing.CANARY or (key.standing is Standing.SPECIMEN and context.mode is not Mode.TRAINING):
        raise Reject(Reason.SPECIMEN)


def _authorised(key: IssuerKey, credential: Credential) -> None:
    """Keep the issuer to its scope, and the key to its own time."""
    if not _within(key.scope, credential):
        raise Reject(Reason.NOT_AUTHORISED)
    issued = credential.issued_at
    if issued is not None and not (key.not_before or issued) <= issued <= (key.not_after or issued):
        raise Reject(Reason.NOT_AUTHORISED)


def _within(scope: Scope, credential: Credential) -> bool:
    """Compare what the credential states; a country that it does not state is the issuer's own."""
    return (
        (not scope.kinds or credential.kinds <= scope.kinds)
        and (not scope.countries or credential.country is None or credential.country in scope.countries)
        and (not scope.types or credential.type in scope.types)
    )


def _of_type(credential: Credential, policy: Policy) -> None:
    """Leave out the types of credential that the policy does not ask for."""
    if policy.types and credential.type not in policy.types:
        raise Reject(Reason.CLAIM_NOT_MET)


def _validity(key: IssuerKey) -> Window:
    return Window(key.not_before, key.not_after, end_included=True)


def _in_time(window: Window, policy: Policy, now: Instant) -> None:
    """Hold a window against now, widened by the policy's clock skew."""
    skew = policy.skew_seconds
    if window.not_before is not None:
        _holds(~now.is_before(window.not_before - skew), Reason.NOT_YET_VALID)
    if window.not_after is not None:
        end = window.not_after + skew
        _holds(~now.is_after(end) if window.end_included else now.is_before(end), Reason.EXPIRED)


def _holds(answer: Truth, reason: Reason) -> None:
    """Turn an answer about time into a refusal; where the clock is too unsure to tell, say that."""
    if answer is Truth.FALSE:
        raise Reject(reason)
    if answer is Truth.UNKNOWN:
        raise Reject(Reason.CLOCK_UNTRUSTED)


def _bound(credential: Credential, policy: Policy, context: Context, now: Instant) -> None:
    """Check the holder's own signature, where there is one; that it answers our challenge, where the policy asks."""
    proof, challenge = credential.proof, context.challenge
    if proof is not None:
        _holds_under_the_holders_key(proof)
    if not policy.binding:
        return
    if proof is None or not isinstance(challenge, Challenge):
        raise Reject(Reason.UNBOUND)
    if proof.audience != challenge.audience or proof.nonce != challenge.nonce:
        raise Reject(Reason.BAD_BINDING)
    if proof.made_at is not None:
        _holds(~now.is_after(proof.made_at + limits.BINDING_SECONDS), Reason.STALE_PRESENTATION)
        _holds(~now.is_before(proof.made_at - limits.BINDING_SECONDS), Reason.STALE_PRESENTATION)


def _holds_under_the_holders_key(proof: HolderProof) -> None:
    try:
        signature.check_under(proof.signed, proof.public_key, proof.algorithm)
    except Reject:
        raise Reject(Reason.BAD_BINDING) from None


def _first_use(policy: Policy, context: Context) -> None:
    """Refuse the second showing under a single-use policy; a station that did not look is at fault."""
    if not policy.single_use:
        return
    if context.seen_before is NOT_ASKED:
        raise Reject(Reason.FAULT)
    if context.seen_before:
        raise Reject(Reason.REPLAYED)


def _met(credential: Credential, policy: Policy, now: Instant) -> None:
    """Ask the policy's question."""
    answer = questions.answer(policy.question, unseal(credential.claims), now)
    if answer is Truth.FALSE:
        raise Reject(Reason.CLAIM_NOT_MET)
    if answer is Truth.UNKNOWN:
        raise Reject(Reason.CLAIM_UNDETERMINED)


def _accepted_abroad(credential: Credential, trust: TrustView, policy: Policy, now: Instant) -> None:
    """Ask the rules of others, where the policy has some."""
    if policy.foreign is not None:
        answer = foreign.answer(policy.foreign, credential, trust, now)
        if answer is not Truth.TRUE:
            raise Reject(Reason.CLAIM_NOT_MET if answer is Truth.FALSE else Reason.CLAIM_UNDETERMINED)


def _fresh(trust: TrustView, policy: Policy, now: Instant) -> None:
    """Believe no PASS of a registry older than the policy allows. Last, because it can only turn a PASS to UNSURE."""
    if now.is_after(trust.as_of + policy.registry_days * _DAY) is not Truth.FALSE:
        raise Reject(Reason.STALE_REGISTRY)
