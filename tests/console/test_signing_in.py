"""Adding a passkey and signing in with it, in a real browser with a virtual security key."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.station import Station, desk, running
from verifier.console.access import Role
from verifier.console.desk import Desk
from verifier.console.keep import Entry

pytestmark = pytest.mark.browser


@pytest.fixture
def seen(tmp_path: Path) -> Desk:
    return desk(tmp_path / "console.sock")


@pytest.fixture
def page(browser: Browser, station: Station, seen: Desk) -> Iterator[Page]:
    assert station
    with running(seen) as address:
        page = browser.new_page(base_url=address.replace("127.0.0.1", "localhost"))
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        yield page
        page.close()


KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def enrol(page: Page) -> None:
    page.goto("/enrol#s3cret")
    page.get_by_role("button", name="Add a passkey").click()


def test_a_passkey_is_added_once_and_signs_in(page: Page, seen: Desk, station: Station, pictures: Path) -> None:
    seen.keep.invitations.put(b"s3cret", Entry(Role.ADMINISTRATOR, "Ada", seen.wall() + 60))
    enrol(page)
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    page.get_by_role("link", name="Policy").click()
    page.get_by_role("button", name="Ask this").click()
    expect(page.locator(".said")).to_have_text("Done.")
    assert len(station.orders) == 1
    page.get_by_role("link", name="Access").click()
    expect(page.locator("table").first).to_contain_text("Ada")
    page.screenshot(path=pictures / "console-access.png", full_page=True)
    enrol(page)
    expect(page.get_by_role("alert")).to_be_visible()


def test_a_passkey_that_was_removed_no_longer_signs_in(page: Page, seen: Desk) -> None:
    seen.keep.invitations.put(b"s3cret", Entry(Role.SUPERVISOR, "Ada", seen.wall() + 60))
    enrol(page)
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    expect(page.get_by_role("link", name="Access")).to_have_count(0)
    ((stem, _),) = seen.keep.passkeys.all()
    seen.keep.passkeys.remove(stem)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()


def test_a_replayed_answer_is_refused(page: Page, seen: Desk) -> None:
    seen.keep.invitations.put(b"s3cret", Entry(Role.SUPERVISOR, "Ada", seen.wall() + 60))
    enrol(page)
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    with page.expect_request(lambda request: request.url.endswith("/sign-in") and request.method == "POST") as sent:
        page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    body = sent.value.post_data
    again = page.evaluate("(body) => fetch('/sign-in', { method: 'POST', body }).then((answer) => answer.status)", body)
    assert again == 403
