"""The same words of the same speaker in copies of an article, each pinned in its own text: decided together."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from django.contrib.auth.models import User
from django.db.models import Q
from django.template.defaultfilters import pluralize

from claims.articles.near_duplicates import comparable_words
from claims.models import OperationVerb, Quote, QuoteDecision, TextFingerprint
from claims.services.history import audit
from claims.services.quotes.decisions import DecisionResult, decide_quotes

MAX_COPIES = 100  # of a quote, that are shown and decided together


def find_copies(quote: Quote) -> list[Quote]:
    """Quotes of the same speaker in the same words, whatever their marks and spelling, in sources of the same group.

    Where the speaker is unknown, both are by the same mention. Takes one statement if the source is related to others,
    and none if it is not and was read with its fingerprint.
    """
    return find_copies_of_each([quote])[quote.pk]


def find_copies_of_each(quotes: Collection[Quote]) -> dict[int, list[Quote]]:
    """The copies of each quote by its id, as `find_copies` finds them; with one statement for all."""
    grouped = {quote.pk: quote for quote in quotes if _group(quote) is not None}
    copies: dict[int, list[Quote]] = {quote.pk: [] for quote in quotes}
    if not grouped:
        return copies
    by_utterance: defaultdict[tuple[object, ...], list[Quote]] = defaultdict(list)
    for copy in _quotes_in_groups(grouped.values()):
        by_utterance[_utterance(copy)].append(copy)
    for pk, quote in grouped.items():
        alike = by_utterance[_utterance(quote)]
        copies[pk] = [copy for copy in alike if copy.snapshot.source_id != quote.snapshot.source_id][:MAX_COPIES]
    return copies


def _quotes_in_groups(quotes: Iterable[Quote]) -> Iterable[Quote]:
    """The quotes by the speakers of these, and those by unknown speakers, in the groups of their sources."""
    speakers, groups = {quote.speaker_id for quote in quotes}, {_group(quote) for quote in quotes}
    by_them = Q(speaker__in=speakers - {None})
    if None in speakers:
        by_them |= Q(speaker=None)
    rows = Quote.objects.filter(by_them, snapshot__source__fingerprint__group__in=groups)
    return (
        rows.select_related("snapshot__source__fingerprint")
        .defer("snapshot__text")
        .order_by("snapshot__source_id", "pk")
    )


def _group(quote: Quote) -> int | None:
    fingerprint: TextFingerprint | None = getattr(quote.snapshot.source, "fingerprint", None)
    return fingerprint.group_id if fingerprint else None


def _utterance(quote: Quote) -> tuple[object, ...]:
    mention = () if quote.speaker_id else tuple(comparable_words(quote.mention))
    return _group(quote), quote.speaker_id, mention, tuple(comparable_words(quote.text))


def decide_with_copies(
    *,
    quotes: Collection[int],
    decision: QuoteDecision,
    editor: User,
    reason: str = "",
    take_over: bool = False,
    among: Collection[int] | None = None,
) -> DecisionResult:
    """Decide these quotes as `decide_quotes` does, and their pending copies alike, as one operation.

    Copies are left out that are not `among` those with these ids, if they are given, and those that something keeps
    from it, such as another editor's review.
    """
    with audit.operation(verb=OperationVerb.DECIDE, editor=editor) as journal:
        changing = set(Quote.objects.filter(pk__in=quotes).exclude(decision=decision).values_list("pk", flat=True))
        result = decide_quotes(quotes=quotes, decision=decision, editor=editor, reason=reason, take_over=take_over)
        rows = Quote.objects.filter(pk__in=changing, decision=decision).defer("snapshot__text")
        found = find_copies_of_each(rows.select_related("snapshot__source__fingerprint"))
        copies = {copy.pk for of_one in found.values() for copy in of_one if copy.decision == QuoteDecision.PENDING}
        if among is not None:
            copies.intersection_update(among)
        copies_reason = f"{reason}; copy of another quote" if reason else "copy of another quote"
        decided = decide_quotes(quotes=copies, decision=decision, editor=editor, reason=copies_reason).changed
        result = replace(result, copies=decided)
        journal.summary = f"{QuoteDecision(decision).label}: {count_decided(result)}"
    return result


def count_decided(result: DecisionResult) -> str:
    """Such as "3 quotes and 5 in copies of the article"."""
    quotes = f"{result.changed} quote{pluralize(result.changed)}"
    return f"{quotes} and {result.copies} in copies of the article" if result.copies else quotes


def pending_copies(quote: Quote, *, among: Collection[int]) -> list[int]:
    """The ids of the quote's copies that are to be decided, of those that an editor saw."""
    if not among:
        return []
    return [copy.pk for copy in find_copies(quote) if copy.pk in among and copy.decision == QuoteDecision.PENDING]
