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

    # where to go
    LAMP = "lamp"
    THIS_SCAN = "this-scan"
    OVERVIEW = "overview"
    REGISTRY = "registry"
    POLICY = "policy"
    ACCESS = "access"
    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"

    # the scan just made
    NO_SCAN = "no-scan"
    WHY = "why"
    WHAT_TO_DO = "what-to-do"

    # how the station is
    NO_TROUBLE = "no-trouble"
    CLOCK = "clock"
    UNCERTAINTY = "uncertainty"
    PROTECTION = "protection"
    MISSING = "missing"
    GENERATION = "generation"
    AS_OF = "as-of"
    QUARTERS = "quarters"
    MERGED = "merged"
    READING = "reading"
    JUDGING = "judging"
    MILLISECONDS = "milliseconds"
    NOTHING_YET = "nothing-yet"
    PARTS = "parts"
    END_TRAINING = "end-training"

    # the registry
    SEARCH = "search"
    ISSUERS = "issuers"
    KEYS = "keys"
    COUNTRY = "country"
    SOURCE = "source"
    VALID_UNTIL = "valid-until"
    STANDING = "standing"
    NO_IMAGE = "no-image"
    EXPIRING = "expiring"
    NO_END = "no-end"
    MORE = "more"

    # the policy
    ASKED_NOW = "asked-now"
    VERSION = "version"
    RULE = "rule"
    FORMATS = "formats"
    REASON = "reason"
    ACTION = "action"
    ASK_THIS = "ask-this"

    # who may
    SIGN_IN_HINT = "sign-in-hint"
    ENROL = "enrol"
    ENROL_HINT = "enrol-hint"
    REFUSED = "refused"
    PAIR = "pair"
    PAIR_STAFF = "pair-staff"
    PAIR_HOLDER = "pair-holder"
    PAIR_HINT = "pair-hint"
    PAIR_HERE = "pair-here"
    PEOPLE = "people"
    SCREENS = "screens"
    REMOVE = "remove"
    ACTS = "acts"
