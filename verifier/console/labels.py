"""The words of the pages themselves, one member each; their sentences stand in the catalogues of `verifier.words`."""

from enum import StrEnum


class Label(StrEnum):
    """A heading, a button or a remark on a page."""

    LANE = "lane"
    ASKS = "asks"
    SHOW_CODE = "show-code"
    LOST = "lost"
    LOST_HINT = "lost-hint"
    CLOSED_HINT = "closed-hint"
    TRAINING = "training"
    COUNTS = "counts"
    FULL_SCREEN = "full-screen"
    SOUND = "sound"
    KEPT = "kept"
    HOLDER_PASS = "holder-pass"  # noqa: S105 - no password
    HOLDER_STAFF = "holder-staff"
