"""The loop: calls back for descriptors and moments, and honours every change of mind."""

import os

from verifier.station.loop import Loop


def test_moments_come_in_order_and_a_name_is_wished_for_once() -> None:
    loop, seen = Loop(), list[str]()
    loop.after(0.02, "last", loop.stop)
    loop.after(0.01, "second", lambda: seen.append("second"))
    loop.after(0.5, "first", lambda: seen.append("too late"))
    loop.after(0, "first", lambda: seen.append("first"))
    loop.after(0, "never", lambda: seen.append("never"))
    loop.cancel("never")
    loop.run()
    assert seen == ["first", "second"]


def test_every_comes_again_until_it_is_cancelled() -> None:
    loop, seen = Loop(), list[int]()

    def count() -> None:
        seen.append(1)
        if len(seen) == 3:
            loop.cancel("count")
            loop.after(0.01, "end", loop.stop)

    loop.every(0.001, "count", count)
    loop.run()
    assert len(seen) == 3


def test_a_descriptor_forgotten_by_another_callback_is_not_called() -> None:
    loop, calls = Loop(), list[int]()
    pipes = [os.pipe() for _ in range(2)]

    def forget_both(reader: int) -> None:
        calls.append(reader)
        for end, _ in pipes:
            loop.forget(end)
        loop.stop()

    for reader, writer in pipes:
        os.write(writer, b"x")
        loop.watch(reader, lambda reader=reader: forget_both(reader))  # type: ignore[misc] # a default binds the loop's variable
    loop.run()
    assert len(calls) == 1
    for end in [end for pipe in pipes for end in pipe]:
        os.close(end)
