"""The three-valued logic that every check stands on."""

import pytest

from verifier.truth import Truth, all_of, any_of


def test_false_wins_an_and_and_true_wins_an_or() -> None:
    assert all_of([Truth.TRUE, Truth.UNKNOWN, Truth.FALSE]) is Truth.FALSE
    assert all_of([Truth.TRUE, Truth.UNKNOWN]) is Truth.UNKNOWN
    assert any_of([Truth.FALSE, Truth.UNKNOWN, Truth.TRUE]) is Truth.TRUE
    assert any_of([Truth.FALSE, Truth.UNKNOWN]) is Truth.UNKNOWN


def test_nothing_asked_is_true_for_and_and_false_for_or() -> None:
    assert all_of([]) is Truth.TRUE
    assert any_of([]) is Truth.FALSE


def test_a_truth_is_no_condition() -> None:
    with pytest.raises(TypeError, match="never used as a condition"):
        bool(Truth.UNKNOWN)
