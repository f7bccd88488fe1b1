"""The same words of the same speaker in copies of an article, each pinned in its own text: decided together."""

from collections.abc import Collection

from claims.articles.near_duplicates import comparable_words
from claims.models import Quote, QuoteDecision, TextFingerprint

MAX_COPIES = 100  # that are shown and decided together


def find_copies(quote: Quote) -> list[Quote]:
    """Quotes of the same speaker in the same words, whatever their marks and spelling, in sources of the same group.

    Where the speaker is unknown, both are by the same mention. Takes one statement if the source is related to others,
    and none if it is not and was read with its fingerprint.
    """
    fingerprint: TextFingerprint | None = getattr(quote.snapshot.source, "fingerprint", None)
    if fingerprint is None or fingerprint.group_id is None:
        return []
    rows = Quote.objects.filter(snapshot__source__fingerprint__group=fingerprint.group_id, speaker=quote.speaker_id)
    rows = rows.exclude(snapshot__source=quote.snapshot.source_id).select_related("snapshot__source")
    copies = rows.defer("snapshot__text").order_by("snapshot__source_id", "pk")
    return [copy for copy in copies if _utterance(copy) == _utterance(quote)][:MAX_COPIES]


def _utterance(quote: Quote) -> tuple[list[str], list[str]]:
    return comparable_words(quote.text), [] if quote.speaker_id else comparable_words(quote.mention)


def pending_copies(quote: Quote, *, among: Collection[int]) -> list[int]:
    """The ids of the quote's copies that are to be decided, of those that an editor saw."""
    if not among:
        return []
    return [copy.pk for copy in find_copies(quote) if copy.pk in among and copy.decision == QuoteDecision.PENDING]
