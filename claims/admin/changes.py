"""Changes as an editor reads them: what is gone struck through, what is new underlined, in one text or side by side."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.services.revisions import Change, Entry
from claims.services.worddiff import Fate, Part, parts

QUICK = 1_000_000  # pairs of words compared for one change of many on a page
CONTEXT = 90  # characters shown on either side of a change, where only the change matters
LONGEST = 600  # characters of what is gone, or new, there

_TAGS = {Fate.GONE: "del", Fate.NEW: "ins"}


def _html(found: Iterable[Part]) -> SafeString:
    html = SafeString("")
    for fate, text in found:
        if fate is Fate.KEPT:
            html += format_html("{}", text)
        else:
            html += format_html("<{0}>{1}</{0}>", _TAGS[fate], text)
    return html


def _brief(found: list[Part]) -> Iterable[Part]:
    for at, (fate, text) in enumerate(found):
        if fate is not Fate.KEPT:
            yield fate, text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
            continue
        before = "" if at == 0 else text[:CONTEXT]
        after = "" if at == len(found) - 1 else text[-CONTEXT:]
        whole = len(text) <= len(before) + len(after) + 1
        yield fate, text if whole else f"{before}…{after}"


def inline(former: str, later: str) -> SafeString:
    """One text with both, long stretches that stayed left out."""
    return _html(_brief(parts(former, later, most=QUICK)))


def side_by_side(former: str, later: str) -> tuple[SafeString, SafeString]:
    """Both as a whole, with what is gone marked in the first and what is new in the second."""
    found = parts(former, later)
    return (
        _html(part for part in found if part[0] is not Fate.NEW),
        _html(part for part in found if part[0] is not Fate.GONE),
    )


def shown(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The entries with their changes marked."""
    return [{"entry": entry, "changes": [_marked(change) for change in entry.changes]} for entry in entries]


def _marked(change: Change) -> dict[str, Any]:
    return {"label": change.label, "words": inline(change.former, change.later)}
