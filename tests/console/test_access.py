"""Every route against every role, and every way of coming in that must not work."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from fastapi.routing import APIRoute
from starlette.routing import Route

from tests.console.station import Station, desk, lane, running
from trust_registry.model import Algorithm, Issuer, IssuerKey
from verifier.console import act as act_routes
from verifier.console import api, enter, know, watch
from verifier.console.access import RIGHTS, Right, Role, Visitor
from verifier.console.app import build
from verifier.console.desk import SCREEN, SESSION, Desk
from verifier.console.keep import Entry, Keep
from verifier.console.passkeys import Passkeys, Refused
from verifier.console.registry import Held, registry_page
from verifier.console.sessions import IDLE_SECONDS, LONGEST_SECONDS, SESSIONS, Sessions
from verifier.protocol import Answer, Order, Verb
from verifier.verdict import FormatId
from verifier.words import load

# What each route asks for. A route that is not in this table fails the test below, and so does a wrong right.
ASKED = {
    ("GET", "/"): Right.LAMP,
    ("GET", "/holder"): Right.HOLDER,
    ("GET", "/api/v1/lamp"): Right.LAMP,
    ("GET", "/api/v1/holder"): Right.HOLDER,
    ("GET", "/api/v1/station"): Right.READ,
    ("GET", "/metrics"): Right.READ,
    ("GET", "/healthz"): Right.OPEN,
    ("GET", "/supervisor"): Right.READ,
    ("GET", "/overview"): Right.READ,
    ("GET", "/registry"): Right.READ,
    ("GET", "/policy"): Right.READ,
    ("POST", "/act"): Right.ACT,
    ("GET", "/access"): Right.ACT,
    ("POST", "/access/pair"): Right.ACT,
    ("POST", "/access/remove"): Right.ACT,
    ("GET", "/sign-in"): Right.OPEN,
    ("GET", "/enrol"): Right.OPEN,
    ("GET", "/pair"): Right.OPEN,
    ("POST", "/sign-in"): Right.OPEN,
    ("POST", "/sign-in/challenge"): Right.OPEN,
    ("POST", "/sign-out"): Right.OPEN,
    ("POST", "/enrol"): Right.OPEN,
    ("POST", "/enrol/challenge"): Right.OPEN,
    ("POST", "/pair"): Right.OPEN,
}
FAR = {"forwarded": "for=203.0.113.7"}  # not at the box: by a relay


@pytest.fixture
def seen(tmp_path: Path) -> Desk:
    return desk(tmp_path / "console.sock")


@pytest.fixture
def address(station: Station, seen: Desk) -> Iterator[str]:
    assert station
    with running(seen) as address:
        yield address


def headers(seen: Desk, role: Role) -> dict[str, str]:
    match role:
        case Role.NOBODY:
            return FAR
        case Role.BOX:
            return {}
        case Role.STAFF_SCREEN | Role.HOLDER_SCREEN:
            seen.keep.screens.put(role.encode(), Entry(role, "a screen", seen.wall() + 60))
            return FAR | {"cookie": f"{SCREEN}={role}"}
    return FAR | {"cookie": f"{SESSION}={seen.sessions.begin(role, 'Ada')}"}


def status(address: str, method: str, path: str, sent: dict[str, str]) -> int:
    with httpx.stream(method, address + path, headers=sent, timeout=5) as response:
        return response.status_code


def test_the_table_names_every_route(seen: Desk) -> None:
    parts = (watch, api, know, act_routes, enter)
    routes = [route for part in parts for route in part.routes(seen).routes if isinstance(route, APIRoute)]
    assert {(method, route.path) for route in routes for method in route.methods or ()} == set(ASKED)
    others = [
        route.path for route in build(seen).routes if isinstance(route, Route) and not isinstance(route, APIRoute)
    ]
    assert all(path.startswith("/static/") for path in others)


@pytest.mark.parametrize("role", Role)
def test_every_route_answers_those_only_who_may(seen: Desk, address: str, role: Role) -> None:
    sent = headers(seen, role)
    for (method, path), right in ASKED.items():
        answered = status(address, method, path, sent)
        if right not in RIGHTS[role]:
            assert answered == 403, (method, path)
        elif method == "GET":
            assert answered in {200, 307, 503}, (method, path)
        else:
            assert answered == 403, (method, path)  # they may, but this request came from nowhere


@pytest.fixture
def administrator(seen: Desk) -> tuple[dict[str, str], str]:
    token = seen.sessions.begin(Role.ADMINISTRATOR, "Ada")
    visitor = seen.sessions.visitor(token)
    assert visitor
    return {"cookie": f"{SESSION}={token}"}, visitor.form_token


def act(address: str, sent: dict[str, str], **fields: str) -> httpx.Response:
    form = {"content-type": "application/x-www-form-urlencoded", "origin": address} | sent
    return httpx.post(f"{address}/act", content=urlencode(fields), headers=form)


def test_an_administrator_changes_the_policy_and_it_is_written_down(
    seen: Desk, station: Station, address: str, administrator: tuple[dict[str, str], str]
) -> None:
    sent, token = administrator
    answer = act(address, sent, verb="policy", argument="1", token=token)
    assert (answer.status_code, answer.headers["location"]) == (303, "/policy?said=done")
    assert station.orders == [Order(Verb.POLICY, 1)]
    assert [(done.who, done.what, done.came) for done in seen.acts.last()] == [
        ("Ada", "policy 1", "done"),
        ("Ada", "policy 1", "asked"),
    ]


@pytest.mark.parametrize("answer", Answer)
def test_the_page_says_what_the_station_answered(
    station: Station, address: str, administrator: tuple[dict[str, str], str], answer: Answer
) -> None:
    sent, token = administrator
    station.answer = answer
    back = act(address, sent, verb="sync", argument="0", token=token).headers["location"]
    assert 'class="said"' in httpx.get(address + back, headers=sent).text


@pytest.mark.parametrize(
    "broken",
    [
        {"origin": "https://attacker.example"},
        {"origin": "null"},
        {"cookie": ""},
        {"cookie": f"{SESSION}=forged"},
        {"content-type": "text/plain"},
    ],
)
def test_an_act_that_another_page_sends_is_not_done(
    station: Station, address: str, administrator: tuple[dict[str, str], str], broken: dict[str, str]
) -> None:
    sent, token = administrator
    assert act(address, sent | broken, verb="policy", argument="1", token=token).status_code in {403, 415}
    assert act(address, sent, verb="policy", argument="1", token=token[::-1]).status_code == 403
    assert act(address, sent, verb="policy", argument="1").status_code == 403
    assert station.orders == []


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"verb": "erase"},
        {"verb": "policy", "argument": "256"},
        {"verb": "policy", "argument": "-1"},
        {"verb": "policy", "argument": "²"},
    ],
)
def test_an_order_that_is_none_is_refused(
    station: Station, address: str, administrator: tuple[dict[str, str], str], fields: dict[str, str]
) -> None:
    sent, token = administrator
    assert act(address, sent, token=token, **fields).status_code == 400
    assert station.orders == []


def test_a_session_ends_by_idleness_by_age_and_by_signing_out() -> None:
    clock = [0.0]
    sessions = Sessions(lambda: clock[0])
    idle, kept, ended = (sessions.begin(Role.SUPERVISOR, "Ada") for _ in range(3))
    sessions.end(ended)
    assert sessions.visitor(ended) is None
    while clock[0] <= LONGEST_SECONDS:
        clock[0] += IDLE_SECONDS
        assert (sessions.visitor(kept) is not None) is (clock[0] <= LONGEST_SECONDS)
    assert sessions.visitor(idle) is None


def test_sessions_are_bounded_and_each_has_a_form_token_of_its_own() -> None:
    sessions = Sessions(iter(range(10_000)).__next__)
    tokens = [sessions.begin(Role.SUPERVISOR, "Ada") for _ in range(SESSIONS + 1)]
    visitors = [sessions.visitor(token) for token in tokens]
    assert visitors[0] is None
    assert len({visitor.form_token for visitor in visitors if visitor}) == SESSIONS


def test_an_invitation_works_once_and_not_too_late(tmp_path: Path) -> None:
    keep = Keep(tmp_path)
    keep.invitations.put(b"early", Entry(Role.ADMINISTRATOR, "Ada", 100.0))
    assert keep.invitations.take(b"late", 1.0) is None
    assert keep.invitations.get(b"early", 100.0) is None
    taken = keep.invitations.take(b"early", 99.0)
    assert taken
    assert taken.name == "Ada"
    assert keep.invitations.take(b"early", 99.0) is None


def test_the_keep_holds_no_secret_and_no_file_of_it_is_readable_by_others(tmp_path: Path) -> None:
    keep = Keep(tmp_path / "state")
    keep.screens.put(b"a-secret-token", Entry(Role.STAFF_SCREEN, "door", 0))
    (file,) = (tmp_path / "state" / "screens").iterdir()
    assert b"a-secret-token" not in file.read_bytes()
    assert "secret" not in file.name
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"role": "king"}', "\x00"])
def test_a_damaged_entry_opens_nothing(tmp_path: Path, damage: str) -> None:
    keep = Keep(tmp_path)
    keep.screens.put(b"token", Entry(Role.STAFF_SCREEN, "door", 0))
    (file,) = (tmp_path / "screens").glob("*.json")
    file.write_text(damage)
    assert keep.screens.get(b"token", 1.0) is None
    assert list(keep.screens.all()) == []


def test_an_invitation_for_a_screen_makes_no_administrator(seen: Desk) -> None:
    seen.keep.invitations.put(b"screen", Entry(Role.STAFF_SCREEN, "door", seen.wall() + 60))
    with pytest.raises(Refused):
        seen.passkeys.invite("screen", "localhost")


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", '{"rawId": 1}', '{"rawId": "AA", "response": {}}', "\ud800"]
)
def test_an_answer_that_is_no_passkeys_is_refused(tmp_path: Path, answer: str) -> None:
    passkeys = Passkeys(Keep(tmp_path), lambda: 0.0, lambda: 0.0)
    with pytest.raises(Refused):
        passkeys.check(answer, "localhost", "http://localhost")
    with pytest.raises(Refused):
        passkeys.enrol("x", answer, "localhost", "http://localhost")


def test_a_paired_screen_sees_the_lamp_and_no_more(seen: Desk, address: str) -> None:
    seen.keep.invitations.put(b"once", Entry(Role.STAFF_SCREEN, "door", seen.wall() + 60))
    sent = FAR | {"origin": address}
    first = httpx.post(f"{address}/pair", content="once", headers=sent)
    assert first.json() == {"then": "/"}
    cookie = first.headers["set-cookie"]
    assert re.search(r"^__Host-screen=[\w-]{40,}; HttpOnly; Max-Age=\d+; Path=/; SameSite=strict; Secure$", cookie)
    screen = FAR | {"cookie": cookie.partition(";")[0]}
    assert status(address, "GET", "/", screen) == 200
    assert status(address, "GET", "/supervisor", screen) == 403
    assert httpx.post(f"{address}/pair", content="once", headers=sent).status_code == 403


HOSTILE = "<script>alert(1)</script>\u202e\x1b[2J" + "A" * 10_000


def test_what_others_wrote_in_a_registry_is_shown_as_short_text() -> None:
    key = IssuerKey(FormatId.HC1, b"k", HOSTILE, Algorithm.ES256, b"", not_after=1.8e9)
    held = Held(1, 1.79e9, (Issuer(HOSTILE, "XX", HOSTILE),), (key,))
    written = registry_page(held, lane(), "", load("en"), Visitor(Role.BOX))
    assert "<script>alert" not in written
    assert "\x1b" not in written
    assert len(written) < 10_000
    assert "A" * 300 not in written
