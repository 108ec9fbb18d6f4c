"""The lamp process: it shows what the station says, goes back to rest by itself, and never keeps an old green."""

import time

from verifier.devices.lamp import Lamp
from verifier.protocol import Hello, Part, Shown, State, Stop
from verifier.station.link import Gone, Link
from verifier.verdict import Outcome, Prompt, Verdict

LOST_SECONDS = 3.0  # the station says something every second
PASS_SECONDS, OTHER_SECONDS = 2.0, 6.0


def run(lamp: Lamp, link: Link) -> None:
    """Show until the station says stop or goes."""
    link.wait(LOST_SECONDS)
    link.send(Hello(Part.LAMP))
    holds_until = 0.0
    try:
        while True:
            match link.receive():
                case Shown(result=Prompt.SAME_AGAIN):
                    pass  # the code is still held up
                case Shown() as shown:
                    lamp.show(shown)
                    holds_until = time.monotonic() + _hold(shown)
                case State() as state if time.monotonic() >= holds_until:
                    lamp.rest(state)
                case Stop():
                    return
    except Gone:
        lamp.lost()
    finally:
        lamp.close()


def _hold(shown: Shown) -> float:
    passed = isinstance(shown.result, Verdict) and shown.result.outcome is Outcome.PASS
    return PASS_SECONDS if passed else OTHER_SECONDS
