"""The scan just made, for a supervisor: why, and what to do. Gone with the next scan, and written nowhere."""

from verifier.console.access import Visitor
from verifier.console.frame import facts, page
from verifier.console.html import Html, el
from verifier.console.labels import Label
from verifier.console.page import icon
from verifier.protocol import Shown
from verifier.verdict import Action, Verdict
from verifier.words import Words


def supervisor_page(shown: Shown | None, words: Words, visitor: Visitor) -> str:
    """Write the page."""
    verdict = shown.result if shown and isinstance(shown.result, Verdict) else None
    explained = _explained(verdict, shown.action, words) if verdict and shown else None
    nothing = el("p", words.of(Label.NO_SCAN), class_="nothing", hidden=explained is not None)
    return page(words, visitor, Label.THIS_SCAN, explained, nothing, script="supervisor")


def _explained(verdict: Verdict, action: Action | None, words: Words) -> Html:
    return el(
        "section",
        el("p", icon(verdict.outcome), words.of(verdict.outcome), class_=f"outcome {verdict.outcome}"),
        facts(
            (words.of(Label.WHY), words.of(verdict.reason)),
            (words.of(Label.WHAT_TO_DO), words.remedy(verdict.reason)),
            (words.of(Label.ACTION), words.of(action) if action else None),
        ),
        class_="explained",
    )
