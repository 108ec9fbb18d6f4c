"""The zygote: the one long-lived process between camera, children, lamp and console. It never holds a presentation.

Single-threaded. It imports and tries everything that children need, freezes its heap, and then only moves messages.
"""

import gc
import os
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from trust_registry.image import RegistryError
from verifier.context import Mode
from verifier.policy import Policy
from verifier.protocol import Answer, Order, Part, Reply, Shown, State, Verb
from verifier.station import canary, kernel
from verifier.station.audience import Audience
from verifier.station.canary import Canary, SelfTest
from verifier.station.clock import Clock
from verifier.station.events import Event, emit
from verifier.station.eye import Eye
from verifier.station.health import Health
from verifier.station.judge import Bench
from verifier.station.lane import Lane, Result
from verifier.station.link import Link, Listener
from verifier.station.loop import Loop
from verifier.station.rehearsal import Script, consult, rehearse
from verifier.station.spares import Recipe, Spares
from verifier.station.tally import Counter
from verifier.station.trust import ImageSource
from verifier.verdict import Verdict

REFRESH_SECONDS = 60.0  # no spare waits longer: what it knew of the world when it was forked is a minute old at most
BEAT_SECONDS = 1.0
LOCK_SECONDS = 300.0  # a lane whose policy changes twice in five minutes is being played with
SOCKETS = ("camera.sock", "lamp.sock", "console.sock")


@dataclass(frozen=True, slots=True)
class Setup:
    """What a station is started with, checked before anything runs."""

    runtime: Path
    policies: tuple[Policy, ...]
    registry: ImageSource
    zone: tzinfo
    uncertainty_seconds: float
    canary: Canary
    script: Script
    training: bool


class Station:
    """Wires the parts together, and answers for their state."""

    def __init__(self, setup: Setup) -> None:
        self._setup, self._registry = setup, setup.registry
        self._policy, self._training, self._locked_until = 0, setup.training, 0.0
        self._loop = Loop()
        self._clock = Clock(setup.uncertainty_seconds, floor=setup.registry.as_of)
        self._counter = Counter(time.time())
        self._health = Health()
        camera, lamp, console = (Listener(setup.runtime / name) for name in SOCKETS)
        drawn = canary.draw(setup.canary.modules)
        rehearse(setup.script, setup.policies, drawn, setup.zone)
        consult(setup.registry, setup.canary.key)
        self._picture = canary.hold(drawn)
        self._spares = Spares(self._loop, self._on_spare)
        self._eye = Eye(self._loop, camera, self)
        self._lane = Lane(self._loop, self._spares, self._clock, self._eye, self._on_result)
        self._audience = Audience(self._loop, self._on_joined)
        self._audience.open(lamp)
        self._audience.open(console, self._obey)

    def run(self) -> None:
        """Work until SIGTERM or SIGINT."""
        kernel.hide()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: self._loop.stop())
        gc.collect()
        gc.freeze()
        emit(Event.STATION_STARTED, landlock=kernel.landlock_abi(), training=int(self._training))
        self._renew()
        self._loop.after(REFRESH_SECONDS, "refresh", self._refresh)
        self._loop.every(BEAT_SECONDS, "beat", self._beat)
        SelfTest(self._loop, self._spares, self._clock, self._setup.canary.expected, self._on_self_test)
        self._loop.run()
        self._eye.wipe()
        self._registry.close()
        emit(Event.STATION_ENDED)

    @property
    def _asked(self) -> Policy:
        return self._setup.policies[self._policy]

    def camera_changed(self) -> None:
        """Take the camera's new ring, or none, into use."""
        self._renew()

    def frame(self, slot: int, /) -> None:
        """Pass a frame's slot on."""
        self._lane.frame(slot)

    def _renew(self) -> None:
        """Make new spares, and let go of the set at work: it was made from what may have changed."""
        self._lane.stop()
        mode = Mode.TRAINING if self._training else Mode.LIVE
        bench = Bench(self._asked, mode, self._setup.zone, self._setup.canary.key.format)
        self._spares.use(Recipe(self._eye.mapped, self._picture, self._setup.canary.key, bench, self._registry))

    def _refresh(self) -> None:
        """Make new spares now and then, but not between a code and its verdict."""
        if not self._lane.judging:
            self._renew()
        self._loop.after(BEAT_SECONDS if self._lane.judging else REFRESH_SECONDS, "refresh", self._refresh)

    def _on_spare(self) -> None:
        if self._eye.mapped is not None:
            self._lane.start()

    def _on_result(self, result: Result) -> None:
        found = result.result
        action = self._asked.actions[found.reason] if isinstance(found, Verdict) else None
        self._audience.show(Shown(found, action))
        self._counter.count(found, result.reading, result.judging)
        if self._training:
            self._audience.show(self._counter.live())

    def _on_self_test(self, passed: bool) -> None:  # noqa: FBT001 - the answer
        self._health.tested(passed)
        if passed:
            _feed_watchdog()
        else:
            emit(Event.SELF_TEST_FAILED)
        self._show_state()

    def _beat(self) -> None:
        if self._counter.close(time.time()):
            self._spares.deaths = 0
            self._audience.show(self._counter.live() if self._training else self._counter.full)
        if self._clock.stepped():
            self._renew()
        if self._registry.changed():
            self._replace_registry()
        self._show_state()

    def _replace_registry(self) -> None:
        """Take a new image into use; a bad one changes nothing."""
        try:
            found = ImageSource(self._registry.path, self._setup.runtime)
        except RegistryError:
            emit(Event.REGISTRY_REFUSED)
            return
        before, self._registry = self._registry, found
        self._clock.floor = max(self._clock.floor, found.as_of)
        emit(Event.REGISTRY_CHANGED, generation=found.generation)
        self._renew()
        before.close()

    def _state(self) -> State:
        troubles = self._health.troubles(
            camera=self._eye.mapped is not None,
            waited=self._lane.waited,
            registry_age_days=(time.time() - self._registry.as_of) / 86_400 - self._asked.registry_days,
            clock=self._clock.quality,
            children_fail=self._spares.deaths > 0,
            lamp=self._audience.has(Part.LAMP) or self._audience.has(Part.CONSOLE),
        )
        return State(
            self._health.readiness(troubles),
            troubles,
            self._training,
            self._policy,
            self._registry.generation,
            self._registry.as_of,
            self._clock.quality,
            self._clock.uncertainty,
            kernel.landlock_abi(),
        )

    def _show_state(self) -> None:
        self._audience.show(self._state())

    def _on_joined(self, link: Link) -> None:
        link.send(self._state())
        link.send(self._counter.live() if self._training else self._counter.full)

    def _obey(self, order: Order) -> Reply:
        answer = _ORDERS[order.verb](self, order.argument)
        emit(Event.ORDER, verb=order.verb, answer=answer)
        return Reply(order.verb, answer)

    def _set_policy(self, index: int) -> Answer:
        if index >= len(self._setup.policies):
            return Answer.UNKNOWN
        if time.monotonic() < self._locked_until and not self._training:
            return Answer.LOCKED
        self._policy, self._locked_until = index, time.monotonic() + LOCK_SECONDS
        self._renew()
        self._show_state()
        return Answer.DONE

    def _set_training(self, on: int) -> Answer:
        """End training at once; start it never from afar: that takes a hand on the box."""
        if on and not self._training:
            return Answer.NEEDS_HAND
        if not on and self._training:
            self._training, self._counter = False, Counter(time.time())
            self._renew()
            self._show_state()
        return Answer.DONE

    def _restart(self, which: int) -> Answer:
        if which == Part.STATION:
            self._loop.stop()
            return Answer.DONE
        if which == Part.CAMERA:
            return Answer.DONE if self._eye.stop() else Answer.UNAVAILABLE
        if which in (Part.LAMP, Part.CONSOLE):
            return Answer.DONE if self._audience.stop(Part(which)) else Answer.UNAVAILABLE
        return Answer.UNKNOWN

    def _cannot(self, _argument: int) -> Answer:
        return Answer.UNAVAILABLE


_ORDERS: dict[Verb, Callable[[Station, int], Answer]] = {
    Verb.POLICY: Station._set_policy,  # noqa: SLF001 - a table of this class's own methods
    Verb.TRAINING: Station._set_training,  # noqa: SLF001 - as above
    Verb.RESTART: Station._restart,  # noqa: SLF001 - as above
    Verb.SYNC: Station._cannot,  # noqa: SLF001 - as above
    Verb.IMPORT_USB: Station._cannot,  # noqa: SLF001 - as above
}


def _feed_watchdog() -> None:
    """Tell systemd that the real path works. Source: sd_notify(3)."""
    address = os.environ.get("NOTIFY_SOCKET")
    if address:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.connect("\0" + address[1:] if address.startswith("@") else address)
            notify.send(b"READY=1\nWATCHDOG=1")
