"""The notice on the card of a quote that the newest snapshot of its source lacks: both texts, side by side."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from claims.admin.common.highlight import TextMark, highlight_spans
from claims.models import Anchor, AnchorState, Quote, Snapshot
from claims.services.history.word_diff import DiffOp, DiffPart, diff_words
from claims.services.sources.passages import find_changed_passage

MAX_SHOWN_PASSAGE = 2_000  # code points of either text; the comparison has all of it
MAX_PASSAGE_WORD_PAIRS = 1_000_000


@dataclass(frozen=True, slots=True)
class SourceChange:
    """What stands in the newest snapshot in place of the quote's sentences, as HTML; `new` is empty if nothing does."""

    snapshot_id: int
    found_at: datetime
    changed_at: datetime
    is_ambiguous: bool
    is_resolved: bool
    old: SafeString
    new: SafeString
    compare_url: str
    resolve_url: str


def describe_source_change(quote: Quote) -> SourceChange | None:
    """The change of the quote's source since its snapshot, or None if the newest snapshot has the quote."""
    anchors = Anchor.objects.missing().in_newest_snapshot().filter(quote=quote)
    anchor = anchors.select_related("snapshot").defer("snapshot__text").first()
    if anchor is None:
        return None
    texts = dict(Snapshot.objects.filter(pk__in=[quote.snapshot_id, anchor.snapshot_id]).values_list("pk", "text"))
    old_text, new_text = texts[quote.snapshot_id], texts[anchor.snapshot_id]
    passage = find_changed_passage(old=old_text, new=new_text, start=quote.start, end=quote.end)
    old, new = passage.old[:MAX_SHOWN_PASSAGE], passage.new[:MAX_SHOWN_PASSAGE]
    parts = diff_words(old, new, max_pairs=MAX_PASSAGE_WORD_PAIRS)
    quote_mark = TextMark(
        spans=[[start - passage.old_start, end - passage.old_start] for start, end in quote.spans], style="quoted"
    )
    removed, added = (_mark_changed(parts, op) for op in (DiffOp.GONE, DiffOp.NEW))
    source = quote.snapshot.source_id
    versions = urlencode({"old": quote.snapshot_id, "new": anchor.snapshot_id})
    return SourceChange(
        snapshot_id=anchor.snapshot_id,
        found_at=quote.snapshot.retrieved_at,
        changed_at=anchor.snapshot.retrieved_at,
        is_ambiguous=anchor.state == AnchorState.AMBIGUOUS,
        is_resolved=anchor.settled_at is not None,
        old=highlight_spans(old, [quote_mark, removed]) + _ellipsis(passage.old),
        new=highlight_spans(new, [added]) + _ellipsis(passage.new),
        compare_url=f"{reverse('admin:claims_source_compare', args=[source])}?{versions}",
        resolve_url=reverse("admin:claims_source_settle", args=[source, anchor.pk]),
    )


def _mark_changed(parts: list[DiffPart], changed: DiffOp) -> TextMark:
    """Marks what was removed in the old text, or added in the new one."""
    spans: list[list[int]] = []
    at = 0
    for op, text in parts:
        if op is changed:
            spans.append([at, at + len(text)])
        if op in {changed, DiffOp.KEPT}:
            at += len(text)
    return TextMark(spans=spans, style="removed" if changed is DiffOp.GONE else "added")


def _ellipsis(passage: str) -> SafeString:
    return SafeString("…" if len(passage) > MAX_SHOWN_PASSAGE else "")
