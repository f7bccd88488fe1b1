"""The stored texts that a draft is compared with: versions of sources for editors, released quotes for readers."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from claims.models import Quote, QuoteDecision, Snapshot
from claims.search.passages.shared_passages import find_snapshots_with_shingles
from claims.search.passages.shingles import text_shingles
from claims.services.drafts.comparable_words import ComparableWords
from claims.services.drafts.findings import Audience
from claims.services.drafts.quoted_parts import QuotedWords

MAX_TEXTS = 4  # that a quotation is compared with
MAX_RANKED = 60  # snapshots whose quotes are looked at
MIN_SHARED_SHINGLES = 0.12  # of a quotation's
_QUOTE_FIELDS = ("id", "snapshot", "kind", "spans", "start", "end", "exact", "decision", "speaker", "claim", "role")


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text that a draft is compared with, and the quotes in it: of one quote's words alone, that quote."""

    snapshot_id: int
    words: ComparableWords
    quotes: tuple[Quote, ...]
    is_quote: bool


class StoredTexts:
    """Finds the texts that share passages with quotations, and reads each of them once."""

    def __init__(self, quotations: Sequence[QuotedWords], audience: Audience) -> None:
        self._audience = audience
        self._shingles = [_shingles_of(quoted, (0, len(quoted))) for quoted in quotations]
        self._snapshots = find_snapshots_with_shingles({shingle for each in self._shingles for shingle in each})
        ids = {pk for shingles in self._shingles for pk in self._rank(shingles)}
        self._quotes = _read_quotes(ids, audience)
        self._texts: dict[int, StoredText] = {}
        self._quote_texts: dict[int, StoredText] = {}
        if audience is Audience.EDITORS:  # all at once
            self._read_texts({pk for shingles in self._shingles for pk in self._choose_snapshots(shingles)})

    def near(self, index: int) -> list[StoredText]:
        """Returns the texts that have most of a quotation's shingles."""
        return self._choose(self._shingles[index])

    def near_words(self, quoted: QuotedWords, words: tuple[int, int]) -> list[StoredText]:
        """Returns the texts that have most shingles of some words of a quotation."""
        return self._choose(_shingles_of(quoted, words))

    def _rank(self, shingles: Sequence[int]) -> dict[int, int]:
        """Returns the snapshots that have most of these shingles, and of how many."""
        counts = Counter(pk for shingle in shingles for pk in self._snapshots.get(shingle, ()))
        least = max(1.0, MIN_SHARED_SHINGLES * len(shingles))
        return {pk: count for pk, count in counts.most_common(MAX_RANKED) if count >= least}

    def _choose(self, shingles: Sequence[int]) -> list[StoredText]:
        if self._audience is Audience.READERS:
            texts = [self._quote_text(quote) for pk in self._rank(shingles) for quote in self._quotes.get(pk, ())]
            wanted = set(shingles)
            shared = {id(text): len(wanted.intersection(text_shingles(text.words.text))) for text in texts}
            texts.sort(key=lambda text: -shared[id(text)])
            return [text for text in texts if shared[id(text)]][:MAX_TEXTS]

        chosen = self._choose_snapshots(shingles)
        self._read_texts({pk for pk in chosen if pk not in self._texts})
        return [self._texts[pk] for pk in chosen if pk in self._texts]

    def _choose_snapshots(self, shingles: Sequence[int]) -> list[int]:
        counts = self._rank(shingles)

        def rank(pk: int) -> tuple[int, int, int]:
            decisions = {quote.decision for quote in self._quotes.get(pk, ())}
            return counts[pk], (QuoteDecision.ACCEPTED in decisions) + bool(decisions), pk

        return sorted(counts, key=rank, reverse=True)[:MAX_TEXTS]

    def _read_texts(self, snapshots: set[int]) -> None:
        if not snapshots:
            return
        for pk, text in Snapshot.objects.filter(pk__in=snapshots).values_list("pk", "text"):
            self._texts[pk] = StoredText(pk, ComparableWords(text), tuple(self._quotes.get(pk, ())), is_quote=False)

    def _quote_text(self, quote: Quote) -> StoredText:
        if quote.pk not in self._quote_texts:
            words = ComparableWords(quote.exact)
            self._quote_texts[quote.pk] = StoredText(quote.snapshot_id, words, (quote,), is_quote=True)
        return self._quote_texts[quote.pk]


def visible_quotes(audience: Audience) -> QuerySet[Quote]:
    """Returns the quotes that a draft is compared with: none that an editor rejected."""
    if audience is Audience.READERS:
        return Quote.objects.released()
    return Quote.objects.exclude(decision=QuoteDecision.REJECTED)


def _read_quotes(snapshots: set[int], audience: Audience) -> dict[int, list[Quote]]:
    by_snapshot: defaultdict[int, list[Quote]] = defaultdict(list)
    rows = visible_quotes(audience).filter(snapshot__in=snapshots).only(*_QUOTE_FIELDS).order_by("snapshot", "start")
    for quote in rows:
        by_snapshot[quote.snapshot_id].append(quote)
    return dict(by_snapshot)


def _shingles_of(quoted: QuotedWords, words: tuple[int, int]) -> list[int]:
    return list(dict.fromkeys(_iter_shingles(quoted, words)))


def _iter_shingles(quoted: QuotedWords, words: tuple[int, int]) -> Iterator[int]:
    for part in quoted.parts:
        first, last = max(part.first, words[0]), min(part.last, words[1])
        if first < last:
            yield from text_shingles(quoted.words.slice_text(first, last))
