"""The board gives the newest and nothing old."""

import asyncio
import time
from collections.abc import Coroutine
from dataclasses import replace
from typing import TypeVar

import pytest

from tests.console.station import READY, tally
from verifier.console.board import LISTENERS, SHOWN_SECONDS, Board, Full, Lost
from verifier.protocol import Answer, Reply, Shown, Verb
from verifier.verdict import Action, Reason, Verdict

T = TypeVar("T")

PASSED = Shown(Verdict(Reason.CLAIM_MET), Action.ADMIT)
FAILED = Shown(Verdict(Reason.EXPIRED), Action.ASK_FOR_ANOTHER)


def run(work: Coroutine[None, None, T]) -> T:
    async def bounded() -> T:
        async with asyncio.timeout(5):
            return await work

    return asyncio.run(bounded())


def test_a_listener_begins_with_the_state_and_never_with_an_old_verdict() -> None:
    async def story() -> None:
        board = Board(time.monotonic)
        for record in (READY, PASSED, tally(EXPIRED=3)):
            board.put(record)
        listener = board.listen()
        assert [await anext(listener), await anext(listener)] == [READY, tally(EXPIRED=3)]
        board.put(FAILED)
        assert await anext(listener) == FAILED
        await listener.aclose()

    run(story())


def test_a_slow_listener_is_given_the_newest_only() -> None:
    async def story() -> None:
        board = Board(time.monotonic)
        board.put(READY)
        listener = board.listen()
        assert await anext(listener) == READY
        for record in (PASSED, FAILED, replace(READY, policy=1)):
            board.put(record)
        assert [await anext(listener), await anext(listener)] == [replace(READY, policy=1), FAILED]
        await listener.aclose()

    run(story())


def test_a_verdict_that_comes_too_late_is_not_shown() -> None:
    async def story() -> None:
        clock = [0.0]
        board = Board(lambda: clock[0])
        listener = board.listen()
        assert await anext(listener) == Lost()
        board.put(PASSED)
        clock[0] = SHOWN_SECONDS
        board.put(tally(EXPIRED=1))
        assert await anext(listener) == tally(EXPIRED=1)
        await listener.aclose()

    run(story())


def test_a_lost_station_leaves_nothing_to_read() -> None:
    async def story() -> None:
        board = Board(time.monotonic)
        for record in (READY, PASSED, tally()):
            board.put(record)
        assert board.last_shown() == PASSED
        board.lose()
        assert (board.state, board.tally, board.last_shown()) == (None, None, None)
        listener = board.listen()
        assert await anext(listener) == Lost()
        await listener.aclose()

    run(story())


def test_only_so_many_may_listen_and_a_place_comes_free() -> None:
    async def story() -> None:
        board = Board(time.monotonic)
        listeners = [board.listen() for _ in range(LISTENERS)]
        for listener in listeners:
            await anext(listener)
        with pytest.raises(Full):
            await anext(board.listen())
        await listeners[0].aclose()
        for listener in [*listeners[1:], last := board.listen()]:
            assert listener is not last or await anext(last) == Lost()
            await listener.aclose()

    run(story())


def test_a_reply_is_no_news_for_a_page() -> None:
    async def story() -> None:
        board = Board(time.monotonic)
        listener = board.listen()
        assert await anext(listener) == Lost()
        board.put(Reply(Verb.SYNC, Answer.DONE))
        board.put(READY)
        assert await anext(listener) == READY
        await listener.aclose()

    run(story())
