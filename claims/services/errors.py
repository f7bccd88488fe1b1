"""What a service says when it will not do what was asked."""


class RefusedError(Exception):
    """A rule stands against what was asked; the message says which, about what, and what to do. Nothing was changed."""
