"""The error that services raise when a rule forbids a change."""


class RefusedError(Exception):
    """A rule forbids the change. The message says what was wrong and what to do; nothing was changed."""
