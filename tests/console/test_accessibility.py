"""Every page against the rules of WCAG 2.2 AA that a program can check, in both writing directions and both lights."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.console.station import READY, TRAINING, Station, desk, lane, running, tally
from verifier.console.access import Role
from verifier.console.desk import SESSION, Desk
from verifier.protocol import Readiness, Shown, Trouble
from verifier.verdict import Action, FormatId, Prompt, Reason, Verdict

pytestmark = pytest.mark.browser

AXE = Path(sys.prefix) / "axe/node_modules/axe-core/axe.min.js"
RULES = json.dumps({"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
OLD = replace(READY, readiness=Readiness.DEGRADED, troubles=frozenset({Trouble.REGISTRY_OLD, Trouble.HOT}))
LATENCIES = (0, 12, 40, 70, 30, 10, 0, 0, 0, 0)
SHOWN = (
    Shown(Verdict(Reason.CLAIM_MET, FormatId.HC1), Action.ADMIT),
    Shown(Verdict(Reason.EXPIRED, FormatId.HC1), Action.ASK_FOR_ANOTHER),
    Shown(Verdict(Reason.UNKNOWN_ISSUER, FormatId.HC1), Action.CALL_SUPERVISOR),
    Shown(Prompt.UNREADABLE, None),
)
PAGES = ("overview", "registry", "policy", "supervisor", "access", "sign-in", "enrol", "pair")

if not AXE.exists():
    pytest.skip("axe-core is not here: `make browser` fetches it where there is npm", allow_module_level=True)


@pytest.fixture
def seen(tmp_path: Path) -> Desk:
    return desk(tmp_path / "console.sock", seen=lane(tmp_path / "registry.sqlite"))


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, station: Station, seen: Desk, request: pytest.FixtureRequest) -> Iterator[Page]:
    with running(seen) as address:
        here = address.replace("127.0.0.1", "localhost")
        context = browser.new_context(base_url=here, bypass_csp=True, color_scheme=request.param)
        token = seen.sessions.begin(Role.ADMINISTRATOR, "Ada")
        context.add_cookies([{"name": SESSION, "value": token, "url": "https://localhost", "secure": True}])
        station.say(
            OLD, *(replace(tally(CLAIM_MET=90, EXPIRED=20, LATE=10), since=900 * quarter) for quarter in range(9))
        )
        yield context.new_page()
        context.close()


def problems(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(f"axe.run(document, {RULES})")
    return [f"{one['id']}: {node['html'][:150]}" for one in found["violations"] for node in one["nodes"]]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_page_has_no_barrier(page: Page, station: Station, pictures: Path, path: str, language: str) -> None:
    station.say(SHOWN[2])
    page.goto(f"/{path}?lang={language}")
    assert problems(page) == []
    if language == "en":
        page.screenshot(path=pictures / f"console-{path}.png", full_page=True)


def test_the_lamp_has_no_barrier_in_any_face(page: Page, station: Station) -> None:
    page.goto("/")
    for state in (READY, TRAINING, OLD):
        for shown in SHOWN:
            page.wait_for_selector("body:not([data-face='lost'])")  # a long look at the page may cost it its stream
            station.say(state, shown)
            face = shown.result.outcome.value if isinstance(shown.result, Verdict) else "prompt"
            page.wait_for_selector(f"body[data-face='{face}']")
            assert problems(page) == []


def test_the_check_can_fail(page: Page) -> None:
    page.goto("/overview")
    page.evaluate("document.querySelector('main').append(new Image())")
    assert any(problem.startswith("image-alt") for problem in problems(page))
