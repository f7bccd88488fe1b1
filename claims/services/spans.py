"""The words of a quote, corrected by an editor: other words, two quotes from one, one from two, one that was missed."""

import copy
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User

from claims.models import Anchor, Claim, Decision, Quote, QuoteKind, Snapshot, Speaker
from claims.services import correct, graphemes, hold, match, record
from claims.services.anchor import find_again, place_again
from claims.services.correct import Note
from claims.services.decide import decide
from claims.services.refusal import RefusedError
from claims.services.selection import Selection, anchored, arranged, fitted, said, united
from claims.services.version import refuse_if_changed

EXTRACTOR, VERSION = "editor", "1"  # of quotes that a person found
_MARKS = "\"'“”„‟‘’‚‛«»‹›「」『』《》"
_FIELDS = ["spans", "start", "end", "exact", "prefix", "suffix"]


def change_span(
    *,
    quote: Quote,
    selection: Selection,
    editor: User,
    seen: int | None = None,
    note: Note | None = None,
    take_over: bool = False,
) -> Quote:
    """Let the quote be the words that were selected; its decision stays.

    The wording of a claim follows where it was this quote's, no other quote makes it and readers do not see it. The
    quote is found again in later snapshots, and verdicts on its claim go back to review. Raises RefusedError for what
    cannot be a quote, ChangedError if it was changed since the version `seen`, NoteNeededError without a needed note.
    """
    with record.operation(verb="change words", summary="", editor=editor) as operation:
        quote = _locked(quote, seen=seen, editor=editor, take_over=take_over)
        spans = fitted(selection, quote.snapshot)
        if spans == quote.spans:
            raise RefusedError("These are the words it has already.")
        _refuse_twice(quote.snapshot, spans, but=quote.pk)
        operation.summary = f"Words changed: “{said(quote.snapshot.text, spans)[:200]}”"
        _respan(quote, spans, editor=editor, note=note, reason="words corrected")
    return quote


def split_quote(
    *,
    quote: Quote,
    at: int,
    until: int | None = None,
    editor: User,
    seen: int | None = None,
    note: Note | None = None,
    take_over: bool = False,
) -> tuple[Quote, Quote]:
    """Make two quotes of one: what stands before the offset `at`, and what stands after it (or from `until` on).

    What lies between the two offsets is in neither. The first is the quote as it was, its decision included; the second
    is a new one of the same speaker, and waits. Raises as `change_span` does.
    """
    with record.operation(verb="split", summary="", editor=editor) as operation:
        quote = _locked(quote, seen=seen, editor=editor, take_over=take_over)
        text, until = quote.snapshot.text, at if until is None else until
        if not quote.start < at <= until < quote.end:
            raise RefusedError("Put the cursor, or select, within the words of the quote to split it there.")
        at, until = graphemes.outwards(text, at, until) if at < until else (graphemes.outwards(text, at, at + 1)[0],) * 2
        before = [[start, min(end, at)] for start, end in quote.spans if start < at]
        after = [[max(start, until), end] for start, end in quote.spans if end > until]
        if not all(graphemes.is_visible(said(text, part)) for part in (before, after)):
            raise RefusedError("Nothing would be left of one of the two: split it between its words.")
        second = copy.copy(quote)
        second.pk, second.claim = None, None
        second._state = type(quote._state)()  # noqa: SLF001  # a row of its own, that is not stored yet
        second.decision, second.decided_by, second.decided_at = Decision.PENDING, None, None
        second.confidence, second.repaired = 1.0, []
        second.extractor, second.extractor_version = EXTRACTOR, VERSION
        operation.summary = f"Split in two: “{quote.exact[:200]}”"
        _respan(quote, arranged(text, before), editor=editor, note=note, reason="split in two")
        second = _stored(second, arranged(text, after), editor=editor, reason=f"split from quote {quote.pk}")
    return quote, second


def join_quotes(
    *,
    first: Quote,
    second: Quote,
    editor: User,
    seen: int | None = None,
    seen_second: int | None = None,
    note: Note | None = None,
    take_over: bool = False,
) -> Quote:
    """Make the first quote one of both, in as many parts as it takes; the second is rejected, and nothing is deleted.

    Raises RefusedError for quotes of two texts or of two speakers, and as `change_span` does.
    """
    if first.pk == second.pk:
        raise RefusedError("A quote cannot be joined with itself: click another one.")
    with record.operation(verb="join", summary="", editor=editor) as operation:
        locked = list(Quote.objects.select_for_update().filter(pk__in=[first.pk, second.pk]).order_by("pk"))
        first = _locked(first, seen=seen, editor=editor, take_over=take_over)
        second = _locked(second, seen=seen_second, editor=editor, take_over=take_over)
        if len({row.snapshot_id for row in locked}) > 1:
            raise RefusedError("The two stand in different texts: only quotes of one text can be joined.")
        if first.speaker_id and second.speaker_id and first.speaker_id != second.speaker_id:
            raise RefusedError(
                f"They are of two speakers, {first.speaker} and {second.speaker}: correct one of them first."
            )
        if second.decision == Decision.REJECTED:
            raise RefusedError("The other quote was rejected: put it back to pending first.")
        more: list[str] = []
        if first.kind != second.kind:
            first.kind, more = QuoteKind.MIXED, ["kind"]
        if first.speaker_id is None and second.speaker_id:
            first.speaker, more = second.speaker, [*more, "speaker"]
        operation.summary = f"Joined: “{first.exact[:100]}” and “{second.exact[:100]}”"
        reason = f"joined into quote {first.pk}"
        spans = united(first.snapshot.text, first.spans, second.spans)
        _respan(first, spans, editor=editor, note=note, reason=f"joined with quote {second.pk}", more=more)
        decide(quotes=[second.pk], decision=Decision.REJECTED, editor=editor, reason=reason, note=note)
    return first


def add_quote(
    *,
    snapshot: Snapshot,
    selection: Selection,
    editor: User,
    speaker: Speaker | None = None,
    mention: Selection | None = None,
    kind: QuoteKind | None = None,
    accept: bool = False,
) -> Quote:
    """A quote that the machine missed, as a person found it. It waits, unless it has a speaker and is to be accepted.

    `mention` is where the text names the speaker; the kind is read from the quote marks unless it is given. Raises
    RefusedError for what cannot be a quote, and for one that is there already.
    """
    with record.operation(verb="add quote", summary="", editor=editor) as operation:
        spans = fitted(selection, snapshot)
        _refuse_twice(snapshot, spans)
        named = fitted(mention, snapshot) if mention else []
        if speaker and speaker.merged_into_id:
            raise RefusedError(f"“{speaker}” was merged into “{speaker.merged_into}”: choose that one.")
        quote = Quote(
            snapshot=snapshot,
            kind=kind or kind_of(snapshot.text, spans),
            mention=said(snapshot.text, named),
            mention_spans=named,
            speaker=speaker,
            confidence=1.0,
            extractor=EXTRACTOR,
            extractor_version=VERSION,
        )
        quote = _stored(quote, spans, editor=editor, reason="added by hand")
        operation.summary = f"Added: “{quote.exact[:200]}”"
        if accept and speaker:
            summary = operation.summary
            decide(quotes=[quote.pk], decision=Decision.ACCEPTED, editor=editor)
            operation.summary = summary
            quote.refresh_from_db()
    return quote


def kind_of(text: str, spans: Sequence[Sequence[int]]) -> QuoteKind:
    """Direct for words within quote marks, mixed where marks stand among them, else indirect."""
    around = [text[max(start - 1, 0) : start] + text[end : end + 1] for start, end in spans]
    if all(any(sign in _MARKS for sign in signs) for signs in around):
        return QuoteKind.DIRECT
    inside = said(text, spans)
    return QuoteKind.MIXED if any(sign in inside for sign in _MARKS if sign not in "'’") else QuoteKind.INDIRECT


def _locked(quote: Quote, *, seen: int | None, editor: User, take_over: bool) -> Quote:
    """The quote as it is now with its text, locked; refused if somebody else looks at it, or changed it since."""
    row = Quote.objects.select_for_update(of=("self",)).select_related("snapshot", "claim", "speaker").get(pk=quote.pk)
    refuse_if_changed(row=row, seen=seen)
    hold.refuse_if_held([row.pk], editor=editor, take_over=take_over)
    return row


def _refuse_twice(snapshot: Snapshot, spans: list[list[int]], but: int | None = None) -> None:
    same = Quote.objects.filter(snapshot=snapshot, start=spans[0][0], end=spans[-1][1]).exclude(pk=but)
    if twin := next((row for row in same.exclude(decision=Decision.REJECTED) if row.spans == spans), None):
        raise RefusedError(f"Quote {twin.pk} has just these words already ({twin.get_decision_display().lower()}).")


def _respan(
    quote: Quote, spans: list[list[int]], *, editor: User, note: Note | None, reason: str, more: Sequence[str] = ()
) -> None:
    former = quote.exact
    for name, value in anchored(quote.snapshot.text, spans).items():
        setattr(quote, name, value)
    with correct.in_the_open(editor=editor, note=note, claims=[quote.claim_id]):
        record.update([quote], [*_FIELDS, *more], user=editor, reason=reason)
        place_again([quote])
        _follow(quote, former, editor)


def _follow(quote: Quote, former: str, editor: User) -> None:
    """Let the claim be worded as its only quote is, if it was so before and readers do not see it."""
    claim = Claim.objects.filter(pk=quote.claim_id).first()
    if claim is None or claim.text != match.wording(former) or claim.quotes.exclude(pk=quote.pk).exists():
        return
    if not Claim.objects.released().filter(pk=claim.pk).exists():
        claim.text = match.wording(quote.exact)
        record.update([claim], ["text"], user=editor, reason="worded as its quote is now")


def _stored(quote: Quote, spans: list[list[int]], *, editor: User, reason: str) -> Quote:
    """A new quote with its claim, found again in the later snapshots of its source."""
    text = quote.snapshot.text
    fields: dict[str, Any] = anchored(text, spans)
    for name, value in fields.items():
        setattr(quote, name, value)
    match.propose_claims([quote], editor=editor)
    stored: Quote = record.create([quote], user=editor, reason=reason)[0]
    anchors = []
    for later in Snapshot.objects.filter(source=quote.snapshot.source_id, pk__gt=quote.snapshot_id).order_by("pk"):
        state, found = find_again(stored, text, later.text)
        anchors.append(Anchor(quote=stored, snapshot=later, state=state, spans=found))
    Anchor.objects.bulk_create(anchors)
    return stored
