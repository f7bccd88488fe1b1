"""Shortens texts for messages, lists and titles."""


def truncate(text: str, length: int) -> str:
    """Returns at most `length` code points of a text; the last is … if something was left out.

    Django's Truncator would normalise the text and not count combining marks, but a quote keeps its characters.
    """
    return text if len(text) <= length else f"{text[: length - 1]}…"
