"""Word diffs as HTML: deleted words in `<del>`, new ones in `<ins>`, in one text or side by side."""

from collections.abc import Iterable, Iterator

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from claims.services.history.revisions import HistoryEntry
from claims.services.history.word_diff import DiffOp, DiffPart, diff_words

MAX_WORD_PAIRS = 1_000_000  # compared for each change, since a page shows many
DIFF_CONTEXT = 90  # unchanged characters shown before and after a change
MAX_CHANGE_CHARACTERS = 600  # shown of deleted or new text

_DIFF_TAGS = {DiffOp.GONE: "del", DiffOp.NEW: "ins"}


def _render_parts(parts: Iterable[DiffPart]) -> SafeString:
    return format_html_join("", "{}", ((_render_part(op, text),) for op, text in parts))


def _render_part(op: DiffOp, text: str) -> str:
    return escape(text) if op is DiffOp.KEPT else format_html("<{0}>{1}</{0}>", _DIFF_TAGS[op], text)


def _abridge(parts: list[DiffPart]) -> Iterator[DiffPart]:
    """Shortens changes, and unchanged text to its ends next to a change."""
    for index, (op, text) in enumerate(parts):
        if op is not DiffOp.KEPT:
            yield op, text if len(text) <= MAX_CHANGE_CHARACTERS else f"{text[:MAX_CHANGE_CHARACTERS]}…"
            continue
        start = "" if index == 0 else text[:DIFF_CONTEXT]
        end = "" if index == len(parts) - 1 else text[-DIFF_CONTEXT:]
        is_short = len(text) <= len(start) + len(end) + 1
        yield op, text if is_short else f"{start}…{end}"


def render_inline_diff(old: str, new: str) -> SafeString:
    """Both versions in one text, with long unchanged passages abridged."""
    return _render_parts(_abridge(diff_words(old, new, max_pairs=MAX_WORD_PAIRS)))


def render_side_by_side_diff(old: str, new: str) -> tuple[SafeString, SafeString]:
    """Both complete versions, with deletions marked in the first and additions in the second."""
    parts = diff_words(old, new)
    return (
        _render_parts(part for part in parts if part[0] is not DiffOp.NEW),
        _render_parts(part for part in parts if part[0] is not DiffOp.GONE),
    )


def render_history_entries(entries: Iterable[HistoryEntry]) -> list[dict[str, object]]:
    """The entries with their changes as HTML, for the template."""
    return [
        {
            "entry": entry,
            "changes": [
                {"label": change.label, "diff": render_inline_diff(change.old, change.new)} for change in entry.changes
            ],
        }
        for entry in entries
    ]
