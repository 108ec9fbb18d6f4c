"""Gates that sync: what changes reaches them whole, and nothing that an attacker or an accident can do changes them."""

import fcntl
import json
import os
import resource
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tuf.api.metadata import Metadata, Root, Targets
from tuf.ngclient import Updater

from tests.gates import Gate, World, found, gate, issuer_key, signer
from trust_registry import contents, durable, roles, shards
from trust_registry.faults import Fault, SyncError
from trust_registry.fetch import FOLDER, FolderFetcher, fetcher
from trust_registry.image import confirmed_path, open_image
from trust_registry.model import Denial, Standing
from trust_registry.publish import add_site, publish
from trust_registry.repository import Repository, as_kind, read, write
from trust_registry.shards import Dated
from trust_registry.sync import IMAGE, PREVIOUS, Box, sync
from trust_registry.update import install_root, set_time


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = found(tmp_path / "published")
    made.enlist(issuer_key(1), issuer_key(2, "FR"))
    return made


@pytest.fixture
def box(world: World, tmp_path: Path) -> Gate:
    made = gate(world, tmp_path / "gate")
    made.sync(world.now)
    return made


def fault(act: Callable[[], object]) -> Fault:
    with pytest.raises(SyncError) as caught:
        act()
    assert "\n" not in str(caught.value)
    return caught.value.fault


# --- what should happen


def test_a_gate_holds_what_was_published(world: World, box: Gate) -> None:
    assert box.held() == {"DE": Standing.GOOD, "FR": Standing.GOOD}
    image = open_image(box.folder / IMAGE)
    assert sorted((key.key_id, key.issuer) for key in image.every_key()) == [
        (issuer_key(1).key_id, "DE"), (issuer_key(2).key_id, "FR"),
    ]  # fmt: skip
    assert {(issuer.issuer, issuer.source) for issuer in image.every_issuer()} == {("DE", "a list"), ("FR", "a list")}
    assert image.as_of == world.now.timestamp()
    image.close()


def test_a_poll_without_news_confirms_the_image_and_does_not_write_it(world: World, box: Gate) -> None:
    before = (box.folder / IMAGE).stat()
    world.later(hours=1)
    world.publish()
    done = box.sync(world.now)
    assert (done.is_new, done.as_of) == (False, world.now.timestamp())
    assert os.path.samestat(before, (box.folder / IMAGE).stat())
    image = open_image(box.folder / IMAGE)
    assert image.as_of == world.now.timestamp()
    image.close()


def test_a_confirmation_of_another_generation_or_no_confirmation_counts_for_nothing(world: World, box: Gate) -> None:
    for text in (f"999 {world.now.timestamp() + 9}\n", "nonsense", ""):
        confirmed_path(box.folder / IMAGE).write_text(text)
        image = open_image(box.folder / IMAGE)
        assert image.as_of == world.now.timestamp()
        image.close()


def test_a_new_key_reaches_a_gate_and_the_image_before_is_kept(world: World, box: Gate) -> None:
    world.enlist(issuer_key(1), issuer_key(2, "FR"), issuer_key(3, "AT"))
    done = box.sync(world.now)
    assert done.is_new
    assert box.held().keys() == {"DE", "FR", "AT"}
    before = open_image(box.folder / PREVIOUS)
    assert before.generation == done.generation - 1
    before.close()


def test_files_that_are_no_longer_named_are_deleted(world: World, box: Gate) -> None:
    world.enlist(*(issuer_key(number) for number in range(20)))
    box.sync(world.now)
    world.enlist(issuer_key(1))
    box.sync(world.now)
    assert [path.name for path in (box.folder / "tuf/targets").iterdir()] == ["keys%2Fhc1%2F0-0.json.gz"]


def test_a_lost_or_damaged_image_is_built_again(world: World, box: Gate) -> None:
    (box.folder / IMAGE).write_bytes(b"worn out")
    assert box.sync(world.now).is_new
    (box.folder / IMAGE).unlink()
    assert box.sync(world.now).is_new
    assert box.held().keys() == {"DE", "FR"}


def test_a_key_of_the_online_role_can_be_replaced(world: World, box: Gate) -> None:
    stolen, world.online = world.online, signer("online")

    def change(signed: object) -> None:
        assert isinstance(signed, Root)
        for role in (roles.SNAPSHOT, roles.TIMESTAMP):
            signed.add_key(world.online.public_key, role)
            signed.revoke_key(stolen.public_key.keyid, role)

    world.repository.draft(roles.ROOT, change, world.now)
    world.sign("alice", "carol")
    world.enlist(issuer_key(1), issuer_key(4, "IT"))
    box.sync(world.now)
    assert box.held().keys() == {"DE", "IT"}
    fresh = gate(world, box.folder.parent / "fresh")  # knows only the first root
    fresh.sync(world.now)
    assert fresh.held().keys() == {"DE", "IT"}


# --- denials


def deny(world: World, issuer: str, key_id: bytes | None = None, by: tuple[str, ...] = ("dora",)) -> str:
    role = contents.draft_denial(world.repository, Denial(issuer, key_id, "stolen"), world.now)
    world.sign(*by)
    return role


def test_one_person_on_call_denies_an_issuer(world: World, box: Gate) -> None:
    assert deny(world, "DE") == roles.DENY_ONE
    world.publish()
    box.sync(world.now)
    assert box.held() == {"DE": Standing.DENIED, "FR": Standing.GOOD}


def test_a_second_issuer_takes_two_people_and_then_the_first_has_the_slot_again(world: World, box: Gate) -> None:
    deny(world, "DE")
    world.publish()
    world.later(minutes=1)
    assert deny(world, "FR") == roles.DENY_MANY
    assert world.repository.progress(roles.DENY_MANY).missing == 1
    world.sign("erik")
    world.publish()
    box.sync(world.now)
    assert set(box.held().values()) == {Standing.DENIED}
    world.later(minutes=1)
    assert deny(world, "AT") == roles.DENY_ONE


def test_a_gate_passes_over_one_person_who_denies_several_issuers(world: World, box: Gate) -> None:
    many = [Dated(Denial(issuer, None, "revenge"), 1.0) for issuer in ("DE", "FR")]
    world.repository.put(roles.DENY_ONE, {roles.DENIED_BY_ONE: shards.write_denials(many)}, world.now)
    world.sign("dora")
    world.publish()
    done = box.sync(world.now)
    assert done.warnings
    assert set(box.held().values()) == {Standing.GOOD}


def test_a_denial_outlives_its_document_and_only_owners_lift_it(world: World, box: Gate) -> None:
    deny(world, "DE")
    world.publish()
    box.sync(world.now)
    world.repository.put(roles.DENY_ONE, {roles.DENIED_BY_ONE: shards.write_denials([])}, world.now)
    world.sign("dora")
    world.publish()
    box.sync(world.now)
    assert box.held()["DE"] is Standing.DENIED
    world.later(minutes=1)
    deny(world, "DE")
    world.publish()
    world.later(minutes=1)
    contents.draft_lift(world.repository, Denial("DE", None, "cleared"), world.now)
    world.sign("dora", "erik")
    assert world.repository.progress(roles.TARGETS).missing == 2
    world.sign("alice", "bob")
    world.publish()
    box.sync(world.now)
    assert box.held()["DE"] is Standing.GOOD
    world.later(minutes=1)
    deny(world, "DE")
    world.publish()
    box.sync(world.now)
    assert box.held()["DE"] is Standing.DENIED  # a later denial stands again


def test_a_denial_of_one_key_leaves_the_issuers_others(world: World, box: Gate) -> None:
    world.enlist(issuer_key(1), issuer_key(5, "DE"))
    deny(world, "DE", issuer_key(5).key_id)
    world.publish()
    box.sync(world.now)
    image = open_image(box.folder / IMAGE)
    assert {key.key_id: key.standing for key in image.every_key()} == {
        issuer_key(1).key_id: Standing.GOOD, issuer_key(5).key_id: Standing.DENIED,
    }  # fmt: skip
    image.close()


# --- policies


def test_policies_come_by_site_and_ring(world: World, box: Gate) -> None:
    add_site(world.repository, "berlin", [one.public_key for one in world.owners.values()], 1, world.now)
    for path in ("policy/all/a.toml", "policy/early/a.toml", "policy/all/b.toml", "site/berlin/all/b.toml"):
        contents.draft_resource(world.repository, path, path.encode(), world.now)
    world.sign("alice", "bob")
    world.publish()
    for one, expected in {
        Box(): {"a.toml": "policy/all/a.toml", "b.toml": "policy/all/b.toml"},
        Box(ring="early"): {"a.toml": "policy/early/a.toml", "b.toml": "policy/all/b.toml"},
        Box(site="berlin"): {"a.toml": "policy/all/a.toml", "b.toml": "site/berlin/all/b.toml"},
        Box(site="paris"): {"a.toml": "policy/all/a.toml", "b.toml": "policy/all/b.toml"},
    }.items():
        shutil.rmtree(box.folder)
        gate(world, box.folder).sync(world.now, one)
        image = open_image(box.folder / IMAGE)
        assert {name: (image.resource(name) or b"").decode() for name in expected} == expected
        image.close()


# --- attacks


def copy_of(world: World, name: str = "copy") -> Path:
    return Path(shutil.copytree(world.folder, world.folder.parent / name))


def test_a_rollback_to_an_old_repository_is_refused(world: World, box: Gate) -> None:
    old = copy_of(world)
    world.enlist(issuer_key(1), issuer_key(3, "AT"))
    box.sync(world.now)
    assert fault(lambda: replace(box, source=old).sync(world.now)) is Fault.OLDER
    assert box.held().keys() == {"DE", "AT"}


def test_a_rollback_is_refused_after_the_metadata_was_lost_too(world: World, box: Gate) -> None:
    old = copy_of(world)
    world.enlist(issuer_key(1), issuer_key(3, "AT"))
    box.sync(world.now)
    shutil.rmtree(box.folder / "tuf")
    assert fault(lambda: replace(box, source=old).sync(world.now)) is Fault.OLDER
    assert box.held().keys() == {"DE", "AT"}


def test_a_frozen_repository_is_refused_when_its_time_is_over(world: World, box: Gate) -> None:
    assert box.sync(world.now + timedelta(days=2)).generation
    assert fault(lambda: box.sync(world.now + timedelta(days=4))) is Fault.EXPIRED
    assert box.held().keys() == {"DE", "FR"}


@pytest.mark.parametrize("clock", [datetime(1970, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)])
def test_a_clock_that_lost_its_battery_does_not_accept_a_frozen_repository(
    world: World, box: Gate, clock: datetime
) -> None:
    frozen = copy_of(world)
    world.later(days=10)
    world.publish()
    box.sync(world.now)
    shutil.rmtree(box.folder / "tuf")  # only the image still knows what time it has been
    write_newer = replace(box, source=frozen)
    assert fault(lambda: write_newer.sync(clock)) is Fault.EXPIRED
    assert box.sync(clock).generation  # what is current is taken, whatever the clock says


def test_a_mix_of_versions_is_refused(world: World, box: Gate) -> None:
    mixed = copy_of(world)
    world.enlist(issuer_key(1), issuer_key(3, "AT"))
    shutil.copy(world.folder / "metadata/timestamp.json", mixed / "metadata/timestamp.json")
    number = world.repository.version(roles.SNAPSHOT)
    shutil.copy(mixed / f"metadata/{number - 1}.snapshot.json", mixed / f"metadata/{number}.snapshot.json")
    assert fault(lambda: replace(box, source=mixed).sync(world.now)) is Fault.OLDER


def test_endless_metadata_is_refused(world: World, box: Gate) -> None:
    endless = copy_of(world)
    with (endless / "metadata/timestamp.json").open("ab") as file:
        file.write(b" " * 20_000)
    assert fault(lambda: replace(box, source=endless).sync(world.now)) is Fault.TOO_LONG


def test_an_endless_file_is_refused(world: World, tmp_path: Path) -> None:
    for path in (world.folder / "targets").rglob("*.gz"):
        path.write_bytes(path.read_bytes() + b"\0" * 100_000)
    assert fault(lambda: gate(world, tmp_path / "fresh").sync(world.now)) in {Fault.TOO_LONG, Fault.CHANGED}


def test_a_flipped_bit_in_a_file_is_refused(world: World, tmp_path: Path) -> None:
    for path in (world.folder / "targets").rglob("*.gz"):
        data = bytearray(path.read_bytes())
        data[-9] ^= 1
        path.write_bytes(bytes(data))
    assert fault(lambda: gate(world, tmp_path / "fresh").sync(world.now)) is Fault.CHANGED


@pytest.mark.parametrize("name", ["timestamp.json", "2.snapshot.json", "1.targets.json", "2.hc1.json"])
def test_a_flipped_bit_or_a_cut_in_metadata_is_refused(world: World, tmp_path: Path, name: str) -> None:
    path = world.folder / "metadata" / name
    whole = path.read_bytes()
    for damaged in (whole[:100], whole.replace(b'"expires":"2026', b'"expires":"2027')):
        assert damaged != whole
        path.write_bytes(damaged)
        refused = fault(lambda: gate(world, tmp_path / "fresh").sync(world.now))
        assert refused in {Fault.MALFORMED, Fault.SIGNATURES, Fault.OLDER, Fault.INCONSISTENT}
        assert not (tmp_path / "fresh" / IMAGE).exists()


def test_too_few_or_wrong_signatures_are_refused(world: World, tmp_path: Path) -> None:
    path = world.folder / "metadata/2.hc1.json"
    held = read(path)
    held.signatures.popitem()
    write(path, held)
    assert fault(lambda: gate(world, tmp_path / "fresh").sync(world.now)) is Fault.SIGNATURES
    held.sign(world.on_call["dora"], append=True)
    write(path, held)
    assert fault(lambda: gate(world, tmp_path / "fresh").sync(world.now)) is Fault.SIGNATURES


def test_a_stolen_online_key_can_name_no_issuer(world: World, box: Gate) -> None:
    forged = copy_of(world)
    path = forged / "metadata/2.hc1.json"
    held = read(path)
    as_kind(held.signed, Targets).targets.clear()
    held.signed.version = 3
    held.signatures.clear()
    held.sign(world.online)
    write(forged / "metadata/3.hc1.json", held)
    publish(Repository(forged), world.online, world.now)
    assert fault(lambda: replace(box, source=forged).sync(world.now)) is Fault.SIGNATURES
    assert box.held().keys() == {"DE", "FR"}


def test_a_role_that_went_missing_is_refused_as_such(world: World, box: Gate) -> None:
    """Existing gates would stop for ever: publishing never removes a role."""
    missing = copy_of(world)
    held = read(missing / "metadata/2.snapshot.json")
    del held.signed.meta["hc1.json"]  # type: ignore[union-attr] # it is a snapshot
    held.signed.version = 3
    held.signatures.clear()
    held.sign(world.online)
    write(missing / "metadata/3.snapshot.json", held)
    stamp = read(missing / "metadata/timestamp.json")
    stamp.signed.version += 1
    stamp.signed.snapshot_meta.version = 3  # type: ignore[union-attr] # it is a timestamp
    stamp.signatures.clear()
    stamp.sign(world.online)
    write(missing / "metadata/timestamp.json", stamp)
    assert fault(lambda: replace(box, source=missing).sync(world.now)) is Fault.INCONSISTENT


def test_a_file_that_this_version_cannot_read_changes_nothing(world: World, box: Gate) -> None:
    world.repository.put("hc1", {"keys/hc1/0-0.json.gz": b"signed, but no shard"}, world.now)
    world.sign("alice", "bob")
    world.publish()
    assert fault(lambda: box.sync(world.now)) is Fault.MALFORMED
    assert box.held().keys() == {"DE", "FR"}
    assert not list(box.folder.glob("*.new"))


# --- accidents


def test_no_source_no_root_and_a_second_sync_are_each_named(world: World, box: Gate, tmp_path: Path) -> None:
    assert fault(lambda: replace(box, source=tmp_path / "nowhere").sync(world.now)) is Fault.UNREACHABLE
    bare = Gate(tmp_path / "bare", world.folder)
    assert fault(lambda: bare.sync(world.now)) is Fault.NO_ROOT
    assert fault(lambda: install_root(tmp_path / "bare", b"no root")) is Fault.MALFORMED
    with (box.folder / "lock").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert fault(lambda: box.sync(world.now)) is Fault.BUSY
    assert box.sync(world.now).generation


@pytest.mark.parametrize("room", [0, 4_096, 20_000])
def test_a_full_disk_leaves_the_old_image(world: World, box: Gate, room: int) -> None:
    world.enlist(issuer_key(9, "NL"), *(issuer_key(number, "DE") for number in range(200)))
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write fails instead
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limit[1]))
    try:
        assert fault(lambda: box.sync(world.now)) is Fault.DISK
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert box.held().keys() == {"DE", "FR"}
    box.sync(world.now)
    assert box.held().keys() == {"NL", "DE"}


def test_lost_links_and_half_written_metadata_are_mended(world: World, box: Gate) -> None:
    """What python-tuf may leave behind in a power cut: it syncs nothing to disk."""
    (box.folder / "tuf/metadata/root.json").unlink()
    for name in ("timestamp.json", "snapshot.json", "hc1.json"):
        (box.folder / "tuf/metadata" / name).write_bytes(b"")
    for path in (box.folder / "tuf/targets").iterdir():
        path.write_bytes(b"")
    (box.folder / IMAGE).unlink()
    box.sync(world.now)
    assert box.held().keys() == {"DE", "FR"}


def test_an_updater_refreshes_once_and_takes_our_time(world: World, box: Gate) -> None:
    """Facts about python-tuf that our code stands on; when one changes, this tells."""
    getter, address = fetcher(str(world.folder))
    root = (world.folder / "metadata/1.root.json").read_bytes()
    updater = Updater(str(box.folder / "tuf/metadata"), f"{address}/metadata/", None, None, getter, bootstrap=root)
    set_time(updater, world.now.timestamp())
    updater.refresh()
    with pytest.raises(RuntimeError):
        updater.refresh()


# --- the same over the web, and by stick


@pytest.fixture
def web(world: World) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_given: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *given: Quiet(*given, directory=str(world.folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_web_server_serves_the_same_files(world: World, tmp_path: Path, web: str) -> None:
    box = gate(world, tmp_path / "gate")
    assert sync(web, box.folder, Box(), world.now.timestamp()).is_new
    assert box.held().keys() == {"DE", "FR"}
    assert fault(lambda: sync(f"{web}/nowhere", box.folder, Box(), world.now.timestamp())) is Fault.UNREACHABLE


def test_a_stick_gets_a_receipt_and_a_read_only_one_is_taken_too(world: World, box: Gate) -> None:
    box.sync(world.now, Box("gate 7/north"))
    (receipt,) = (world.folder / "receipts").iterdir()
    assert receipt.name == "gate_7_north.json"
    assert json.loads(receipt.read_text()) == {
        "box": "gate 7/north", "generation": 2, "as_of": world.now.timestamp(),
    }  # fmt: skip
    shutil.rmtree(world.folder / "receipts")
    durable.write(world.folder / "receipts", b"in the way")
    assert box.sync(world.now, Box("gate 7")).generation == 2


def test_a_folder_is_never_left(world: World, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    with pytest.raises(Exception, match="outside"):
        list(FolderFetcher(world.folder).fetch(f"{FOLDER}../secret"))


def test_the_root_of_a_new_registry_says_that_it_is_not_solo(world: World) -> None:
    root = Metadata[Root].from_file(str(world.folder / "metadata/1.root.json")).signed
    assert root.unrecognized_fields[roles.SOLO] is False


def test_every_fault_is_described() -> None:
    described = (Path(__file__).parents[1] / "docs/reference/registry.md").read_text()
    assert [one for one in Fault if f"\n| `{one}` |" not in described] == []
