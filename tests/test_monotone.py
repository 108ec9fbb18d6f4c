"""What a station still misses never makes a FAIL: with more keys, lists, facts or a better clock it could be a PASS.

Every presentation that passes in a rich world is judged in poorer ones: keys whose key id nobody has registered, lists
not held, products and diseases that no catalogue knows, a clock that is unsure. There it may be UNSURE, never FAIL.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import vectors
from tests.makers import KEYS, LISTS
from tests.vectors import Vector
from verifier import decide
from verifier.catalogues import diseases, products
from verifier.verdict import Outcome, Reason, Reject, Verdict

PASSING = sorted(vectors.passing(), key=lambda vector: vector.name)
KEY_IDS = sorted({(key.format.value, key.key_id) for key in KEYS})
LIST_IDS = sorted({held.list_id for held in LISTS})
PRODUCTS = sorted(products._PRODUCTS)
DISEASES = sorted(diseases._NAMES)


@dataclass(frozen=True)
class Missing:
    """What a poorer world does not have, and by how many seconds its clock is unsure on either side."""

    key_ids: frozenset[tuple[str, bytes]]
    lists: frozenset[str]
    products: frozenset[str]
    diseases: frozenset[str]
    before: int
    after: int


def some(names: list[str]) -> st.SearchStrategy[frozenset[str]]:
    """Nothing, everything, or any part."""
    part = st.frozensets(st.sampled_from(names)) if names else st.just(frozenset[str]())
    return st.one_of(st.just(frozenset[str]()), st.just(frozenset(names)), part)


@st.composite
def missing(draw: st.DrawFn) -> Missing:
    seconds = st.one_of(st.just(0), st.integers(0, 400 * 86_400))
    key_ids = draw(st.one_of(st.just(frozenset[tuple[str, bytes]]()), st.frozensets(st.sampled_from(KEY_IDS))))
    lists, unlisted, unnamed = (draw(some(names)) for names in (LIST_IDS, PRODUCTS, DISEASES))
    return Missing(key_ids, lists, unlisted, unnamed, draw(seconds), draw(seconds))


@contextmanager
def without(lacking: Missing) -> Iterator[None]:
    """Take products and diseases out of the catalogues for a while."""
    known = {name: facts for name, facts in products._PRODUCTS.items() if name not in lacking.products}
    named = {code: name for code, name in diseases._NAMES.items() if code not in lacking.diseases}
    with patch.object(products, "_PRODUCTS", known), patch.object(diseases, "_NAMES", named):
        yield


def judged(vector: Vector, lacking: Missing) -> Verdict | None:
    """Judge a presentation in the poorer world."""
    keys = tuple(key for key in KEYS if (key.format.value, key.key_id) not in lacking.key_ids)
    lists = tuple(held for held in LISTS if held.list_id not in lacking.lists)
    earliest, latest = vector.instant.earliest - lacking.before, vector.instant.latest + lacking.after
    moments = (datetime.fromtimestamp(moment, UTC).isoformat() for moment in (earliest, latest))
    with without(lacking):
        return replace(vector, now="/".join(moments)).decide(keys, lists)


@settings(max_examples=300)
@given(st.sampled_from(PASSING), missing())
def test_what_is_missing_makes_no_fail(vector: Vector, lacking: Missing) -> None:
    verdict = judged(vector, lacking)
    assert verdict is not None
    assert verdict.outcome is not Outcome.FAIL
    assert verdict.reason is not Reason.FAULT


def test_an_unknown_issuer_taken_for_a_forger_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: existing verifiers show unknown issuers as forgeries."""

    def forged(*_: object) -> None:
        raise Reject(Reason.SIGNATURE_BAD)

    monkeypatch.setattr(decide, "_keys", forged)
    nothing = Missing(frozenset(KEY_IDS), frozenset(), frozenset(), frozenset(), 0, 0)
    verdict = judged(PASSING[0], nothing)
    assert verdict is not None
    assert verdict.outcome is Outcome.FAIL
