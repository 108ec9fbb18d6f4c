"""Every vector through the decision, every reason that a format can give, and the generator that makes them again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import makers, vectors
from tests.makers import KEYS, LISTS
from tests.vectors import PROMPT, Vector, recognised_as
from verifier.formats import FORMATS
from verifier.verdict import Outcome, Reason

STORED = {vector.name: vector for vector in vectors.stored()}

# What every format that judges must show: a reason of each check that a presentation of it can fail.
EVERY_FORMAT = {
    Reason.CLAIM_MET, Reason.CLAIM_NOT_MET, Reason.MALFORMED, Reason.SIGNATURE_BAD, Reason.UNKNOWN_ISSUER,
    Reason.NOT_AUTHORISED, Reason.EXPIRED, Reason.NOT_YET_VALID, Reason.DENIED, Reason.SPECIMEN,
}  # fmt: skip
CANNOT = {
    "vds-nc": {Reason.NOT_YET_VALID},  # a seal states no beginning
    "cred": {Reason.NOT_YET_VALID, Reason.EXPIRED, Reason.CLAIM_NOT_MET},  # no time, and every question stays open
}
JUDGED = {vector.format for vector in vectors.passing()}


@pytest.mark.parametrize("vector", STORED.values(), ids=STORED)
def test_a_vector_comes_out_as_it_says(vector: Vector) -> None:
    verdict = vector.decide(KEYS, LISTS)
    assert (verdict.reason.value if verdict else PROMPT) == vector.expect


@pytest.mark.parametrize("vector", STORED.values(), ids=STORED)
def test_exactly_one_format_claims_a_vector(vector: Vector) -> None:
    claimants = [fmt.name.value for fmt in FORMATS if fmt.recognise(vector.data)]
    assert claimants == ([] if vector.expect == PROMPT else [vector.format])
    assert recognised_as(vector.data) == (claimants[0] if claimants else None)


@pytest.mark.parametrize("name", sorted(JUDGED))
def test_a_format_shows_every_reason(name: str) -> None:
    shown = {vector.expect for vector in STORED.values() if vector.format == name}
    assert {reason.value for reason in EVERY_FORMAT - CANNOT.get(name, set())} - shown == set()


def test_every_format_has_vectors() -> None:
    assert {fmt.name.value for fmt in FORMATS} - {vector.format for vector in STORED.values()} == set()


def test_the_generator_makes_every_vector_again() -> None:
    made = {vector.name: vector.encode() for vector in makers.vectors()}
    assert made == {name: vector.encode() for name, vector in STORED.items()}


HEADS = sorted({vector.data[:9] for vector in STORED.values()})


@given(st.binary(max_size=300), st.sampled_from(HEADS))
def test_any_bytes_give_a_verdict_or_a_prompt_and_never_entry(noise: bytes, head: bytes) -> None:
    for data in (noise, head + noise):
        verdict = Vector("noise/noise", data, expect="", source="").decide(KEYS, LISTS)
        assert verdict is None or (verdict.outcome is not Outcome.PASS and verdict.reason is not Reason.FAULT)
