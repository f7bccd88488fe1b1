"""What readers may ask of each list. The API, the exports and their documentation all read these tables."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

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
from claims.search.filterset import Filter, FilterSet, in_language, on_or_after, on_or_before
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
    f'Full text, at most {MAX_FULL_TEXT_QUERY_WORDS} words: all must occur, in any order; "words in quotation marks" side by side; '
    "beginn* is a beginning of two letters or more; -word must not occur. Case and accents do not count. "
    "With it, what is listed newest first is so to the second. Looked for in: "
)
UPDATED_SINCE_DESCRIPTION = (
    "Changed for readers, in anything that is shown here, at this moment or later; or become visible, or gone. The list"
    " is then in the order of changes, and has `tombstones` of what is gone or does not answer the other filters any"
    " more. Ask again from the `updated_since` that the last page gives. To begin with, read the whole list, and ask"
    " from the `Date` of its first answer. (In other formats than JSON: only which rows of the list come.)"
)
INCLUSIVE_DAY = "(this day included)"


class FullTextFilter(Filter):
    """Words: rows that are listed by a moment get their `place` from the index."""

    def filter(self, rows: Any, value: Any) -> Any:
        """The rows found."""
        return (
            filter_with_list_order(rows, value)
            if value is not None and has_list_order(rows.model)
            else super().filter(rows, value)
        )


def _full_text_filter(model: Any, places: str) -> Filter:
    return FullTextFilter(
        FullTextValue(MAX_FULL_TEXT_QUERY_LENGTH, MAX_FULL_TEXT_QUERY_WORDS),
        FULL_TEXT_DESCRIPTION + places + ".",
        full_text_condition(model),
    )


def _updated_since_filter(kind: ResourceKind) -> Filter:
    entered = Change.objects.live().filter(kind=kind, object_id=OuterRef("pk"))
    return Filter(
        DateTimeValue(), UPDATED_SINCE_DESCRIPTION, lambda moment: Q(Exists(entered.filter(changed_at__gte=moment)))
    )


def _speaker_name_condition(speaker: str) -> Any:
    """The condition that the speaker in this column has this name, in any of its spellings kept, whatever its case."""
    known = SpeakerName.objects.order_by().distinct()
    return lambda name: _speaker_in(
        speaker, known.filter(key=name_keys.name_key(name)).values_list("speaker", flat=True)
    )


def _wikidata_condition(speaker: str) -> Any:
    """The condition that the speaker in this column is one of these Wikidata items."""
    return lambda ids: _speaker_in(
        speaker, Speaker.objects.order_by().filter(wikidata_id__in=ids).values_list("pk", flat=True)
    )


def _speaker_in(speaker: str, ids: Any) -> Q:
    # They are few, and asked for apart: SQLite would rather go through a whole list than begin with a query's rows.
    return Q(**{f"{speaker}__in": list(ids)})


def _topic_condition(claim: str) -> Any:
    about = Claim.topics.through.objects
    return lambda slugs: Q(**{f"{claim}__in": about.filter(topic__slug__in=slugs).values("claim")})


def _claim_in(claims: Any) -> Q:
    return Q(claim__in=claims.values("pk"))


class QuoteFilterSet(FilterSet):
    """Of quotes."""

    q = _full_text_filter(Quote, "the quote, its claim, the speaker's names, the source's title")
    speaker = Filter(ListValue(IdValue()), "Said by one of these speakers.", "speaker__in")
    speaker_name = Filter(
        TextValue(), "Said by a speaker of this name, in any spelling known; whole.", _speaker_name_condition("speaker")
    )
    wikidata = Filter(
        ListValue(WikidataIdValue()), "Said by one of these Wikidata items.", _wikidata_condition("speaker")
    )
    claim = Filter(ListValue(IdValue()), "Gathered into one of these claims.", "claim__in")
    source = Filter(ListValue(IdValue()), "Found in one of these sources.", "snapshot__source__in")
    publisher = Filter(ListValue(TextValue()), "Published by one of these.", "snapshot__source__publisher__in")
    kind = Filter(ListValue(ChoiceValue(QuoteKind)), "How the words are given.", "kind__in")
    topic = Filter(
        ListValue(SlugValue()), "Whose claim is about one of these topics (slugs).", _topic_condition("claim")
    )
    status = Filter(
        ListValue(SlugValue()),
        "Whose claim has one of these: `unreviewed`, `in-review` or a rating's slug.",
        lambda slugs: _claim_in(_claims_with_status().filter(status__in=slugs)),
    )
    has_verdict = Filter(
        BooleanValue(),
        "Whether its claim has a published verdict.",
        lambda yes: _with_verdict() if yes else Q(claim=None) | ~_with_verdict(),
    )
    language = Filter(ListValue(LanguageValue()), "Language of the source.", in_language("snapshot__source__language"))
    published_after = Filter(DateValue(), f"Published from {INCLUSIVE_DAY}.", "snapshot__source__published_on__gte")
    published_before = Filter(DateValue(), f"Published until {INCLUSIVE_DAY}.", "snapshot__source__published_on__lte")
    said_after = Filter(DateValue(), f"Whose claim was said from {INCLUSIVE_DAY}.", "claim__said_on__gte")
    said_before = Filter(DateValue(), f"Whose claim was said until {INCLUSIVE_DAY}.", "claim__said_on__lte")
    accepted_after = Filter(DateValue(), f"Accepted by an editor from {INCLUSIVE_DAY}.", on_or_after("decided_at"))
    accepted_before = Filter(DateValue(), f"Accepted by an editor until {INCLUSIVE_DAY}.", on_or_before("decided_at"))
    updated_since = _updated_since_filter(ResourceKind.QUOTES)


class ClaimFilterSet(FilterSet):
    """Of claims."""

    quotes_of_row = "claim"

    q = _full_text_filter(Claim, "the claim, its quotes, the speaker's names, the sources' titles")
    speaker = Filter(ListValue(IdValue()), "Said by one of these speakers.", "speaker__in")
    speaker_name = Filter(
        TextValue(), "Said by a speaker of this name, in any spelling known; whole.", _speaker_name_condition("speaker")
    )
    wikidata = Filter(
        ListValue(WikidataIdValue()), "Said by one of these Wikidata items.", _wikidata_condition("speaker")
    )
    source = Filter(
        ListValue(IdValue()), "With a quote in one of these sources.", "snapshot__source__in", of_quotes=True, few=True
    )
    publisher = Filter(
        ListValue(TextValue()),
        "With a quote published by one of these.",
        "snapshot__source__publisher__in",
        of_quotes=True,
        few=True,
    )
    kind = Filter(ListValue(ChoiceValue(QuoteKind)), "With a quote given like this.", "kind__in", of_quotes=True)
    topic = Filter(ListValue(SlugValue()), "About one of these topics (slugs).", _topic_condition("pk"))
    status = Filter(
        ListValue(SlugValue()),
        "With one of these: `unreviewed`, `in-review` or a rating's slug.",
        "status__in",
        of_status=True,
    )
    has_verdict = Filter(
        BooleanValue(), "Whether it has a published verdict.", lambda yes: Q(current__isnull=not yes), of_status=True
    )
    language = Filter(
        ListValue(LanguageValue()),
        "With a quote in this language.",
        in_language("snapshot__source__language"),
        of_quotes=True,
    )
    said_after = Filter(DateValue(), f"Said from {INCLUSIVE_DAY}.", "said_on__gte")
    said_before = Filter(DateValue(), f"Said until {INCLUSIVE_DAY}.", "said_on__lte")
    published_after = Filter(
        DateValue(),
        f"With a quote published from {INCLUSIVE_DAY}.",
        "snapshot__source__published_on__gte",
        of_quotes=True,
    )
    published_before = Filter(
        DateValue(),
        f"With a quote published until {INCLUSIVE_DAY}.",
        "snapshot__source__published_on__lte",
        of_quotes=True,
    )
    released_after = Filter(DateValue(), f"Released from {INCLUSIVE_DAY}.", on_or_after("released_at"))
    released_before = Filter(DateValue(), f"Released until {INCLUSIVE_DAY}.", on_or_before("released_at"))
    verified_after = Filter(
        DateValue(),
        f"With a verdict published from {INCLUSIVE_DAY}.",
        on_or_after("current__published_at"),
        of_status=True,
    )
    verified_before = Filter(
        DateValue(),
        f"With a verdict published until {INCLUSIVE_DAY}.",
        on_or_before("current__published_at"),
        of_status=True,
    )
    updated_since = _updated_since_filter(ResourceKind.CLAIMS)


class SpeakerFilterSet(FilterSet):
    """Of speakers."""

    q = _full_text_filter(Speaker, "the names")
    name = Filter(TextValue(), "Of this name, in any spelling known; whole.", _speaker_name_condition("pk"))
    kind = Filter(ListValue(ChoiceValue(SpeakerKind)), "What the speaker is.", "kind__in")
    wikidata = Filter(ListValue(WikidataIdValue()), "These Wikidata items.", "wikidata_id__in")
    updated_since = _updated_since_filter(ResourceKind.SPEAKERS)


class SourceFilterSet(FilterSet):
    """Of sources."""

    quotes_of_row = "snapshot__source"

    q = _full_text_filter(Source, "the title, the publisher")
    publisher = Filter(ListValue(TextValue()), "Published by one of these.", "publisher__in")
    kind = Filter(ListValue(ChoiceValue(SourceKind)), "What sort of publication it is.", "kind__in")
    url = Filter(TextValue(2000), "Published at this address; whole.", "url")
    speaker = Filter(
        ListValue(IdValue()), "That quotes one of these speakers.", "speaker__in", of_quotes=True, few=True
    )
    sha256 = Filter(
        Sha256Value(),
        "With a released quote in the text of this SHA-256.",
        "snapshot__sha256",
        of_quotes=True,
        few=True,
    )
    language = Filter(ListValue(LanguageValue()), "In this language.", in_language("language"))
    translated_from = Filter(
        ListValue(LanguageValue()), "Translated from this language.", in_language("translated_from")
    )
    published_after = Filter(DateValue(), f"Published from {INCLUSIVE_DAY}.", "published_on__gte")
    published_before = Filter(DateValue(), f"Published until {INCLUSIVE_DAY}.", "published_on__lte")
    updated_since = _updated_since_filter(ResourceKind.SOURCES)


class VerificationFilterSet(FilterSet):
    """Of verifications."""

    q = _full_text_filter(Verification, "the explanation, the claim, the speaker's names")
    claim = Filter(ListValue(IdValue()), "Of one of these claims.", "claim__in")
    speaker = Filter(ListValue(IdValue()), "Of a claim of one of these speakers.", "claim__speaker__in")
    rating = Filter(ListValue(SlugValue()), "With one of these ratings (slugs).", "rating__slug__in")
    topic = Filter(ListValue(SlugValue()), "Of a claim about one of these topics (slugs).", _topic_condition("claim"))
    published_after = Filter(DateValue(), f"Published from {INCLUSIVE_DAY}.", on_or_after("published_at"))
    published_before = Filter(DateValue(), f"Published until {INCLUSIVE_DAY}.", on_or_before("published_at"))
    updated_since = _updated_since_filter(ResourceKind.VERIFICATIONS)


class TopicFilterSet(FilterSet):
    """Of topics."""

    q = _full_text_filter(Topic, "the name, the description")
    updated_since = _updated_since_filter(ResourceKind.TOPICS)


class CorrectionFilterSet(FilterSet):
    """Of corrections."""

    claim = Filter(ListValue(IdValue()), "Of one of these claims.", "claim__in")
    kind = Filter(ListValue(ChoiceValue(CorrectionKind)), "What sort of change it was.", "kind__in")
    made_after = Filter(DateValue(), f"Made from {INCLUSIVE_DAY}.", on_or_after("made_at"))
    made_before = Filter(DateValue(), f"Made until {INCLUSIVE_DAY}.", on_or_before("made_at"))
    updated_since = _updated_since_filter(ResourceKind.CORRECTIONS)


class RatingFilterSet(FilterSet):
    """Of ratings: the scale is short."""

    updated_since = _updated_since_filter(ResourceKind.RATINGS)


def _claims_with_status() -> Any:
    return Claim.objects.with_status()


def _with_verdict() -> Q:
    return _claim_in(_claims_with_status().filter(current__isnull=False))
