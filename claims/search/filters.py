"""What readers may ask of each list. The API, the exports and their documentation all read these tables."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from claims.models import (
    Change,
    Claim,
    CorrectionKind,
    Kind,
    Quote,
    QuoteKind,
    Source,
    SourceKind,
    Speaker,
    SpeakerKind,
    SpeakerName,
    Topic,
    Verification,
    names,
)
from claims.search.parameters import Parameter, Parameters, from_day, in_language, to_day
from claims.search.texts import Text, Words
from claims.search.values import (
    Day,
    Id,
    Language,
    Moment,
    OneOf,
    Several,
    Sha256,
    Slug,
    Switch,
    WikidataId,
)
from claims.search.words import MAX_LENGTH, MAX_WORDS, condition, has_places, ordered

Q_ABOUT = (
    f'Full text, at most {MAX_WORDS} words: all must occur, in any order; "words in quotation marks" side by side; '
    "beginn* is a beginning of two letters or more; -word must not occur. Case and accents do not count. "
    "With it, what is listed newest first is so to the second. Looked for in: "
)
SINCE_ABOUT = (
    "Changed for readers, in anything that is shown here, at this moment or later; or become visible, or gone. The list"
    " is then in the order of changes, and has `tombstones` of what is gone or does not answer the other filters any"
    " more. Ask again from the `updated_since` that the last page gives. To begin with, read the whole list, and ask"
    " from the `Date` of its first answer. (In other formats than JSON: only which rows of the list come.)"
)
DAYS_ABOUT = "(this day included)"


class FullText(Parameter):
    """Words: rows that are listed by a moment get their `place` from the index."""

    def filter(self, rows: Any, value: Any) -> Any:
        """The rows found."""
        return ordered(rows, value) if value is not None and has_places(rows.model) else super().filter(rows, value)


def _q(model: Any, places: str) -> Parameter:
    return FullText(Words(MAX_LENGTH, MAX_WORDS), Q_ABOUT + places + ".", condition(model))


def _since(kind: Kind) -> Parameter:
    entered = Change.objects.live().filter(kind=kind, object_id=OuterRef("pk"))
    return Parameter(Moment(), SINCE_ABOUT, lambda moment: Q(Exists(entered.filter(changed_at__gte=moment))))


def _named(speaker: str) -> Any:
    """The condition that the speaker in this column has this name, in any of its spellings kept, whatever its case."""
    known = SpeakerName.objects.order_by().distinct()
    return lambda name: _said_by(speaker, known.filter(key=names.key(name)).values_list("speaker", flat=True))


def _items(speaker: str) -> Any:
    """The condition that the speaker in this column is one of these Wikidata items."""
    return lambda ids: _said_by(
        speaker, Speaker.objects.order_by().filter(wikidata_id__in=ids).values_list("pk", flat=True)
    )


def _said_by(speaker: str, ids: Any) -> Q:
    # They are few, and asked for apart: SQLite would rather go through a whole list than begin with a query's rows.
    return Q(**{f"{speaker}__in": list(ids)})


def _with_topic(claim: str) -> Any:
    about = Claim.topics.through.objects
    return lambda slugs: Q(**{f"{claim}__in": about.filter(topic__slug__in=slugs).values("claim")})


def _of_claim(claims: Any) -> Q:
    return Q(claim__in=claims.values("pk"))


class QuoteFilters(Parameters):
    """Of quotes."""

    q = _q(Quote, "the quote, its claim, the speaker's names, the source's title")
    speaker = Parameter(Several(Id()), "Said by one of these speakers.", "speaker__in")
    speaker_name = Parameter(Text(), "Said by a speaker of this name, in any spelling known; whole.", _named("speaker"))
    wikidata = Parameter(Several(WikidataId()), "Said by one of these Wikidata items.", _items("speaker"))
    claim = Parameter(Several(Id()), "Gathered into one of these claims.", "claim__in")
    source = Parameter(Several(Id()), "Found in one of these sources.", "snapshot__source__in")
    publisher = Parameter(Several(Text()), "Published by one of these.", "snapshot__source__publisher__in")
    kind = Parameter(Several(OneOf(QuoteKind)), "How the words are given.", "kind__in")
    topic = Parameter(Several(Slug()), "Whose claim is about one of these topics (slugs).", _with_topic("claim"))
    status = Parameter(
        Several(Slug()),
        "Whose claim has one of these: `unreviewed`, `in-review` or a rating's slug.",
        lambda slugs: _of_claim(_claims().filter(status__in=slugs)),
    )
    has_verdict = Parameter(
        Switch(),
        "Whether its claim has a published verdict.",
        lambda yes: _judged() if yes else Q(claim=None) | ~_judged(),
    )
    language = Parameter(Several(Language()), "Language of the source.", in_language("snapshot__source__language"))
    published_after = Parameter(Day(), f"Published from {DAYS_ABOUT}.", "snapshot__source__published_on__gte")
    published_before = Parameter(Day(), f"Published until {DAYS_ABOUT}.", "snapshot__source__published_on__lte")
    said_after = Parameter(Day(), f"Whose claim was said from {DAYS_ABOUT}.", "claim__said_on__gte")
    said_before = Parameter(Day(), f"Whose claim was said until {DAYS_ABOUT}.", "claim__said_on__lte")
    accepted_after = Parameter(Day(), f"Accepted by an editor from {DAYS_ABOUT}.", from_day("decided_at"))
    accepted_before = Parameter(Day(), f"Accepted by an editor until {DAYS_ABOUT}.", to_day("decided_at"))
    updated_since = _since(Kind.QUOTES)


class ClaimFilters(Parameters):
    """Of claims."""

    quotes_of_row = "claim"

    q = _q(Claim, "the claim, its quotes, the speaker's names, the sources' titles")
    speaker = Parameter(Several(Id()), "Said by one of these speakers.", "speaker__in")
    speaker_name = Parameter(Text(), "Said by a speaker of this name, in any spelling known; whole.", _named("speaker"))
    wikidata = Parameter(Several(WikidataId()), "Said by one of these Wikidata items.", _items("speaker"))
    source = Parameter(
        Several(Id()), "With a quote in one of these sources.", "snapshot__source__in", of_quotes=True, few=True
    )
    publisher = Parameter(
        Several(Text()),
        "With a quote published by one of these.",
        "snapshot__source__publisher__in",
        of_quotes=True,
        few=True,
    )
    kind = Parameter(Several(OneOf(QuoteKind)), "With a quote given like this.", "kind__in", of_quotes=True)
    topic = Parameter(Several(Slug()), "About one of these topics (slugs).", _with_topic("pk"))
    status = Parameter(
        Several(Slug()),
        "With one of these: `unreviewed`, `in-review` or a rating's slug.",
        "status__in",
        of_status=True,
    )
    has_verdict = Parameter(
        Switch(), "Whether it has a published verdict.", lambda yes: Q(current__isnull=not yes), of_status=True
    )
    language = Parameter(
        Several(Language()), "With a quote in this language.", in_language("snapshot__source__language"), of_quotes=True
    )
    said_after = Parameter(Day(), f"Said from {DAYS_ABOUT}.", "said_on__gte")
    said_before = Parameter(Day(), f"Said until {DAYS_ABOUT}.", "said_on__lte")
    published_after = Parameter(
        Day(), f"With a quote published from {DAYS_ABOUT}.", "snapshot__source__published_on__gte", of_quotes=True
    )
    published_before = Parameter(
        Day(), f"With a quote published until {DAYS_ABOUT}.", "snapshot__source__published_on__lte", of_quotes=True
    )
    released_after = Parameter(Day(), f"Released from {DAYS_ABOUT}.", from_day("released_at"))
    released_before = Parameter(Day(), f"Released until {DAYS_ABOUT}.", to_day("released_at"))
    verified_after = Parameter(
        Day(), f"With a verdict published from {DAYS_ABOUT}.", from_day("current__published_at"), of_status=True
    )
    verified_before = Parameter(
        Day(), f"With a verdict published until {DAYS_ABOUT}.", to_day("current__published_at"), of_status=True
    )
    updated_since = _since(Kind.CLAIMS)


class SpeakerFilters(Parameters):
    """Of speakers."""

    q = _q(Speaker, "the names")
    name = Parameter(Text(), "Of this name, in any spelling known; whole.", _named("pk"))
    kind = Parameter(Several(OneOf(SpeakerKind)), "What the speaker is.", "kind__in")
    wikidata = Parameter(Several(WikidataId()), "These Wikidata items.", "wikidata_id__in")
    updated_since = _since(Kind.SPEAKERS)


class SourceFilters(Parameters):
    """Of sources."""

    quotes_of_row = "snapshot__source"

    q = _q(Source, "the title, the publisher")
    publisher = Parameter(Several(Text()), "Published by one of these.", "publisher__in")
    kind = Parameter(Several(OneOf(SourceKind)), "What sort of publication it is.", "kind__in")
    url = Parameter(Text(2000), "Published at this address; whole.", "url")
    speaker = Parameter(Several(Id()), "That quotes one of these speakers.", "speaker__in", of_quotes=True, few=True)
    sha256 = Parameter(
        Sha256(), "With a released quote in the text of this SHA-256.", "snapshot__sha256", of_quotes=True, few=True
    )
    language = Parameter(Several(Language()), "In this language.", in_language("language"))
    translated_from = Parameter(Several(Language()), "Translated from this language.", in_language("translated_from"))
    published_after = Parameter(Day(), f"Published from {DAYS_ABOUT}.", "published_on__gte")
    published_before = Parameter(Day(), f"Published until {DAYS_ABOUT}.", "published_on__lte")
    updated_since = _since(Kind.SOURCES)


class VerificationFilters(Parameters):
    """Of verifications."""

    q = _q(Verification, "the explanation, the claim, the speaker's names")
    claim = Parameter(Several(Id()), "Of one of these claims.", "claim__in")
    speaker = Parameter(Several(Id()), "Of a claim of one of these speakers.", "claim__speaker__in")
    rating = Parameter(Several(Slug()), "With one of these ratings (slugs).", "rating__slug__in")
    topic = Parameter(Several(Slug()), "Of a claim about one of these topics (slugs).", _with_topic("claim"))
    published_after = Parameter(Day(), f"Published from {DAYS_ABOUT}.", from_day("published_at"))
    published_before = Parameter(Day(), f"Published until {DAYS_ABOUT}.", to_day("published_at"))
    updated_since = _since(Kind.VERIFICATIONS)


class TopicFilters(Parameters):
    """Of topics."""

    q = _q(Topic, "the name, the description")
    updated_since = _since(Kind.TOPICS)


class CorrectionFilters(Parameters):
    """Of corrections."""

    claim = Parameter(Several(Id()), "Of one of these claims.", "claim__in")
    kind = Parameter(Several(OneOf(CorrectionKind)), "What sort of change it was.", "kind__in")
    made_after = Parameter(Day(), f"Made from {DAYS_ABOUT}.", from_day("made_at"))
    made_before = Parameter(Day(), f"Made until {DAYS_ABOUT}.", to_day("made_at"))
    updated_since = _since(Kind.CORRECTIONS)


class RatingFilters(Parameters):
    """Of ratings: the scale is short."""

    updated_since = _since(Kind.RATINGS)


def _claims() -> Any:
    return Claim.objects.with_status()


def _judged() -> Q:
    return _of_claim(_claims().filter(current__isnull=False))
