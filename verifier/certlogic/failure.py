"""The one error of rules."""


class RuleError(Exception):
    """A rule that is malformed, or that has no answer for this data. Carries none of it."""
