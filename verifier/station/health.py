"""Health: what is wrong with the station, out of what its parts report."""

from verifier.protocol import STOPS, ClockQuality, Readiness, Trouble
from verifier.station import kernel

SILENT_SECONDS = 2.0


class Health:
    """Remembers the last self-test, and weighs everything else as it is told."""

    def __init__(self) -> None:
        self._tested: bool | None = None

    def tested(self, passed: bool) -> None:  # noqa: FBT001 - the answer
        """Remember how the self-test ended."""
        self._tested = passed

    def troubles(
        self, *, camera: bool, waited: float, registry_age_days: float, clock: ClockQuality, lamp: bool
    ) -> frozenset[Trouble]:
        """Name everything that is wrong. `registry_age_days` counts from the policy's limit."""
        found = {
            Trouble.STARTING: self._tested is None,
            Trouble.SELF_TEST_FAILED: self._tested is False,
            Trouble.NO_CAMERA: not camera,
            Trouble.CAMERA_SILENT: waited > SILENT_SECONDS,
            Trouble.REGISTRY_OLD: registry_age_days > 0,
            Trouble.CLOCK_UNSURE: clock is ClockQuality.FLOOR_ONLY,
            Trouble.NO_LAMP: not lamp,
            Trouble.NO_LANDLOCK: kernel.landlock_abi() == 0,
        }
        return frozenset(trouble for trouble, holds in found.items() if holds)

    @staticmethod
    def readiness(troubles: frozenset[Trouble]) -> Readiness:
        """Weigh the troubles."""
        if troubles & STOPS:
            return Readiness.NOT_READY
        return Readiness.DEGRADED if troubles else Readiness.READY
