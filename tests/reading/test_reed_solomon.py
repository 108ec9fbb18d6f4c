from hypothesis import given
from hypothesis import strategies as st

from verifier.reading import reed_solomon

# version 1-M, the data of "any": a block of 26 codewords with 10 checks, made by another encoder
BLOCK = bytes.fromhex("4036 16e7 9000 ec11 ec11 ec11 ec11 ec11")
CHECKS = 10


def whole() -> bytes:
    """Fill the checks in as erasures: what remains after correction is the one block that begins so."""
    filled = reed_solomon.corrected([*BLOCK, *bytes(CHECKS)], CHECKS, range(16, 26))
    assert filled is not None
    return filled


@st.composite
def damages(draw: st.DrawFn) -> tuple[dict[int, int], list[int]]:
    """As much damage as can just be undone: errors anywhere, and erasures whose value may be right."""
    erased = draw(st.integers(0, CHECKS))
    wrong = draw(st.integers(0, (CHECKS - erased) // 2))
    places = draw(st.permutations(range(26)))[: erased + wrong]
    return {place: draw(st.integers(0, 255)) for place in places}, list(places[:erased])


@given(damages())
def test_all_damage_within_the_bound_is_undone(damage: tuple[dict[int, int], list[int]]) -> None:
    changed, erased = damage
    block = list(whole())
    for place, value in changed.items():
        block[place] = value
    assert reed_solomon.corrected(block, CHECKS, erased) == whole()


@given(st.lists(st.integers(0, 255), min_size=26, max_size=26), st.integers(0, CHECKS))
def test_an_answer_is_never_beyond_the_bound(block: list[int], erased: int) -> None:
    spare = 4
    answer = reed_solomon.corrected(block, CHECKS, range(erased), spare)
    if answer is not None:
        assert reed_solomon.corrected(answer, CHECKS) == answer
        errors = sum(one != other for one, other in zip(block[erased:], answer[erased:], strict=True))
        assert erased + 2 * errors <= CHECKS - spare


def test_checks_kept_back_are_not_spent() -> None:
    block = list(whole())
    for place in range(4):
        block[place] ^= 1
    assert reed_solomon.corrected(block, CHECKS) == whole()
    assert reed_solomon.corrected(block, CHECKS, spare=4) is None
