"""Passkeys: signing in by a key that never leaves its device, without a network.

Source: W3C Web Authentication Level 2.
"""

import json
import secrets
from collections.abc import Callable

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import AuthenticatorSelectionCriteria, ResidentKeyRequirement, UserVerificationRequirement

from verifier.console.access import PEOPLE
from verifier.console.keep import Entry, Keep

CHALLENGE_SECONDS = 120.0
CHALLENGES = 64  # open at a time; the oldest makes room

Clock = Callable[[], float]


class Refused(Exception):  # noqa: N818 (it is a refusal, not an error of ours)
    """A sign-in or an enrolment did not hold. Says nothing of why."""


class Passkeys:
    """Adds passkeys and knows them again.

    `host` is the name under which a browser asks, `origin` the beginning of every address it asks for.
    """

    def __init__(self, keep: Keep, now: Clock, wall: Clock) -> None:
        self._keep, self._now, self._wall = keep, now, wall
        self._challenges: dict[bytes, float] = {}

    def invite(self, secret: str, host: str) -> str:
        """Give a browser what it needs to make a passkey. Raises `Refused` without an invitation."""
        invited = self._keep.invitations.get(secret.encode(), self._wall())
        if invited is None or invited.role not in PEOPLE:
            raise Refused
        options = generate_registration_options(
            rp_id=host,
            rp_name="Credential Gate",
            user_name=invited.name,
            challenge=self._challenge(),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
            ),
        )
        return options_to_json(options)

    def enrol(self, secret: str, answer: str, host: str, origin: str) -> Entry:
        """Keep the passkey that a browser has made, and use the invitation up. Raises `Refused`."""
        try:
            made = verify_registration_response(
                credential=answer,
                expected_challenge=self._spend(answer),
                expected_rp_id=host,
                expected_origin=origin,
                require_user_verification=True,
            )
        except (WebAuthnException, ValueError, KeyError, TypeError):
            raise Refused from None
        invited = self._keep.invitations.take(secret.encode(), self._wall())
        if invited is None or invited.role not in PEOPLE:
            raise Refused
        entry = Entry(invited.role, invited.name, 0, made.credential_public_key.hex(), made.sign_count)
        self._keep.passkeys.put(made.credential_id, entry)
        return entry

    def challenge(self, host: str) -> str:
        """Give a browser what it needs to sign in."""
        options = generate_authentication_options(
            rp_id=host, challenge=self._challenge(), user_verification=UserVerificationRequirement.REQUIRED
        )
        return options_to_json(options)

    def check(self, answer: str, host: str, origin: str) -> Entry:
        """Say who signs in. Raises `Refused`."""
        try:
            passkey = base64url_to_bytes(json.loads(answer)["rawId"])
            known = self._keep.passkeys.get(passkey, self._wall())
            if known is None:
                raise Refused
            used = verify_authentication_response(
                credential=answer,
                expected_challenge=self._spend(answer),
                expected_rp_id=host,
                expected_origin=origin,
                credential_public_key=bytes.fromhex(known.public_key),
                credential_current_sign_count=known.uses,
                require_user_verification=True,
            )
        except (WebAuthnException, ValueError, KeyError, TypeError):
            raise Refused from None
        entry = Entry(known.role, known.name, known.until, known.public_key, used.new_sign_count)
        self._keep.passkeys.put(passkey, entry)
        return entry

    def _challenge(self) -> bytes:
        if len(self._challenges) >= CHALLENGES:
            del self._challenges[next(iter(self._challenges))]
        challenge = secrets.token_bytes(32)
        self._challenges[challenge] = self._now()
        return challenge

    def _spend(self, answer: str) -> bytes:
        """Take the challenge that an answer names, once; whether it was signed is checked by the caller."""
        told = json.loads(base64url_to_bytes(json.loads(answer)["response"]["clientDataJSON"]))
        challenge = base64url_to_bytes(told["challenge"])
        given = self._challenges.pop(challenge, None)
        if given is None or self._now() - given > CHALLENGE_SECONDS:
            raise Refused
        return challenge
