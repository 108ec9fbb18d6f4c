"""Damage to genuine presentations: every byte of a sample, every node of every layer. None passes, none surprises."""

import random
from dataclasses import replace

import pytest

from tests import vectors
from tests.makers import KEYS, LISTS
from tests.mutation.edits import byte_edits, tree_edits
from tests.mutation.judge import Tally, judge
from tests.mutation.layers import layers
from tests.vectors import Vector
from verifier.verdict import Outcome

# One genuine presentation of each format, and of each content where a format has several.
SAMPLE = {vector.format: vector for vector in vectors.passing()}


@pytest.mark.parametrize("vector", SAMPLE.values(), ids=SAMPLE)
def test_no_damage_passes_and_none_is_a_surprise(vector: Vector) -> None:
    rng, tally = random.Random(0), Tally()
    for layer in layers(vector.data):
        edits = byte_edits(layer.content, exhaustive=False, rng=rng)
        judge(vector, layer.name, (layer.close(edit) for edit in edits), tally)
        if layer.tree is not None:
            judge(vector, layer.name, map(layer.close_tree, rng_sample(list(tree_edits(layer.tree)), rng)), tally)
    assert tally.judged > 150
    assert [bad.data for bad in tally.passes] == []
    assert [bad.data for bad in tally.faults] == []


def rng_sample(edits: list[object], rng: random.Random) -> list[object]:
    return rng.sample(edits, min(100, len(edits)))


def test_a_check_that_lets_everything_pass_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: a signature check that checks nothing."""
    monkeypatch.setattr("verifier.signature.check_under", lambda *_: None)
    vector, tally = next(vector for vector in SAMPLE.values() if vector.format == "hc1"), Tally()
    for layer in layers(vector.data):
        if layer.tree is not None:
            judge(vector, layer.name, map(layer.close_tree, tree_edits(layer.tree)), tally)
    assert tally.passes


@pytest.mark.parametrize("vector", SAMPLE.values(), ids=SAMPLE)
def test_what_is_opened_and_closed_again_still_passes(vector: Vector) -> None:
    opened = list(layers(vector.data))
    assert any(layer.tree is not None for layer in opened) or vector.format == "cred"  # fields, and no tree of them
    for layer in opened:
        verdict = replace(vector, data=layer.close(layer.content)).decide(KEYS, LISTS)
        assert verdict is not None
        assert verdict.outcome is Outcome.PASS
