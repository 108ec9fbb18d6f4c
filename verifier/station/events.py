"""Events: all that a station's processes ever write to their standard error, and so to the journal.

An event and numbers, nothing else: a text does not type-check, so no presentation and no exception's text gets out.
"""

import os
from enum import Enum, IntEnum, StrEnum


class Event(StrEnum):
    """What happened. The codes are public."""

    STATION_STARTED = "station.started"
    STATION_ENDED = "station.ended"
    SPARE_DIED = "spare.died"
    SELF_TEST_FAILED = "self-test.failed"
    CAMERA_CONNECTED = "camera.connected"
    CAMERA_LOST = "camera.lost"
    CAMERA_REFUSED = "camera.refused"
    PART_STARTED = "part.started"
    PART_ENDED = "part.ended"
    PEER_REFUSED = "peer.refused"
    ORDER = "order"
    REGISTRY_CHANGED = "registry.changed"
    REGISTRY_REFUSED = "registry.refused"


def emit(event: Event, **values: float | Enum) -> None:
    """Write one line: the event and its numbers, `name=value`."""
    words = [event.value, *(f"{name}={_word(value)}" for name, value in values.items())]
    os.write(2, (" ".join(words) + "\n").encode())


def _word(value: float | Enum) -> str:
    if isinstance(value, IntEnum):
        return value.name.lower().replace("_", "-")
    return str(value.value) if isinstance(value, Enum) else str(value)
