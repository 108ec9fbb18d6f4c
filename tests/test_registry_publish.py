"""Publishing: who must sign what, what a change means in words, and what the administrator's commands refuse."""

import os
import shutil
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from tuf.api.metadata import Metadata, Root, Targets

from tests.gates import NOW, World, found, gate, issuer_key, signer
from tests.lists import certificate, pem
from trust_registry import contents, demo, diff, keyring, roles, shards
from trust_registry.cli import main
from trust_registry.commands.sync import wait_seconds
from trust_registry.image import open_image
from trust_registry.keyring import KeyringError
from trust_registry.mirror import copy
from trust_registry.model import Algorithm, Denial, IssuerKey, Kind, Scope, Standing
from trust_registry.publish import People, begin, publish
from trust_registry.repository import PublishError, Repository
from trust_registry.shards import Dated, Listed, ShardError
from trust_registry.succession import Part, replace_key
from verifier.verdict import FormatId


@pytest.fixture
def world(tmp_path: Path) -> World:
    return found(tmp_path / "published")


def run(*arguments: str | Path, asked: str = "") -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=asked)


# --- who must sign


def test_one_owner_alone_publishes_nothing(world: World) -> None:
    contents.draft_keys(world.repository, [Listed(issuer_key(1), "a list")], world.now)
    world.sign("alice", "dora", "erik")
    with pytest.raises(PublishError, match="hc1: 1 more signature needed, of bob or carol; each runs") as caught:
        world.publish()
    assert "\n" not in str(caught.value)
    assert world.repository.version("hc1") == 1
    world.sign("carol")
    assert world.publish() == ["hc1"]


def test_signing_twice_counts_once_and_a_changed_draft_is_signed_again(world: World) -> None:
    contents.draft_keys(world.repository, [Listed(issuer_key(1), "a list")], world.now)
    world.sign("alice", "alice")
    assert world.repository.progress("hc1").missing == 1
    contents.draft_keys(world.repository, [Listed(issuer_key(2), "a list")], world.now)
    assert world.repository.progress("hc1").missing == 2


def test_a_signature_under_another_draft_counts_for_nothing(world: World) -> None:
    contents.draft_keys(world.repository, [Listed(issuer_key(1), "a list")], world.now)
    world.sign("alice")
    path = world.repository.draft_path("hc1")
    signed = path.read_bytes()
    contents.draft_keys(world.repository, [Listed(issuer_key(2), "a list")], world.now)
    draft = world.repository.latest("hc1")
    draft.signatures.update(Metadata[Targets].from_bytes(signed).signatures)
    path.write_bytes(draft.to_bytes())
    assert world.repository.progress("hc1").missing == 2


def test_a_new_root_needs_the_people_of_the_old_one(world: World) -> None:
    strangers = [signer(name) for name in ("mallory", "trudy")]

    def take_over(signed: object) -> None:
        assert isinstance(signed, Root)
        for one in strangers:
            signed.add_key(one.public_key, roles.ROOT)
        for one in world.roots.values():
            signed.revoke_key(one.public_key.keyid, roles.ROOT)

    world.repository.draft(roles.ROOT, take_over, world.now)
    for one in strangers:
        world.repository.sign(one)
    with pytest.raises(PublishError, match="people of the root before"):
        world.publish()


def test_a_folder_is_founded_once(world: World) -> None:
    nobody = People([], [], [], world.online.public_key, 2)
    with pytest.raises(PublishError, match="holds a registry already"):
        begin(world.folder, nobody, NOW)


def test_roles_end_on_different_days_and_are_drafted_again_in_time(world: World) -> None:
    ends = {world.repository.published(name).signed.expires for name in roles.FORMATS}
    assert len(ends) == len(roles.FORMATS)
    world.repository.draft_expiring(NOW + timedelta(days=80))
    assert world.repository.drafted() == []
    world.repository.draft_expiring(NOW + timedelta(days=400))
    assert set(world.repository.drafted()) == set(world.repository.names()) - {roles.SNAPSHOT}


def test_publishing_without_drafts_only_says_that_the_registry_is_current(world: World) -> None:
    snapshot = world.repository.version(roles.SNAPSHOT)
    world.later(days=1)
    assert world.publish() == []
    assert world.repository.version(roles.SNAPSHOT) == snapshot
    world.later(days=8)
    world.publish()
    assert world.repository.version(roles.SNAPSHOT) == snapshot + 1


def test_nobody_signs_paths_that_belong_to_nobody(world: World) -> None:
    for path in ("elsewhere/x", "policy/x", "site/nowhere/all/x", "keys/hc1/x"):
        with pytest.raises(PublishError, match="nobody may sign this path"):
            contents.draft_resource(world.repository, path, b"", world.now)


def test_lifting_what_is_not_denied_is_refused(world: World) -> None:
    with pytest.raises(PublishError, match="no such denial stands"):
        contents.draft_lift(world.repository, Denial("DE", None, "x"), world.now)


# --- who takes whose place


@pytest.mark.parametrize("part", [Part.OWNER, Part.ON_CALL, Part.ONLINE, Part.ROOT])
def test_a_replaced_key_is_followed_by_old_and_new_gates_and_the_old_key_is_worth_nothing(
    world: World, tmp_path: Path, part: Part
) -> None:
    world.enlist(issuer_key(1))
    box = gate(world, tmp_path / "old")
    box.sync(world.now)
    person = {Part.ONLINE: "online", Part.ON_CALL: "dora"}.get(part, "bob")
    held = {Part.OWNER: world.owners, Part.ROOT: world.roots, Part.ON_CALL: world.on_call}.get(part, {})
    stolen, new = held.get(person, world.online), signer(person)
    drafted = replace_key(world.repository, person, part, new.public_key, world.now)
    assert ("hc1" in drafted) is (part is Part.OWNER)
    if part is Part.ONLINE:
        world.online = new
    else:
        held[person] = new
    world.sign("alice", "carol", "dora", "erik")
    world.publish()
    if part is Part.ONLINE:
        assert stolen.public_key.keyid not in {key.keyid for key in world.repository.known_keys()}
    else:
        contents.draft_keys(world.repository, listed(issuer_key(2)), world.now)
        contents.draft_denial(world.repository, Denial("DE", None, "x"), world.now)
        assert world.repository.sign(stolen) == []
        world.sign("alice", "bob", "dora")
        world.publish()
    fresh = gate(world, tmp_path / "fresh")
    for one in (box, fresh):
        one.sync(world.now)
    assert box.held() == fresh.held()


def test_nobody_replaces_a_key_that_nobody_has(world: World) -> None:
    with pytest.raises(PublishError, match="trudy: has no owner key here"):
        replace_key(world.repository, "trudy", Part.OWNER, signer("trudy").public_key, world.now)


# --- keys of people


def test_a_key_file_opens_with_its_passphrase_alone(tmp_path: Path) -> None:
    made = keyring.create(tmp_path / "alice.pem", "alice", "correct horse")
    assert (tmp_path / "alice.pem").stat().st_mode & 0o777 == 0o600
    assert b"ENCRYPTED" in (tmp_path / "alice.pem").read_bytes()
    opened = keyring.load(str(tmp_path / "alice.pem"), "correct horse", [made.public_key])
    assert keyring.owner(opened.public_key) == "alice"
    for name, words, why in (
        ("alice.pem", "wrong", "the passphrase does not open"),
        ("absent.pem", "x", "cannot read"),
        ("hsm:2", "x", "no known key answers there"),
    ):
        address = name if ":" in name else str(tmp_path / name)
        with pytest.raises(KeyringError, match=why):
            keyring.load(address, words, [made.public_key])
    with pytest.raises(FileExistsError):
        keyring.create(tmp_path / "alice.pem", "alice", "x")


# --- content as files


KEYS = st.builds(
    IssuerKey,
    st.sampled_from([FormatId.HC1, FormatId.SHC]),
    st.binary(max_size=20),
    st.text(max_size=8).filter(bool),
    st.sampled_from(Algorithm),
    st.binary(max_size=40).filter(bool),
    st.builds(
        Scope,
        st.frozensets(st.sampled_from(Kind)),
        st.frozensets(st.sampled_from(["DE", "FR"])),
        st.frozensets(st.sampled_from(["a", "b:c"])),
    ),
    st.none() | st.floats(0, 4e9),
    st.none() | st.floats(0, 4e9),
    st.sampled_from(Standing),
    st.booleans(),
)
LISTED = st.lists(st.builds(Listed, KEYS, st.sampled_from(["one list", "another"])), max_size=30)


@given(LISTED)
def test_what_is_published_reads_back_and_is_always_the_same_bytes(listed: list[Listed]) -> None:
    files = {path: data for by_path in shards.split(listed).values() for path, data in by_path.items()}
    assert Counter(one for data in files.values() for one in shards.read(data)) == Counter(listed)
    again = {path: data for by_path in shards.split(reversed(listed)).values() for path, data in by_path.items()}
    assert again == files


@pytest.mark.parametrize("data", [
    b"", b"no gzip", shards.write([])[:-1], shards.write([]) + b"x", shards.write_denials([]),
])  # fmt: skip
def test_a_file_that_is_no_shard_is_refused(data: bytes) -> None:
    with pytest.raises(ShardError):
        list(shards.read(data))


def test_bins_stay_small_and_few() -> None:
    for count in (0, 1, 256, 3_000):
        listed = [Listed(issuer_key(number), "x") for number in range(count)]
        bins = shards.split(listed).get(FormatId.HC1, {})
        sizes = [len(list(shards.read(data))) for data in bins.values()]
        assert sum(sizes) == count
        assert max(sizes, default=0) <= max(256, 2 * count**0.5)
        assert len(sizes) <= max(1, 2 * count**0.5)


def test_the_later_word_about_a_denial_stands() -> None:
    first, lifted, again = (Dated(Denial("DE", None, "x"), at) for at in (1.0, 2.0, 3.0))
    assert shards.standing_denials([first], []) == [first]
    assert shards.standing_denials([first], [lifted]) == []
    assert shards.standing_denials([first, again], [lifted]) == [again]


# --- a change in words


def listed(*keys: IssuerKey, source: str = "a list") -> list[Listed]:
    return [Listed(key, source) for key in keys]


def test_a_change_is_said_by_issuer() -> None:
    before = listed(issuer_key(1), issuer_key(2, "FR"))
    wider = replace(issuer_key(1), scope=Scope(), not_after=1e9, standing=Standing.DENIED, algorithm=Algorithm.ES384)
    lines = list(diff.words(diff.difference(before, listed(wider, issuer_key(3, "AT")))))
    changes = [
        "may attest anything of any country instead of anything of DE",
        "valid to 2001-09-09 instead of without end",
        "denied instead of good",
        "used as ES384 instead of ES256",
    ]
    assert lines == [
        "hc1 AT: 1 key added: 0000000000000003",
        "hc1 FR: 1 key removed: 0000000000000002",
        f"hc1 DE: key 0000000000000001: {'; '.join(changes)}",
        "hc1 FR: no lane believes this issuer any more",
    ]


def test_a_lost_country_and_a_shrinking_list_alarm() -> None:
    countries = [issuer_key(number, f"C{number}") for number in range(40)]
    assert diff.difference(listed(*countries), listed(*countries[1:])).alarming
    issuers = [replace(key, scope=Scope()) for key in countries]
    assert not diff.difference(listed(*issuers), listed(*issuers[2:])).alarming
    assert diff.difference(listed(*issuers), listed(*issuers[3:])).alarming
    assert not diff.difference([], listed(*issuers)).alarming


def test_a_key_that_comes_back_is_named(world: World) -> None:
    world.enlist(issuer_key(1), issuer_key(2))
    world.enlist(issuer_key(1))
    contents.draft_keys(world.repository, listed(issuer_key(1), issuer_key(2), issuer_key(3)), world.now)
    lines = list(diff.words(contents.change(world.repository)))
    assert lines == [
        "hc1 DE: 1 key added: 0000000000000003",
        "hc1 DE: 1 key comes back after it had gone: 0000000000000002",
    ]


# --- mirrors and sticks


def test_a_mirror_gets_what_it_lacks_and_the_timestamp_last(world: World, tmp_path: Path) -> None:
    world.enlist(issuer_key(1))
    to = tmp_path / "mirror"
    first = copy(world.repository, to)
    assert copy(world.repository, to) == 1
    assert first > 15
    box = gate(world, tmp_path / "gate")
    assert replace(box, source=to).sync(world.now).is_new
    newest = max((path.stat().st_mtime_ns, path.name) for path in to.rglob("*.json"))
    assert newest[1] == "timestamp.json"


# --- the demo registry


def test_the_demo_registry_is_a_real_one_and_is_renewed(tmp_path: Path) -> None:
    image = demo.ensure(tmp_path, [issuer_key(1)], NOW.timestamp())
    before = open_image(image)
    before.close()
    demo.ensure(tmp_path, [issuer_key(1), issuer_key(2)], (NOW + timedelta(days=500)).timestamp())
    after = open_image(image)
    assert len(list(after.every_key())) == 2
    assert (after.generation, after.as_of) > (before.generation, before.as_of)
    after.close()
    root = Repository(tmp_path / "published").root()
    assert root.unrecognized_fields[roles.SOLO] is True


# --- the commands, from the ceremony to the gate


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a list to import and a passphrase, where the commands run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "words").write_text("correct horse\n")
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / "issuer.pem").write_bytes(pem("CERTIFICATE", certificate()))
    (ours / "scopes.toml").write_text('["issuer.pem"]\nformat = "hc1"\nissuer = "DE"\ncountries = ["DE"]\n')
    return tmp_path


def with_words(*arguments: str) -> Result:
    return run(*arguments, "--passphrase-file", "words")


PEOPLE = ["--owner", "alice", "--owner", "bob", "--owner", "carol", "--on-call", "dora", "--on-call", "erik"]


@pytest.fixture(scope="module")
def held_ceremony(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hold one ceremony, which locks nine keys slowly; each test takes a copy of what came out."""
    folder = tmp_path_factory.mktemp("ceremony")
    (folder / "words").write_text("correct horse\n")
    registry, keys, words = (str(folder / name) for name in ("reg", "keys", "words"))
    done = run("init", registry, "--keys", keys, *PEOPLE, "--passphrase-file", words)
    assert f"install on every gate: {registry}/metadata/1.root.json" in done.output
    return folder


@pytest.fixture
def founded(held_ceremony: Path, workplace: Path) -> Path:
    for name in ("reg", "keys"):
        shutil.copytree(held_ceremony / name, workplace / name)
    return workplace


@pytest.mark.usefixtures("founded")
def test_two_people_take_a_list_from_import_to_gate_and_one_cannot() -> None:
    assert "next: `trust-registry diff reg`" in run("import", "ours", "--into", "reg").output
    told = run("diff", "reg").output
    assert "hc1 DE: 1 key added" in told
    assert "draft hc1: not signed; 2 more of alice, bob, carol" in told
    assert "hc1: signed; 1 more needed" in with_words("sign", "reg", "keys/alice.owner.pem").output
    refused = with_words("publish", "reg", "--online", "keys/online.pem")
    assert (refused.exit_code, refused.output.count("\n")) == (1, 1)
    assert with_words("sign", "reg", "keys/dora.on-call.pem").exit_code == 1
    assert "hc1: complete" in with_words("sign", "reg", "keys/bob.owner.pem").output
    assert "published: hc1" in with_words("publish", "reg", "--online", "keys/online.pem", "--to", "web").output
    root = "reg/metadata/1.root.json"
    assert "generation 2: new" in run("sync", "web", "gate", "--root", root, "--box", "north").output
    assert "1 keys of 1 issuers" in run("verify", "web", "--root", root).output
    assert "1 keys of 1 issuers" in run("show", "gate/registry.db").output
    assert "box north: has generation 2" in run("export-usb", "reg", "web").output
    assert "nothing changes for a gate" in run("diff", "reg").output
    status = run("status", "reg").output
    assert "timestamp" in status
    assert "alice, bob, carol" in status
    os.chmod("gate/lock", 0o644)  # noqa: PTH101 - the gate is there
    assert run("sync", "nowhere", "gate").exit_code == 1


@pytest.mark.usefixtures("founded")
def test_the_worst_hour_is_two_commands() -> None:
    run("import", "ours", "--into", "reg")
    with_words("sign", "reg", "keys/alice.owner.pem")
    with_words("sign", "reg", "keys/bob.owner.pem")
    with_words("publish", "reg", "--online", "keys/online.pem")
    misspelt = with_words("deny", "reg", "DX", "--why", "stolen", "--with", "keys/dora.on-call.pem")
    assert (misspelt.exit_code, "nothing was denied" in misspelt.output) == (1, True)
    assert run("deny", "reg", "DE#xyz", "--why", "stolen").exit_code == 64
    done = with_words("deny", "reg", "DE", "--why", "stolen", "--with", "keys/dora.on-call.pem")
    assert "deny: complete" in done.output
    assert "DE: every key denied: stolen" in run("diff", "reg").output
    with_words("publish", "reg", "--online", "keys/online.pem")
    run("sync", "reg", "gate", "--root", "reg/metadata/1.root.json")
    assert "1 denied" in run("show", "gate/registry.db").output
    lifted = with_words("deny", "reg", "DE", "--why", "cleared", "--lift", "--with", "keys/alice.owner.pem")
    assert "targets: 1 more to sign, of bob, carol" in lifted.output


def test_each_signer_has_to_say_how_many_issuers_are_lost(founded: Path) -> None:
    run("import", "ours", "--into", "reg")
    for name in ("alice", "bob"):
        with_words("sign", "reg", f"keys/{name}.owner.pem")
    with_words("publish", "reg", "--online", "keys/online.pem")
    (founded / "ours/scopes.toml").write_text('["issuer.pem"]\nformat = "hc1"\nissuer = "AT"\ncountries = ["AT"]\n')
    run("import", "ours", "--into", "reg")
    assert "each signer has to say so with --lost 1" in run("diff", "reg").output
    assert with_words("sign", "reg", "keys/alice.owner.pem").exit_code == 1
    assert with_words("sign", "reg", "keys/alice.owner.pem", "--lost", "1").exit_code == 0


def test_a_policy_goes_out_by_ring(founded: Path) -> None:
    (founded / "p.toml").write_text("x = 1")
    assert "draft policy" in run("put", "reg", "p.toml", "policy/early/p.toml").output
    assert "policy/early/p.toml: added" in run("diff", "reg").output
    assert run("put", "reg", "p.toml", "keys/hc1/p.toml").exit_code == 1


@pytest.mark.usefixtures("founded")
def test_a_lost_key_is_replaced_by_command() -> None:
    done = with_words("replace-key", "reg", "bob", "owner", "--keys", "keys")
    assert "keys/bob.owner.2.pem: the new key" in done.output
    for key in ("alice.root", "carol.root", "alice.owner", "bob.owner.2"):
        assert with_words("sign", "reg", f"keys/{key}.pem").exit_code == 0
    assert with_words("sign", "reg", "keys/bob.owner.pem").exit_code == 1
    assert "published: " in with_words("publish", "reg", "--online", "keys/online.pem").output
    assert run("sync", "reg", "gate", "--root", "reg/metadata/1.root.json").exit_code == 0


@pytest.mark.usefixtures("workplace")
def test_a_solo_registry_says_so_everywhere() -> None:
    assert "ONE PERSON CONTROLS TRUST" in with_words("init", "reg", "--keys", "keys", "--solo", "ann").output
    assert "ONE PERSON CONTROLS TRUST" in run("status", "reg").output
    assert with_words("init", "reg", "--keys", "other", "--solo", "ann").exit_code == 1


@pytest.mark.usefixtures("workplace")
def test_a_ceremony_needs_enough_people_and_asks_each_for_a_passphrase() -> None:
    assert run("init", "reg", "--keys", "keys", "--owner", "alice").exit_code == 64
    asked = "one\none\ntwo\ntwo\n"
    assert run("init", "reg", "--keys", "keys", "--solo", "ann", asked=asked).exit_code == 0
    assert "does not open" in run("publish", "reg", "--online", "keys/online.pem", asked="wrong\n").output
    assert run("publish", "reg", "--online", "keys/online.pem", asked="two\n").exit_code == 0


def test_a_damaged_repository_is_one_clear_line(founded: Path) -> None:
    (founded / "reg/metadata/1.targets.json").write_text("{")
    done = run("status", "reg")
    assert (done.exit_code, done.output.count("\n")) == (1, 1)
    assert "damaged" in done.output


@given(st.text(max_size=9), st.integers(1, 10_000), st.integers(0, 40), st.floats(0, 4e9))
def test_a_box_waits_for_its_own_moment_and_longer_after_failures(
    box: str, every: int, failures: int, now: float
) -> None:
    wait = wait_seconds(box, every, failures, now)
    assert 0 < wait <= 8 * every
    if failures == 0:
        assert wait <= every
        apart = (now + wait) - (now + 10 * every + wait_seconds(box, every, 0, now + 10 * every))
        assert min(apart % every, every - apart % every) < 1e-3 * max(1, every)


def test_boxes_spread_over_the_interval() -> None:
    waits = sorted(wait_seconds(f"box {number}", 900, 0, 0.0) for number in range(300))
    assert max(after - before for before, after in pairwise(waits)) < 60


def test_publish_reports_through_the_library_too(world: World) -> None:
    assert publish(world.repository, world.online, world.now) == []
