"""The records between processes: what is packed comes back, and nothing else is read."""

import struct
from enum import IntEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier import protocol
from verifier.protocol import (
    BUCKETS,
    CELLS,
    RECORD_BYTES,
    Answer,
    ClockQuality,
    Frame,
    Hello,
    Order,
    Part,
    ProtocolError,
    Readiness,
    Record,
    Reply,
    Ring,
    Shown,
    State,
    Stop,
    Tally,
    Trouble,
    Verb,
    Want,
    Wipe,
    expect,
    pack,
    unpack,
)
from verifier.verdict import Action, FormatId, Prompt, Reason, Verdict

byte = st.integers(0, 255)
counts = st.integers(0, 2**32 - 1)
results = st.one_of(
    st.builds(Verdict, st.sampled_from(Reason), st.none() | st.sampled_from(FormatId)), st.sampled_from(Prompt)
)


def _tuples(of: st.SearchStrategy[int], length: int) -> st.SearchStrategy[tuple[int, ...]]:
    return st.lists(of, min_size=length, max_size=length).map(tuple)


records: st.SearchStrategy[Record] = st.one_of(
    st.builds(Hello, st.sampled_from(Part)),
    st.builds(Shown, results, st.none() | st.sampled_from(Action)),
    st.builds(
        State,
        st.sampled_from(Readiness),
        st.frozensets(st.sampled_from(Trouble)),
        st.booleans(),
        byte,
        st.integers(0, 2**64 - 1),
        st.floats(allow_nan=False, allow_infinity=False),
        st.sampled_from(ClockQuality),
        st.floats(width=32, allow_nan=False, allow_infinity=False),
        byte,
    ),
    st.builds(
        Tally, st.integers(0, 2**64 - 1), _tuples(counts, CELLS), _tuples(counts, BUCKETS), _tuples(counts, BUCKETS)
    ),
    st.builds(Order, st.sampled_from(Verb), byte),
    st.builds(Reply, st.sampled_from(Verb), st.sampled_from(Answer)),
    st.builds(Ring, byte, *[st.integers(0, 65_535)] * 3),
    st.builds(Want, byte),
    st.builds(Frame, byte, byte),
    st.sampled_from([Stop(), Wipe()]),
)


@given(records)
def test_every_record_comes_back_as_it_went(record: Record) -> None:
    wire = pack(record)
    assert unpack(wire) == record
    assert len(wire) <= RECORD_BYTES


@given(st.binary(max_size=RECORD_BYTES))
def test_any_other_bytes_are_refused_or_are_what_pack_writes(data: bytes) -> None:
    try:
        record = unpack(data)
    except ProtocolError:
        return
    assert pack(record) == data


@given(records, st.data())
def test_a_record_cut_or_lengthened_is_refused(record: Record, data: st.DataObject) -> None:
    wire = pack(record)
    cut = data.draw(st.integers(0, len(wire) - 1))
    for damaged in (wire[:cut], wire + b"\0"):
        with pytest.raises(ProtocolError):
            unpack(damaged)


def test_another_version_is_refused() -> None:
    with pytest.raises(ProtocolError):
        unpack(bytes([pack(Stop())[0], protocol.VERSION + 1]))


@pytest.mark.parametrize("code", [0, 255 << 8, 2 << 8, (1 << 8) | 250, (129 << 8) | 1])
def test_an_unassigned_code_is_no_result(code: int) -> None:
    with pytest.raises(ProtocolError):
        protocol.result_of(code)


@given(results)
def test_a_result_is_sixteen_bits(result: Verdict | Prompt) -> None:
    code = protocol.code_of(result)
    assert 0 <= code < 2**16
    assert protocol.result_of(code) == result


def test_only_the_expected_kind_is_taken() -> None:
    assert expect(pack(Want(1)), Want) == Want(1)
    with pytest.raises(ProtocolError):
        expect(pack(Wipe()), Want)


PAGE = (Path(__file__).parent.parent / "docs/reference/protocol.md").read_text("utf-8")


@pytest.mark.parametrize(("number", "row"), [*enumerate(protocol.TABLE, start=1)])
def test_the_page_states_number_and_size_of_every_record(number: int, row: tuple[type[Record], str, object]) -> None:
    size = struct.calcsize("<BB" + row[1])
    assert f"| {number} | `{row[0].__name__}` | {size} |" in PAGE


@pytest.mark.parametrize("member", [*Readiness, *Trouble, *ClockQuality, *Part, *Verb, *Answer])
def test_the_page_states_every_number(member: IntEnum) -> None:
    assert f"| {member.value} | `{member.name}` |" in PAGE
