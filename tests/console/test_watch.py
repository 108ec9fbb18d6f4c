"""The lamp page and its streams, over a real socket from a station and a real one to a client."""

import asyncio
import http.client
import json
import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.console.station import READY, Station, asked, desk, lane, running, tally
from verifier.console import lamp
from verifier.console.board import Lost
from verifier.console.guard import BODY_BYTES, HEADERS
from verifier.console.lane import Lane
from verifier.console.stream import to_holder
from verifier.protocol import Answer, Order, Shown, Verb
from verifier.verdict import Action, Outcome, Prompt, Reason, Verdict
from verifier.words import LANGUAGES, load

Event = tuple[str, dict[str, object]]


@contextmanager
def listening(address: str, path: str = "/api/v1/lamp") -> Iterator[Iterator[Event]]:
    with httpx.stream("GET", address + path, timeout=5) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        yield events(response.iter_lines())


def events(lines: Iterator[str]) -> Iterator[Event]:
    for line in lines:
        if line.startswith("event: "):
            yield line.removeprefix("event: "), json.loads(next(lines).removeprefix("data: "))


def following(stream: Iterator[Event], wanted: str) -> dict[str, object]:
    return next(fields for name, fields in stream if name == wanted)


def test_a_verdict_reaches_the_staff_as_face_and_action(station: Station, console: str) -> None:
    with listening(console) as stream:
        following(stream, "state")
        station.say(Shown(Verdict(Reason.EXPIRED), Action.ASK_FOR_ANOTHER))
        assert following(stream, "shown") == {"face": "fail", "action": "ask-for-another"}
        station.say(Shown(Prompt.TWO_CREDENTIALS, None))
        assert following(stream, "shown") == {"face": "prompt two-credentials"}
        station.say(tally(CLAIM_MET=4, EXPIRED=2, REVOKED=1, LATE=9))
        assert following(stream, "tally") == {"pass": 4, "fail": 3, "unsure": 9}


@pytest.mark.parametrize("reason", Reason)
def test_the_holder_cannot_tell_fail_from_unsure(reason: Reason) -> None:
    said = to_holder(Shown(Verdict(reason), Action.CALL_SUPERVISOR))
    assert said == {"face": "pass" if reason.outcome is Outcome.PASS else "staff"}


def test_a_station_that_goes_is_shown_as_lost_and_one_that_comes_back_as_ready(station: Station, console: str) -> None:
    with listening(console) as stream:
        following(stream, "state")
        station.hang_up()
        assert following(stream, "lost") == {}
        assert following(stream, "state")["readiness"] == "ready"


def test_an_event_carries_no_time_and_no_number(station: Station, console: str) -> None:
    with listening(console) as stream:
        following(stream, "state")
        station.say(Shown(Verdict(Reason.CLAIM_MET), Action.ADMIT))
        assert not re.search(r"\d", json.dumps(following(stream, "shown")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_the_language_of_its_address(console: str, language: str) -> None:
    page = httpx.get(f"{console}/?lang={language}").text
    words = load(language)
    assert f'lang="{language}" dir="{words.direction}"' in page
    assert all(words.of(outcome) in page for outcome in Outcome)


def test_a_policy_of_the_site_is_shown_as_text() -> None:
    seen = lane()
    hostile = Lane(seen.name, "en", seen.zone, (asked("own", "<script>alert(1)</script>\u202e"),), seen.image)
    assert "<script>alert" not in lamp.page(hostile, load("en"))
    assert "<bdi>&lt;script&gt;" in lamp.page(hostile, load("en"))


@pytest.mark.parametrize("path", ["/", "/holder", "/static/lamp.css", "/static/lamp.js", "/nowhere", "/api/v1/nowhere"])
def test_every_answer_carries_the_headers_and_no_name_of_the_server(console: str, path: str) -> None:
    answer = httpx.get(console + path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "server" not in answer.headers


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/static/", "/static/../app.py"])
def test_there_is_no_page_about_the_routes_and_no_folder(console: str, path: str) -> None:
    answer = httpx.get(console + path)
    assert (answer.status_code, answer.json()) == (404, {"error": "not-found"})


def test_an_error_repeats_nothing(console: str) -> None:
    canary = "canary-7f3a"
    for method, path in (("GET", f"/{canary}?{canary}"), ("POST", f"/?{canary}"), (canary.upper(), "/")):
        answer = httpx.request(method, console + path, headers={"x-canary": canary}, content=canary)
        assert answer.status_code in {404, 405}
        assert canary not in answer.text.lower()


def test_a_method_that_a_route_does_not_know_is_told_those_it_does(console: str) -> None:
    answer = httpx.request("TRACE", f"{console}/healthz")
    assert (answer.status_code, answer.headers["allow"], answer.json()) == (405, "GET", {"error": "not-allowed"})


def test_another_host_name_is_refused(console: str) -> None:
    # a page of the internet whose name was made to point at loopback
    answer = httpx.get(console, headers={"host": "attacker.example"})
    assert answer.status_code == 421


def test_nobody_stands_at_the_box_behind_a_relay(console: str) -> None:
    assert httpx.get(console, headers={"x-forwarded-for": "203.0.113.7"}).status_code == 403


def test_a_large_body_is_refused_before_it_is_read(console: str) -> None:
    host = console.removeprefix("http://")
    client = http.client.HTTPConnection(host, timeout=5)
    client.putrequest("POST", "/")
    client.putheader("content-length", str(300_000_000))
    client.endheaders()
    answer = client.getresponse()
    assert (answer.status, answer.getheader("connection")) == (413, "close")
    client.close()


def test_a_body_that_does_not_say_its_length_is_cut(console: str) -> None:
    host, port = console.removeprefix("http://").split(":")
    chunk = b"1000\r\n" + bytes(4_096) + b"\r\n"
    with socket.create_connection((host, int(port)), 5) as client:
        head = (
            f"POST /sign-in HTTP/1.1\r\nhost: {host}:{port}\r\norigin: {console}\r\ntransfer-encoding: chunked\r\n\r\n"
        )
        client.sendall(head.encode() + chunk * (BODY_BYTES // 4_096 + 1))
        answer = http.client.HTTPResponse(client)
        answer.begin()
        assert (answer.status, answer.getheader("connection")) == (413, "close")
        answer.read()
        assert client.recv(1) == b""


def test_half_a_head_is_not_waited_for(tmp_path: Path) -> None:
    with running(desk(tmp_path / "none.sock"), head_seconds=0.2) as address, ExitStack() as stack:
        host, port = address.removeprefix("http://").split(":")
        halves = [stack.enter_context(socket.create_connection((host, int(port)), 5)) for _ in range(50)]
        for half in halves:
            half.sendall(b"GET / HTTP/1.1\r\nhost: ")
        assert httpx.get(address).status_code == 200
        assert [half.recv(1) for half in halves] == [b""] * 50


def test_an_order_reaches_the_station_and_its_answer_comes_back(tmp_path: Path) -> None:
    async def story() -> None:
        seen = desk(tmp_path / "c.sock")
        assert await seen.feed.order(Verb.SYNC) is Answer.UNAVAILABLE
        listener = asyncio.create_task(seen.feed.run())
        changes = seen.board.listen()
        while await anext(changes) == Lost():
            pass
        assert await seen.feed.order(Verb.POLICY, 1) is Answer.DONE
        await changes.aclose()
        listener.cancel()

    with Station(tmp_path / "c.sock", READY) as station:
        asyncio.run(story())
        assert station.orders == [Order(Verb.POLICY, 1)]
