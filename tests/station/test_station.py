"""A whole station with caged children: frames in, results out, and what happens when something goes wrong."""

import os
import select
import signal
from pathlib import Path

from tests.station.conftest import NOW
from tests.station.held import EMPTY, Start, picture
from trust_registry.build import Content, build
from verifier.protocol import Answer, Order, Part, Readiness, Trouble, Verb
from verifier.verdict import Prompt, Reason, Verdict


def _children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_a_code_that_is_no_credential_gives_a_prompt_and_then_the_same_again(start: Start) -> None:
    station = start()
    station.open_eye()
    station.hold(EMPTY)
    assert station.judged(picture(b"https://example.org/menu")) is Prompt.NOT_A_CREDENTIAL
    station.hold(picture(b"https://example.org/menu"))
    assert station.result() is Prompt.SAME_AGAIN
    assert station.judged(picture(b"https://example.org/other")) is Prompt.NOT_A_CREDENTIAL


def test_the_ring_is_wiped_once_a_symbol_was_read(start: Start) -> None:
    station = start()
    station.open_eye()
    station.judged(picture(b"one"))
    station.hold(EMPTY)
    assert station.wipes >= 1


def test_a_station_without_a_camera_is_not_ready_and_says_why(start: Start) -> None:
    station = start()
    without = station.state(lambda state: Trouble.STARTING not in state.troubles)
    assert without.readiness is Readiness.NOT_READY
    assert Trouble.NO_CAMERA in without.troubles
    assert without.generation == 7
    station.open_eye()
    assert Trouble.NO_CAMERA not in station.state(lambda state: Trouble.NO_CAMERA not in state.troubles).troubles
    station.camera.close()
    assert station.state(lambda state: Trouble.NO_CAMERA in state.troubles).readiness is Readiness.NOT_READY


def test_children_killed_at_random_are_replaced_and_nobody_passes(start: Start) -> None:
    station = start()
    station.open_eye()
    for number in range(6):
        station.hold(EMPTY)
        for child in _children(station.pid)[number % 2 :: 2]:
            os.kill(child, signal.SIGKILL)
        station.hold(picture(f"code {number}".encode()))
    station.state(lambda state: Trouble.STARTING not in state.troubles)
    results: list[Verdict | Prompt] = []
    while Prompt.NOT_A_CREDENTIAL not in results:
        results.append(station.judged(picture(b"last")))
    assert set(results) <= {Prompt.NOT_A_CREDENTIAL, Verdict(Reason.LATE)}


def test_orders_are_answered(start: Start) -> None:
    station = start()
    assert station.order(Order(Verb.POLICY, 1)).answer is Answer.DONE
    assert station.state(lambda state: state.policy == 1).training
    assert station.order(Order(Verb.POLICY, 2)).answer is Answer.UNKNOWN
    assert station.order(Order(Verb.TRAINING, 0)).answer is Answer.DONE
    assert not station.state(lambda state: not state.training).training
    assert station.order(Order(Verb.TRAINING, 1)).answer is Answer.NEEDS_HAND
    assert station.order(Order(Verb.POLICY, 0)).answer is Answer.LOCKED
    assert station.order(Order(Verb.RESTART, Part.CAMERA)).answer is Answer.UNAVAILABLE
    assert station.order(Order(Verb.RESTART, 99)).answer is Answer.UNKNOWN


def test_a_station_that_ends_leaves_no_child(start: Start) -> None:
    station = start()
    station.open_eye()
    station.judged(picture(b"one"))
    children = [os.pidfd_open(child) for child in _children(station.pid)]
    assert len(children) >= 2
    os.kill(station.pid, signal.SIGKILL)
    for child in children:
        ended, _, _ = select.select([child], [], [], 5.0)
        assert ended
        os.close(child)


def test_a_new_registry_is_taken_into_use_and_a_damaged_one_changes_nothing(start: Start, image: Path) -> None:
    station = start()
    station.open_eye()
    build(image, Content(as_of=NOW, generation=8))
    assert station.state(lambda state: state.generation == 8)
    damaged = image.with_name("damaged")
    damaged.write_bytes(image.read_bytes()[:-1])
    damaged.replace(image)
    for number in range(4):
        assert station.judged(picture(f"code {number}".encode())) is Prompt.NOT_A_CREDENTIAL
    build(image, Content(as_of=NOW, generation=9))
    assert station.state(lambda state: state.generation == 9)
