"""The registry image: built once, sealed, looked up by the standard library alone."""

import hashlib
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from trust_registry import image
from trust_registry.build import Content, build
from trust_registry.image import RegistryError, RegistryImage, open_descriptor, open_image
from trust_registry.model import (
    Algorithm,
    Denial,
    HeldTrust,
    Issuer,
    IssuerKey,
    KeyRef,
    Kind,
    Scope,
    Standing,
    StatusList,
)
from verifier.verdict import FormatId

DE = IssuerKey(
    FormatId.HC1,
    b"\x01" * 8,
    "DE",
    Algorithm.ES256,
    b"a key of DE",
    Scope(frozenset({Kind.VACCINATION, Kind.TEST}), frozenset({"DE"}), frozenset({"a:type", "b:type"})),
    1.0,
    2.5,
)
AT = replace(DE, issuer="AT", public_key=b"a key of AT", scope=Scope(), not_before=None, not_after=None)
SHC = replace(AT, format=FormatId.SHC, issuer="https://issuer.example/Path", anchor=True)
STATUS = StatusList("https://issuer.example/status/1", b"\x00\x01", 2, most_significant_first=True, valid_until=9.0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "registry.db"
    content = Content(
        as_of=1_700_000_000.5,
        generation=7,
        keys=[DE, AT, SHC],
        issuers=[Issuer("DE", "DE", "a list")],
        status_lists=[STATUS],
        resources=[("vaccines", b"{}")],
    )
    build(target, content)
    return target


@pytest.fixture
def view(path: Path) -> Iterator[RegistryImage]:
    with closing(open_image(path)) as opened:
        yield opened


def _keys(path: Path) -> list[IssuerKey]:
    with closing(open_image(path)) as view:
        return list(view.every_key())


def test_an_image_answers_as_the_same_trust_held_in_memory(view: RegistryImage) -> None:
    held = HeldTrust(1_700_000_000.5, (AT, DE, SHC))
    for ref in (
        KeyRef(FormatId.HC1, DE.key_id),
        KeyRef(FormatId.HC1, DE.key_id, "DE"),
        KeyRef(FormatId.HC1, b"unknown"),
        KeyRef(FormatId.SHC, SHC.key_id, SHC.issuer),
        KeyRef(FormatId.SHC, SHC.key_id, SHC.issuer.lower()),
    ):
        assert view.keys(ref) == held.keys(ref)


def test_the_manifest_lists_and_resources_come_back(view: RegistryImage) -> None:
    assert (view.as_of, view.generation) == (1_700_000_000.5, 7)
    assert view.status_list(STATUS.list_id) == STATUS
    assert view.status_list("https://issuer.example/status/2") is None
    assert view.resource("vaccines") == b"{}"
    assert view.resource("absent") is None
    assert list(view.every_key()) == [AT, DE, SHC]
    assert list(view.every_issuer()) == [Issuer("DE", "DE", "a list")]


@pytest.mark.parametrize("query", [image.BY_KEY_ID, image.BY_ISSUER])
def test_both_look_ups_go_by_the_primary_key(path: Path, query: str) -> None:
    parameters = ("hc1", b"", "DE")[: query.count("?")]
    with closing(sqlite3.connect(path)) as db:
        plan = [str(row[3]) for row in db.execute(f"EXPLAIN QUERY PLAN {query}", parameters)]
    assert len(plan) == 1
    assert plan[0].startswith("SEARCH issuer_key USING PRIMARY KEY (format=? AND key_id=?")


def test_the_plan_check_can_fail(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "naive.db")) as db:
        db.execute("CREATE TABLE issuer_key (format, key_id, issuer, algorithm, public_key, kinds, countries, types,"
                   " not_before, not_after, standing, anchor)")  # fmt: skip
        assert "SCAN" in str(db.execute(f"EXPLAIN QUERY PLAN {image.BY_KEY_ID}", ("hc1", b"")).fetchone()[3])


def test_the_same_key_listed_twice_stands_as_first_listed(tmp_path: Path) -> None:
    build(tmp_path / "i", Content(as_of=0.0, keys=[DE, replace(DE, not_after=99.0)]))
    assert _keys(tmp_path / "i") == [DE]


def test_two_keys_of_one_issuer_may_share_a_key_id(tmp_path: Path) -> None:
    build(tmp_path / "i", Content(as_of=0.0, keys=[DE, replace(DE, public_key=b"another")]))
    with closing(open_image(tmp_path / "i")) as view:
        assert len(view.keys(KeyRef(FormatId.HC1, DE.key_id, "DE"))) == 2


@pytest.mark.parametrize(("denied", "standings"), [
    (Denial("DE", None, "breach"), {"DE": Standing.DENIED, "AT": Standing.GOOD}),
    (Denial("DE", DE.key_id, "stolen"), {"DE": Standing.DENIED, "AT": Standing.GOOD}),
    (Denial("DE", b"another", "stolen"), {"DE": Standing.GOOD, "AT": Standing.GOOD}),
    (Denial("FR", None, "breach"), {"DE": Standing.GOOD, "AT": Standing.GOOD}),
])  # fmt: skip
def test_a_denial_takes_trust_from_what_it_names(
    tmp_path: Path, denied: Denial, standings: dict[str, Standing]
) -> None:
    build(tmp_path / "i", Content(as_of=0.0, keys=[DE, AT], denials=[denied]))
    assert {key.issuer: key.standing for key in _keys(tmp_path / "i")} == standings


def test_a_denied_key_is_denied_under_every_name(tmp_path: Path) -> None:
    copy = replace(SHC, public_key=DE.public_key)
    build(tmp_path / "i", Content(as_of=0.0, keys=[DE, copy], denials=[Denial("DE", None, "breach")]))
    assert {key.standing for key in _keys(tmp_path / "i")} == {Standing.DENIED}


def test_a_child_opens_the_image_by_its_descriptor(path: Path) -> None:
    with path.open("rb") as file:
        opened = open_descriptor(file.fileno())
    with closing(opened) as view:
        path.unlink()  # its name may go at any time
        assert view.keys(KeyRef(FormatId.HC1, DE.key_id)) == [AT, DE]


def test_a_child_never_opens_a_file_that_took_the_place_of_the_image(path: Path) -> None:
    with path.open("rb") as file:
        path.unlink()
        build(path, Content(as_of=0.0))
        with pytest.raises(RegistryError, match="was replaced"):
            open_descriptor(file.fileno())


def test_every_flipped_bit_and_every_cut_is_one_clear_line(path: Path) -> None:
    good = path.read_bytes()
    for offset in range(0, len(good) - image.PAGE_BYTES + 200, 97):
        path.write_bytes(good[:offset] + bytes([good[offset] ^ 1]) + good[offset + 1 :])
        with pytest.raises(RegistryError, match="damaged") as caught:
            open_image(path)
        assert "\n" not in str(caught.value)
    for size in (0, 1, image.PAGE_BYTES, len(good) - 1, len(good) - image.PAGE_BYTES):
        path.write_bytes(good[:size])
        with pytest.raises(RegistryError):
            open_image(path)


def test_a_missing_or_unreadable_image_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="there is no registry image"):
        open_image(tmp_path / "absent")
    with pytest.raises(RegistryError, match="cannot read"):
        open_image(tmp_path)


def test_a_sealed_file_that_is_no_image_is_refused(path: Path) -> None:
    reseal(path, b"\0" * image.PAGE_BYTES)
    with pytest.raises(RegistryError, match="damaged"):
        open_image(path)


def test_an_image_of_another_schema_is_refused(path: Path) -> None:
    body = path.read_bytes()[: -image.PAGE_BYTES]
    reseal(path, body[:60] + (99).to_bytes(4) + body[64:])  # SQLite keeps the user version at offset 60
    with pytest.raises(RegistryError, match="has schema 99"):
        open_image(path)


def reseal(path: Path, body: bytes) -> None:
    path.write_bytes(body + image.seal(hashlib.sha256(body).digest()))


def test_a_failed_build_leaves_the_old_image_and_nothing_else(path: Path) -> None:
    before = path.read_bytes()

    def broken() -> Iterator[IssuerKey]:
        yield DE
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        build(path, Content(as_of=0.0, keys=broken()))
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_the_reading_side_loads_no_sqlite_utils() -> None:
    code = "import sys, trust_registry.image; sys.exit('sqlite_utils' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
