"""Events: numbers and enums only, one line each, and every one of them documented."""

from pathlib import Path

import pytest

from verifier.protocol import Part
from verifier.station.events import Event, emit
from verifier.verdict import Reason

PAGE = (Path(__file__).parents[2] / "docs/reference/events.md").read_text("utf-8")


@pytest.mark.parametrize("event", Event)
def test_the_page_explains_every_event(event: Event) -> None:
    assert f"| `{event.value}` |" in PAGE


def test_an_event_is_one_line_of_code_and_numbers(capfd: pytest.CaptureFixture[str]) -> None:
    emit(Event.PART_ENDED, part=Part.CAMERA, status=69, reason=Reason.LATE)
    assert capfd.readouterr().err == "part.ended part=camera status=69 reason=station.late\n"
