"""The filters of each public list; the API, the exports and the documentation are derived from them."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from claims.models import (
    Change,
    Claim,
    CorrectionKind,
    Quote,
    QuoteKind,
    ResourceKind,
    Source,
    SourceKind,
    Speaker,
    SpeakerKind,
    SpeakerName,
    Topic,
    Verification,
    name_keys,
)
from claims.search.filterset import Filter, FilterSet, Rows, in_language, on_or_after, on_or_before
from claims.search.full_text import (
    MAX_FULL_TEXT_QUERY_LENGTH,
    MAX_FULL_TEXT_QUERY_WORDS,
    filter_with_list_order,
    full_text_condition,
    has_list_order,
)
from claims.search.parameter_values import (
    BooleanValue,
    ChoiceValue,
    DateTimeValue,
    DateValue,
    IdValue,
    LanguageValue,
    ListValue,
    Sha256Value,
    SlugValue,
    WikidataIdValue,
)
from claims.search.text_values import FullTextValue, TextValue

FULL_TEXT_DESCRIPTION = (
    f"Full text, at most {MAX_FULL_TEXT_QUERY_WORDS} words. All words must occur, in any order; "
    '"words in quotation marks" must be adjacent; prefix* needs at least two letters; -word must not occur. '
    "Case and accents are ignored. Lists that are sorted by time are then sorted to the second. Searches "
)
UPDATED_SINCE_DESCRIPTION = (
    "Objects that have changed for readers at this time or later, in any of the fields shown here, or became public"
    " or ceased to be public. The list is then sorted by change, and has `tombstones` of objects that are no longer"
    " public or no longer match the other filters. Continue with the `updated_since` that the last page returns. To"
    " start, read the whole list, then use the `Date` of the first response. (Formats other than JSON have no"
    " tombstones.)"
)


class FullTextFilter(Filter):
    """A full-text filter. Rows of lists that are sorted by time get their `place` in the list from the index."""

    def filter(self, rows: Rows, value: Any) -> Rows:
        if value is not None and has_list_order(rows.model):
            return filter_with_list_order(rows, value)
        return super().filter(rows, value)


def _full_text_filter(model: type[Model], places: str) -> Filter:
    return FullTextFilter(
        FullTextValue(MAX_FULL_TEXT_QUERY_LENGTH, MAX_FULL_TEXT_QUERY_WORDS),
        FULL_TEXT_DESCRIPTION + places + ".",
        full_text_condition(model),
    )


def _updated_since_filter(kind: ResourceKind) -> Filter:
    changes = Change.objects.live().filter(kind=kind, object_id=OuterRef("pk"))
    return Filter(
        DateTimeValue(), UPDATED_SINCE_DESCRIPTION, lambda since: Q(Exists(changes.filter(changed_at__gte=since)))
    )


def _speaker_name_condition(speaker: str) -> Callable[[str], Q]:
    """Builds the condition that the speaker in this column has a name, ignoring case and spelling variants of signs."""
    names = SpeakerName.objects.order_by().distinct()
    return lambda name: _speaker_in(
        speaker, names.filter(key=name_keys.name_key(name)).values_list("speaker", flat=True)
    )


def _wikidata_condition(speaker: str) -> Callable[[list[str]], Q]:
    """Builds the condition that the speaker in this column has one of the Wikidata ids."""
    return lambda ids: _speaker_in(
        speaker, Speaker.objects.order_by().filter(wikidata_id__in=ids).values_list("pk", flat=True)
    )


def _speaker_in(speaker: str, ids: Iterable[int]) -> Q:
    # The ids are few, and fetched first: with a subquery, SQLite would scan the whole list.
    return Q(**{f"{speaker}__in": list(ids)})


def _topic_condition(claim: str) -> Callable[[list[str]], Q]:
    claims_with_topic = Claim.topics.through.objects
    return lambda slugs: Q(**{f"{claim}__in": claims_with_topic.filter(topic__slug__in=slugs).values("claim")})


def _claim_in(claims: QuerySet[Model]) -> Q:
    return Q(claim__in=claims.values("pk"))


class QuoteFilterSet(FilterSet):
    q = _full_text_filter(Quote, "the quote, its claim, the speaker's names and the source's title")
    speaker = Filter(ListValue(IdValue()), "Ids of speakers.", "speaker__in")
    speaker_name = Filter(
        TextValue(), "The full name of the speaker, in any known spelling.", _speaker_name_condition("speaker")
    )
    wikidata = Filter(ListValue(WikidataIdValue()), "Wikidata ids of speakers.", _wikidata_condition("speaker"))
    claim = Filter(ListValue(IdValue()), "Ids of claims that the quote belongs to.", "claim__in")
    source = Filter(ListValue(IdValue()), "Ids of sources that contain the quote.", "snapshot__source__in")
    publisher = Filter(ListValue(TextValue()), "Publishers, by their exact names.", "snapshot__source__publisher__in")
    kind = Filter(ListValue(ChoiceValue(QuoteKind)), "Direct, indirect or mixed quotes.", "kind__in")
    topic = Filter(ListValue(SlugValue()), "Topics of the claim (slugs).", _topic_condition("claim"))
    status = Filter(
        ListValue(SlugValue()),
        "Status of the claim: `unreviewed`, `in-review` or a rating's slug.",
        lambda slugs: _claim_in(_claims_with_status().filter(status__in=slugs)),
    )
    has_verdict = Filter(
        BooleanValue(),
        "Whether the claim has a published verdict.",
        lambda wanted: _with_verdict() if wanted else Q(claim=None) | ~_with_verdict(),
    )
    language = Filter(ListValue(LanguageValue()), "Language of the source.", in_language("snapshot__source__language"))
    published_after = Filter(DateValue(), "Published on this date or later.", "snapshot__source__published_on__gte")
    published_before = Filter(DateValue(), "Published on this date or earlier.", "snapshot__source__published_on__lte")
    said_after = Filter(DateValue(), "Claim said on this date or later.", "claim__said_on__gte")
    said_before = Filter(DateValue(), "Claim said on this date or earlier.", "claim__said_on__lte")
    accepted_after = Filter(
        DateValue(), "Accepted by an editor on this date or later (UTC).", on_or_after("decided_at")
    )
    accepted_before = Filter(
        DateValue(), "Accepted by an editor on this date or earlier (UTC).", on_or_before("decided_at")
    )
    updated_since = _updated_since_filter(ResourceKind.QUOTES)


class ClaimFilterSet(FilterSet):
    quotes_of_row = "claim"

    q = _full_text_filter(Claim, "the claim, its quotes, the speaker's names and the sources' titles")
    speaker = Filter(ListValue(IdValue()), "Ids of speakers.", "speaker__in")
    speaker_name = Filter(
        TextValue(), "The full name of the speaker, in any known spelling.", _speaker_name_condition("speaker")
    )
    wikidata = Filter(ListValue(WikidataIdValue()), "Wikidata ids of speakers.", _wikidata_condition("speaker"))
    source = Filter(
        ListValue(IdValue()),
        "Ids of sources that contain a quote of the claim.",
        "snapshot__source__in",
        on_quotes=True,
        selective=True,
    )
    publisher = Filter(
        ListValue(TextValue()),
        "Publishers of a quote of the claim, by their exact names.",
        "snapshot__source__publisher__in",
        on_quotes=True,
        selective=True,
    )
    kind = Filter(
        ListValue(ChoiceValue(QuoteKind)), "Claims with a direct, indirect or mixed quote.", "kind__in", on_quotes=True
    )
    topic = Filter(ListValue(SlugValue()), "Topics of the claim (slugs).", _topic_condition("pk"))
    status = Filter(
        ListValue(SlugValue()),
        "Status: `unreviewed`, `in-review` or a rating's slug.",
        "status__in",
        on_status=True,
    )
    has_verdict = Filter(
        BooleanValue(),
        "Whether the claim has a published verdict.",
        lambda wanted: Q(current__isnull=not wanted),
        on_status=True,
    )
    language = Filter(
        ListValue(LanguageValue()),
        "Language of a quote of the claim.",
        in_language("snapshot__source__language"),
        on_quotes=True,
    )
    said_after = Filter(DateValue(), "Said on this date or later.", "said_on__gte")
    said_before = Filter(DateValue(), "Said on this date or earlier.", "said_on__lte")
    published_after = Filter(
        DateValue(),
        "With a quote published on this date or later.",
        "snapshot__source__published_on__gte",
        on_quotes=True,
    )
    published_before = Filter(
        DateValue(),
        "With a quote published on this date or earlier.",
        "snapshot__source__published_on__lte",
        on_quotes=True,
    )
    released_after = Filter(DateValue(), "Released on this date or later (UTC).", on_or_after("released_at"))
    released_before = Filter(DateValue(), "Released on this date or earlier (UTC).", on_or_before("released_at"))
    verified_after = Filter(
        DateValue(),
        "With a verdict published on this date or later (UTC).",
        on_or_after("current__published_at"),
        on_status=True,
    )
    verified_before = Filter(
        DateValue(),
        "With a verdict published on this date or earlier (UTC).",
        on_or_before("current__published_at"),
        on_status=True,
    )
    updated_since = _updated_since_filter(ResourceKind.CLAIMS)


class SpeakerFilterSet(FilterSet):
    q = _full_text_filter(Speaker, "the names")
    name = Filter(TextValue(), "The full name, in any known spelling.", _speaker_name_condition("pk"))
    kind = Filter(ListValue(ChoiceValue(SpeakerKind)), "Person, organization, group or unnamed source.", "kind__in")
    wikidata = Filter(ListValue(WikidataIdValue()), "Wikidata ids.", "wikidata_id__in")
    updated_since = _updated_since_filter(ResourceKind.SPEAKERS)


class SourceFilterSet(FilterSet):
    quotes_of_row = "snapshot__source"

    q = _full_text_filter(Source, "the title and the publisher")
    publisher = Filter(ListValue(TextValue()), "Publishers, by their exact names.", "publisher__in")
    kind = Filter(ListValue(ChoiceValue(SourceKind)), "Kind of publication.", "kind__in")
    url = Filter(TextValue(2000), "The exact URL of the publication.", "url")
    speaker = Filter(
        ListValue(IdValue()), "Ids of speakers whom the source quotes.", "speaker__in", on_quotes=True, selective=True
    )
    sha256 = Filter(
        Sha256Value(),
        "SHA-256 of a text with a public quote.",
        "snapshot__sha256",
        on_quotes=True,
        selective=True,
    )
    language = Filter(ListValue(LanguageValue()), "Language of the source.", in_language("language"))
    translated_from = Filter(
        ListValue(LanguageValue()), "Original language of a translation.", in_language("translated_from")
    )
    published_after = Filter(DateValue(), "Published on this date or later.", "published_on__gte")
    published_before = Filter(DateValue(), "Published on this date or earlier.", "published_on__lte")
    updated_since = _updated_since_filter(ResourceKind.SOURCES)


class VerificationFilterSet(FilterSet):
    q = _full_text_filter(Verification, "the explanation, the claim and the speaker's names")
    claim = Filter(ListValue(IdValue()), "Ids of claims.", "claim__in")
    speaker = Filter(ListValue(IdValue()), "Ids of the claims' speakers.", "claim__speaker__in")
    rating = Filter(ListValue(SlugValue()), "Ratings (slugs).", "rating__slug__in")
    topic = Filter(ListValue(SlugValue()), "Topics of the claim (slugs).", _topic_condition("claim"))
    published_after = Filter(DateValue(), "Published on this date or later.", on_or_after("published_at"))
    published_before = Filter(DateValue(), "Published on this date or earlier.", on_or_before("published_at"))
    updated_since = _updated_since_filter(ResourceKind.VERIFICATIONS)


class TopicFilterSet(FilterSet):
    q = _full_text_filter(Topic, "the name and the description")
    updated_since = _updated_since_filter(ResourceKind.TOPICS)


class CorrectionFilterSet(FilterSet):
    claim = Filter(ListValue(IdValue()), "Ids of claims.", "claim__in")
    kind = Filter(ListValue(ChoiceValue(CorrectionKind)), "Correction or retraction.", "kind__in")
    made_after = Filter(DateValue(), "Made on this date or later (UTC).", on_or_after("made_at"))
    made_before = Filter(DateValue(), "Made on this date or earlier (UTC).", on_or_before("made_at"))
    updated_since = _updated_since_filter(ResourceKind.CORRECTIONS)


class RatingFilterSet(FilterSet):
    updated_since = _updated_since_filter(ResourceKind.RATINGS)


def _claims_with_status() -> QuerySet[Model]:
    return Claim.objects.with_status()


def _with_verdict() -> Q:
    return _claim_in(_claims_with_status().filter(current__isnull=False))
