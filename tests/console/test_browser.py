"""The lamp page in a real browser: what is seen, when it goes, and that it never shows what is over."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.console.station import READY, TRAINING, Station, desk, running, tally
from verifier.protocol import Readiness, Shown, State, Trouble
from verifier.verdict import Action, FormatId, Outcome, Prompt, Reason, Verdict
from verifier.words import LANGUAGES, load

pytestmark = pytest.mark.browser

KIOSK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 412, "height": 870}

PASSED = Shown(Verdict(Reason.CLAIM_MET, FormatId.HC1), Action.ADMIT)
FAILED = Shown(Verdict(Reason.EXPIRED, FormatId.HC1), Action.ASK_FOR_ANOTHER)
UNSURE = Shown(Verdict(Reason.UNKNOWN_ISSUER, FormatId.HC1), Action.CALL_SUPERVISOR)
OLD = replace(READY, readiness=Readiness.DEGRADED, troubles=frozenset({Trouble.REGISTRY_OLD}))
CLOSED = replace(READY, readiness=Readiness.NOT_READY, troubles=frozenset({Trouble.NO_CAMERA}))

# How the three colour deficiencies see the page, as the browser itself simulates them.
DEFICIENCIES = ("protanopia", "deuteranopia", "tritanopia", "achromatopsia")


@pytest.fixture
def page(browser: Browser, console: str) -> Iterator[Page]:
    page = browser.new_page(viewport=KIOSK)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(console)
    expect(page.locator("body")).to_have_attribute("data-face", "ready")
    yield page
    page.close()
    assert faults == []


def face(page: Page, wanted: str) -> None:
    expect(page.locator("body")).to_have_attribute("data-face", wanted, timeout=8_000)


def tell(page: Page, station: Station, state: State, *shown: Shown) -> None:
    """Let the station say its state and then a result, and wait until the page has taken both in."""
    station.say(state)
    expect(page.locator("body")).to_have_class("is-training" if state.training else "")
    station.say(*shown)


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (PASSED, ("pass", "PASS", "Admit")),
        (FAILED, ("fail", "FAIL", "Ask for another")),
        (UNSURE, ("unsure", "UNSURE", "Call the supervisor")),
    ],
)
def test_a_verdict_shows_by_word_and_shape_and_place_with_what_to_do(
    page: Page, station: Station, pictures: Path, shown: Shown, said: tuple[str, str, str]
) -> None:
    wanted, word, action = said
    station.say(shown)
    face(page, wanted)
    expect(page.get_by_role("heading")).to_have_text(word)
    expect(page.locator(".actions p:visible")).to_have_text(action)
    expect(page.locator(f"section:visible svg.{wanted}")).to_be_visible()
    page.screenshot(path=pictures / f"lamp-{wanted}.png")


@pytest.mark.parametrize(("shown", "wanted", "seconds"), [(PASSED, "pass", 2), (FAILED, "fail", 6)])
def test_it_returns_to_ready_by_itself(page: Page, station: Station, shown: Shown, wanted: str, seconds: int) -> None:
    station.say(shown)
    face(page, wanted)
    seen = time.monotonic()
    face(page, "ready")
    assert seconds - 0.5 < time.monotonic() - seen < seconds + 0.5


def test_a_hand_keeps_what_is_shown_until_it_lets_go(page: Page, station: Station) -> None:
    page.mouse.move(600, 400)
    station.say(PASSED)
    face(page, "pass")
    page.mouse.down()
    page.evaluate("async () => { while (!due) await new Promise(requestAnimationFrame); }")
    face(page, "pass")
    page.mouse.up()
    face(page, "ready")


def test_a_new_verdict_takes_the_place_of_one_that_is_kept(page: Page, station: Station) -> None:
    station.say(PASSED)
    face(page, "pass")
    page.mouse.down()
    station.say(FAILED)
    face(page, "fail")


def test_green_does_not_outlive_the_station(page: Page, station: Station, pictures: Path) -> None:
    station.say(PASSED)
    face(page, "pass")
    station.hang_up()
    face(page, "lost")
    expect(page.locator(".actions p:visible")).to_have_count(0)
    page.screenshot(path=pictures / "lamp-lost.png")
    face(page, "ready")


def test_a_console_that_hangs_shows_as_silence(browser: Browser, station: Station, tmp_path: Path) -> None:
    hanging, released = threading.Event(), threading.Event()

    def clock() -> float:
        if hanging.is_set():
            released.wait(20)
        return time.monotonic()

    with running(desk(tmp_path / "console.sock", clock)) as address:
        page = browser.new_page()
        page.goto(address)
        face(page, "ready")
        hanging.set()
        station.say(PASSED)
        face(page, "lost")
        released.set()
        face(page, "ready")
        page.close()


def test_a_closed_lane_shows_no_verdict_as_open(page: Page, station: Station, pictures: Path) -> None:
    station.say(CLOSED)
    face(page, "closed")
    expect(page.locator(".troubles li:visible")).to_have_text("No camera")
    page.screenshot(path=pictures / "lamp-closed.png")


def test_a_warning_stands_below_and_green_stays_green(page: Page, station: Station, pictures: Path) -> None:
    tell(page, station, OLD, UNSURE)
    face(page, "unsure")
    expect(page.locator(".troubles li:visible")).to_have_text("The registry is old")
    page.screenshot(path=pictures / "lamp-warning.png")


def test_training_cannot_be_overlooked_and_counts_live(page: Page, station: Station, pictures: Path) -> None:
    expect(page.locator(".counts")).to_be_hidden()
    tell(page, station, TRAINING, PASSED)
    station.say(tally(CLAIM_MET=12, EXPIRED=3, UNKNOWN_ISSUER=2))
    expect(page.locator(".training span:visible")).to_have_text(["TRAINING", "TRAINING"])
    expect(page.locator(".counts li span")).to_have_text(["12", "2", "3"])
    page.screenshot(path=pictures / "lamp.png")


@pytest.mark.parametrize("prompt", Prompt)
def test_a_prompt_is_drawn_and_has_no_action(page: Page, station: Station, prompt: Prompt) -> None:
    station.say(Shown(prompt, None))
    face(page, "prompt")
    expect(page.locator("section:visible")).to_have_text(load("en").of(prompt))
    expect(page.locator(".actions p:visible")).to_have_count(0)


def test_the_policy_that_is_asked_is_named(page: Page, station: Station) -> None:
    expect(page.locator(".asks strong:visible")).to_have_text("vaccinated against yellow fever")
    station.say(replace(READY, policy=1))
    expect(page.locator(".asks strong:visible")).to_have_text("a crew badge of this ship")


def test_the_holder_sees_how_to_go_on_and_not_why(
    browser: Browser, console: str, station: Station, pictures: Path
) -> None:
    page = browser.new_page(viewport=KIOSK)
    page.goto(f"{console}/holder")
    face(page, "ready")
    pictured = []
    for shown in (FAILED, UNSURE):
        station.say(shown)
        face(page, "staff")
        pictured.append(page.screenshot(path=pictures / "lamp-holder.png"))
        station.say(PASSED)
        face(page, "pass")
    assert pictured[0] == pictured[1]
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [KIOSK, PHONE], ids=["kiosk", "phone"])
def test_every_word_fits_in_every_language(
    browser: Browser, console: str, station: Station, pictures: Path, language: str, size: ViewportSize
) -> None:
    page = browser.new_page(viewport=size)
    page.goto(f"{console}/?lang={language}")
    face(page, "ready")
    for shown, outcome in ((PASSED, Outcome.PASS), (FAILED, Outcome.FAIL), (UNSURE, Outcome.UNSURE)):
        station.say(shown)
        face(page, outcome)
        assert page.evaluate(OVERFLOWING) == []
        page.screenshot(path=pictures / f"lamp-{language}-{outcome}-{size['width']}.png")
    page.close()


OVERFLOWING = """() => [...document.querySelectorAll("header p, section, section h1, .actions p, footer")]
  .filter((element) => element.checkVisibility())
  .filter((element) => {
    const box = element.getBoundingClientRect();
    return element.scrollWidth > element.clientWidth + 1 || box.left < 0 || box.right > innerWidth + 1
      || box.bottom > innerHeight + 1;
  })
  .map((element) => element.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_the_three_outcomes_differ_in_lightness_for_every_eye(
    page: Page, station: Station, pictures: Path, deficiency: str
) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": deficiency})
    lightness = []
    for shown, outcome in ((FAILED, Outcome.FAIL), (PASSED, Outcome.PASS), (UNSURE, Outcome.UNSURE)):
        station.say(shown)
        face(page, outcome)
        picture = pictures / f"lamp-{deficiency}-{outcome}.png"
        page.screenshot(path=picture)
        lightness.append(ground_luminance(picture))
    fail, passed, unsure = lightness
    assert (passed + 0.05) / (fail + 0.05) > 3  # WCAG 2.2 asks this contrast of what must be told apart
    assert (unsure + 0.05) / (passed + 0.05) > 1.5


def ground_luminance(picture: Path) -> float:
    """Give the relative luminance of the page's ground. Source: WCAG 2.2, definition of relative luminance."""
    with Image.open(picture) as opened:
        red, green, blue = opened.convert("RGB").resize((1, 1), box=(2, 2, 10, 10)).tobytes()
    linear = [((part / 255 + 0.055) / 1.055) ** 2.4 if part > 10 else part / 255 / 12.92 for part in (red, green, blue)]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
