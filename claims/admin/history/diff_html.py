"""Changes as an editor reads them: what is gone struck through, what is new underlined, in one text or side by side."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.services.history.revisions import FieldChange, HistoryEntry
from claims.services.history.word_diff import DiffOp, DiffPart, diff_words

MAX_WORD_PAIRS = 1_000_000  # pairs of words compared for one change of many on a page
DIFF_CONTEXT = 90  # characters shown on either side of a change, where only the change matters
MAX_CHANGE_CHARACTERS = 600  # characters of what is gone, or new, there

_DIFF_TAGS = {DiffOp.GONE: "del", DiffOp.NEW: "ins"}


def _render_parts(found: Iterable[DiffPart]) -> SafeString:
    html = SafeString("")
    for fate, text in found:
        if fate is DiffOp.KEPT:
            html += format_html("{}", text)
        else:
            html += format_html("<{0}>{1}</{0}>", _DIFF_TAGS[fate], text)
    return html


def _abridge(found: list[DiffPart]) -> Iterable[DiffPart]:
    for at, (fate, text) in enumerate(found):
        if fate is not DiffOp.KEPT:
            yield fate, text if len(text) <= MAX_CHANGE_CHARACTERS else f"{text[:MAX_CHANGE_CHARACTERS]}…"
            continue
        before = "" if at == 0 else text[:DIFF_CONTEXT]
        after = "" if at == len(found) - 1 else text[-DIFF_CONTEXT:]
        whole = len(text) <= len(before) + len(after) + 1
        yield fate, text if whole else f"{before}…{after}"


def render_inline_diff(former: str, later: str) -> SafeString:
    """One text with both, long stretches that stayed left out."""
    return _render_parts(_abridge(diff_words(former, later, most=MAX_WORD_PAIRS)))


def render_side_by_side_diff(former: str, later: str) -> tuple[SafeString, SafeString]:
    """Both as a whole, with what is gone marked in the first and what is new in the second."""
    found = diff_words(former, later)
    return (
        _render_parts(part for part in found if part[0] is not DiffOp.NEW),
        _render_parts(part for part in found if part[0] is not DiffOp.GONE),
    )


def render_history_entries(entries: Iterable[HistoryEntry]) -> list[dict[str, Any]]:
    """The entries with their changes marked."""
    return [
        {"entry": entry, "changes": [_render_field_change(change) for change in entry.changes]} for entry in entries
    ]


def _render_field_change(change: FieldChange) -> dict[str, Any]:
    return {"label": change.label, "words": render_inline_diff(change.old, change.new)}
