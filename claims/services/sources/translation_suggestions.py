"""Suggests which stored source a new one translates, or is translated by. An editor decides."""

import datetime as dt
import re
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet

from claims.extraction import primary_subtag
from claims.models import (
    QuoteDecision,
    RelationState,
    Snapshot,
    Source,
    SourceRelation,
    SourceRelationKind,
    SpeakerName,
)
from claims.services.history import audit
from claims.services.sources.near_duplicates import regroup
from claims.services.sources.translations import newest_snapshot, share_aligned

PUBLISHED_WITHIN = dt.timedelta(days=7)
MAX_CANDIDATES = 30  # texts compared with a new one
MAX_LINKS = 20  # addresses in a text that are looked up
MIN_NUMBERS = 3  # in both texts
MIN_SHARED_NUMBERS = 0.5  # of the text with fewer numbers
MIN_NAMES = 2  # speakers quoted in both, unless one quotes fewer
_LINK = re.compile(r"https?://[^\s<>«»“”\"]{1,2000}")
# A number of one digit is often a word in the other language.
_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u202f,.]\d{3})+(?!\d)|\d+[.,]\d+|\d{2,}")
_NOT_DIGIT = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What a text and its translation have in common, in whatever alphabet."""

    publisher: str
    names: frozenset[str]
    numbers: frozenset[str]

    @classmethod
    def of(cls, snapshot: Snapshot) -> "TextFacts":
        quotes = snapshot.quotes.exclude(decision=QuoteDecision.REJECTED)
        names = SpeakerName.objects.filter(speaker__in=quotes.values("speaker"))
        numbers = (_NOT_DIGIT.sub("", number) for number in _NUMBER.findall(snapshot.text))
        return cls(
            snapshot.source.publisher.casefold(),
            frozenset(names.values_list("family_key", flat=True)),
            frozenset(numbers),
        )

    def shared_numbers(self, other: "TextFacts") -> float:
        """Returns the share of the numbers of the one with fewer; 0 if the texts are not known to be of one story."""
        names, numbers = self.names & other.names, self.numbers & other.numbers
        fewest_names = min(len(self.names), len(other.names))
        is_related = bool(self.publisher) and self.publisher == other.publisher
        is_related = is_related or 0 < min(fewest_names, MIN_NAMES) <= len(names)
        share = len(numbers) / max(min(len(self.numbers), len(other.numbers)), 1)
        return share if is_related and len(numbers) >= MIN_NUMBERS and share >= MIN_SHARED_NUMBERS else 0


@transaction.atomic
def suggest_translation(*, snapshot: Snapshot, editor: User | None) -> SourceRelation | None:
    """Suggest the likeliest original of a source that says what language it was translated from, or its translation.

    An original that the text links to comes first. Without such a link, one published within a week, of the same
    publisher or with the same people quoted, that has the same numbers. Pairs that were decided on are left alone.
    """
    source = snapshot.source
    relations = SourceRelation.objects.filter(Q(first=source) | Q(second=source))
    if relations.filter(kind=SourceRelationKind.TRANSLATION).exclude(state=RelationState.DISMISSED).exists():
        return None
    others = Source.objects.current().exclude(pk=source.pk).exclude(relations_as_first__in=relations)
    others = others.exclude(relations_as_second__in=relations)
    other = _find_linked(snapshot, others) or _find_alike(snapshot, others)
    if other is None:
        return None
    is_original = bool(source.translated_from) and _is_in(other.language, source.translated_from)
    original, translation = (other, source) if is_original else (source, other)
    relation = SourceRelation(
        first=original,
        second=translation,
        kind=SourceRelationKind.TRANSLATION,
        shared=share_aligned(original, translation),
    )
    audit.create([relation], user=editor, reason="found by its address, or by names and numbers")
    regroup([source.pk])
    return relation


def suggest_stored_translations() -> int:
    """Suggest originals of stored translations that have none yet; returns of how many."""
    count = 0
    for source in Source.objects.current().exclude(translated_from="").order_by("pk").iterator():
        snapshot = newest_snapshot(source)
        count += bool(snapshot and suggest_translation(snapshot=snapshot, editor=None))
    return count


def _find_linked(snapshot: Snapshot, others: QuerySet[Source]) -> Source | None:
    if snapshot.source.translated_from:
        for link in _LINK.findall(snapshot.text)[:MAX_LINKS]:
            linked = Source.objects.at_page(link.rstrip(".,;:!?)]")).filter(pk__in=others).first()
            if linked and _is_in(linked.language, snapshot.source.translated_from):
                return linked
    return None


def _find_alike(snapshot: Snapshot, others: QuerySet[Source]) -> Source | None:
    source, facts = snapshot.source, TextFacts.of(snapshot)
    if source.published_on is None or len(facts.numbers) < MIN_NUMBERS:
        return None
    days = source.published_on - PUBLISHED_WITHIN, source.published_on + PUBLISHED_WITHIN
    if source.translated_from:
        counterparts = _has_language("language", source.translated_from)
    else:
        counterparts = _has_language("translated_from", source.language)
    ranked = []
    for other in others.filter(counterparts, published_on__range=days).order_by("-pk")[:MAX_CANDIDATES]:
        newest = newest_snapshot(other)
        if newest and (share := facts.shared_numbers(TextFacts.of(newest))):
            ranked.append((share, other.pk, other))
    return max(ranked)[-1] if ranked else None


def _has_language(field: str, language: str) -> Q:
    """Whether a field has this language, in whatever script or region; no row has none."""
    tag = primary_subtag(language)
    return Q(**{field: tag}) | Q(**{f"{field}__startswith": f"{tag}-"}) if tag else Q(pk=None)


def _is_in(language: str, other: str) -> bool:
    return bool(language) and primary_subtag(language) == primary_subtag(other)
