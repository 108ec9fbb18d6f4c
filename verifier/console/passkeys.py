"""Passkeys: signing in by a key that never leaves its device, without a network. Each challenge is good once."""

import base64
import json
import secrets
from collections.abc import Callable
from dataclasses import replace

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
        from verifier.console import ceremony  # noqa: PLC0415 - see there

        invited = self._keep.invitations.get(secret.encode(), self._wall())
        if invited is None or invited.role not in PEOPLE:
            raise Refused
        return ceremony.ask_to_make(host, invited.name, self._challenge())

    def enrol(self, secret: str, answer: str, host: str, origin: str) -> Entry:
        """Keep the passkey that a browser has made, and use the invitation up. Raises `Refused`."""
        from verifier.console import ceremony  # noqa: PLC0415 - see there

        made = ceremony.made(answer, self._spend(answer), host, origin)
        invited = self._keep.invitations.take(secret.encode(), self._wall()) if made else None
        if made is None or invited is None or invited.role not in PEOPLE:
            raise Refused
        entry = Entry(invited.role, invited.name, 0, made.public_key.hex(), made.uses)
        self._keep.passkeys.put(made.passkey, entry)
        return entry

    def challenge(self, host: str) -> str:
        """Give a browser what it needs to sign in."""
        from verifier.console import ceremony  # noqa: PLC0415 - see there

        return ceremony.ask_to_use(host, self._challenge())

    def check(self, answer: str, host: str, origin: str) -> Entry:
        """Say who signs in. Raises `Refused`."""
        from verifier.console import ceremony  # noqa: PLC0415 - see there

        passkey, challenge = _bytes(answer, "rawId"), self._spend(answer)
        known = self._keep.passkeys.get(passkey, self._wall())
        if known is None:
            raise Refused
        kept = ceremony.Made(passkey, bytes.fromhex(known.public_key), known.uses)
        uses = ceremony.used(answer, challenge, kept, host, origin)
        if uses is None:
            raise Refused
        self._keep.passkeys.put(passkey, replace(known, uses=uses))
        return known

    def _challenge(self) -> bytes:
        if len(self._challenges) >= CHALLENGES:
            del self._challenges[next(iter(self._challenges))]
        challenge = secrets.token_bytes(32)
        self._challenges[challenge] = self._now()
        return challenge

    def _spend(self, answer: str) -> bytes:
        """Take the challenge that an answer names, once; whether it was signed is checked by the ceremony."""
        challenge = _bytes(_bytes(answer, "response", "clientDataJSON"), "challenge")
        given = self._challenges.pop(challenge, None)
        if given is None or self._now() - given > CHALLENGE_SECONDS:
            raise Refused
        return challenge


def _bytes(text: str | bytes, *path: str) -> bytes:
    """Read base64url out of JSON. Raises `Refused`."""
    try:
        value = json.loads(text)
        for name in path:
            value = value[name]
        return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refused from None
