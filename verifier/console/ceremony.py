"""The two ceremonies of passkeys: making one and using one. Source: W3C Web Authentication Level 2, 7.1 and 7.2.

Nothing imports this at its start: what it stands on takes 14 MB, and most stations sign somebody in once a month.
"""

from dataclasses import dataclass

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import AuthenticatorSelectionCriteria, ResidentKeyRequirement, UserVerificationRequirement

# what the checks raise for an answer that no browser of ours gave
BROKEN = (WebAuthnException, ValueError, KeyError, TypeError)


@dataclass(frozen=True, slots=True)
class Made:
    """A new passkey: its id, its COSE key, and its own count of uses."""

    passkey: bytes
    public_key: bytes
    uses: int


def ask_to_make(host: str, name: str, challenge: bytes) -> str:
    """Write what a browser needs to make a passkey, as JSON."""
    selection = AuthenticatorSelectionCriteria(
        resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
    )
    options = generate_registration_options(
        rp_id=host,
        rp_name="Credential Gate",
        user_name=name,
        challenge=challenge,
        authenticator_selection=selection,
    )
    return options_to_json(options)


def made(answer: str, challenge: bytes, host: str, origin: str) -> Made | None:
    """Check what a browser has made; `None` where it does not hold."""
    try:
        found = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=host,
            expected_origin=origin,
            require_user_verification=True,
        )
    except BROKEN:
        return None
    return Made(found.credential_id, found.credential_public_key, found.sign_count)


def ask_to_use(host: str, challenge: bytes) -> str:
    """Write what a browser needs to sign in, as JSON."""
    options = generate_authentication_options(
        rp_id=host, challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    return options_to_json(options)


def used(answer: str, challenge: bytes, known: Made, host: str, origin: str) -> int | None:
    """Check that a known passkey was used, and give its new count of uses; `None` where it does not hold."""
    try:
        found = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=host,
            expected_origin=origin,
            credential_public_key=known.public_key,
            credential_current_sign_count=known.uses,
            require_user_verification=True,
        )
    except BROKEN:
        return None
    return found.new_sign_count
