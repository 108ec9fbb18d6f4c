"""Health: what is wrong with the station, out of what its parts report."""

from pathlib import Path

from verifier.protocol import STOPS, ClockQuality, Readiness, Trouble
from verifier.station import kernel

SILENT_SECONDS = 2.0
HOT_MILLIDEGREES = 80_000  # a Raspberry Pi slows down from here on
_THERMOMETER = Path("/sys/class/thermal/thermal_zone0/temp")


class Health:
    """Remembers the last self-test, and weighs everything else as it is told."""

    def __init__(self) -> None:
        self._tested: bool | None = None

    def tested(self, passed: bool) -> None:  # noqa: FBT001 - the answer
        """Remember how the self-test ended."""
        self._tested = passed

    def troubles(
        self,
        *,
        camera: bool,
        waited: float,
        registry_age_days: float,
        clock: ClockQuality,
        children_fail: bool,
        lamp: bool,
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
            Trouble.CHILDREN_FAIL: children_fail,
            Trouble.HOT: _millidegrees() > HOT_MILLIDEGREES,
        }
        return frozenset(trouble for trouble, holds in found.items() if holds)

    @staticmethod
    def readiness(troubles: frozenset[Trouble]) -> Readiness:
        """Weigh the troubles."""
        if troubles & STOPS:
            return Readiness.NOT_READY
        return Readiness.DEGRADED if troubles else Readiness.READY


def _millidegrees() -> int:
    """Read the processor's temperature; 0 where there is no thermometer."""
    try:
        return int(_THERMOMETER.read_text("ascii"))
    except (OSError, ValueError):
        return 0
