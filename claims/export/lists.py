"""What each of the editors' lists holds when it is exported: ids, whole texts, who, when, why."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Case, Count, Max, TextField, Value, When

from claims.export.tables import Column, Table
from claims.models import (
    Claim,
    ClaimAmendment,
    ClaimRelation,
    Comment,
    Correction,
    Evidence,
    MergeSuggestion,
    Position,
    Quote,
    Rating,
    ReaderKey,
    SavedView,
    Snapshot,
    Source,
    Speaker,
    SpeakerMerge,
    SpeakerName,
    Topic,
    Verification,
)

Gather = Callable[[Sequence[int]], dict[int, Any]]


def _several(rows: Callable[[], Any], by: str, value: str) -> Gather:
    """All values that rows of another table have for each id, in their order."""

    def gather(ids: Sequence[int]) -> dict[int, Any]:
        found: defaultdict[int, list[Any]] = defaultdict(list)
        for pk, each in rows().filter(**{f"{by}__in": ids}).values_list(by, value):
            found[pk].append(each)
        return {pk: tuple(values) for pk, values in found.items()}

    return gather


def _number(rows: Callable[[], Any], by: str) -> Gather:
    """How many rows of another table each id has."""

    def gather(ids: Sequence[int]) -> dict[int, Any]:
        found = rows().filter(**{f"{by}__in": ids}).order_by().values_list(by).annotate(n=Count("pk"))
        return dict.fromkeys(ids, 0) | dict(found)

    return gather


def _newest(model: Any, what: str) -> Gather:
    """Of the newest state in each row's history: who made it, or why."""

    def gather(ids: Sequence[int]) -> dict[int, Any]:
        newest = model.history.filter(id__in=ids).order_by().values("id").annotate(n=Max("history_id")).values("n")
        return dict(model.history.filter(history_id__in=newest).order_by().values_list("id", what))

    return gather


def _positions(ids: Sequence[int]) -> dict[int, Any]:
    """Every position of each speaker, as it is written elsewhere, with its days."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row in Position.objects.filter(speaker__in=ids).order_by("pk"):
        days = f" ({row.held_from or ''}–{row.held_to or ''})" if row.held_from or row.held_to else ""
        found[row.speaker_id].append(f"{row}{days}")
    return {pk: tuple(several) for pk, several in found.items()}


def _evidence(ids: Sequence[int]) -> dict[int, Any]:
    """What each verification rests on: which way, and where it is."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row in Evidence.objects.filter(verification__in=ids).select_related("source").order_by("pk"):
        found[row.verification_id].append(str(row))
    return {pk: tuple(several) for pk, several in found.items()}


def _changed(model: Any) -> tuple[Column, ...]:
    return (
        Column("changed_by", gather=_newest(model, "history_user__username")),
        Column("change_reason", gather=_newest(model, "history_change_reason")),
    )


def _columns(*names: str, **paths: str) -> tuple[Column, ...]:
    """Columns of a path each, named as it is unless another name is given; those come first."""
    return (*(Column(name, path) for name, path in paths.items()), *(Column(name, name) for name in names))


def _table(name: str, rows: Callable[[], Any], *columns: Column | tuple[Column, ...]) -> Table:
    flat = (column if isinstance(column, tuple) else (column,) for column in columns)
    return Table(name, rows, tuple(each for several in flat for each in several))


_QUOTE = _table(
    "quotes",
    Quote.objects.all,
    _columns(quote_id="pk", decision="decision", quote="exact", speaker_id="speaker_id", speaker="speaker__name"),
    _columns("mention", "role", "outlet"),
    Column("candidates", "candidates", convert=lambda names: tuple(map(str, names))),
    _columns("kind", "act", "cue", "confidence", claim_id="claim_id", claim="claim__text"),
    _columns(source_id="snapshot__source_id", publisher="snapshot__source__publisher"),
    _columns(source_title="snapshot__source__title", source_url="snapshot__source__url"),
    _columns(published_on="snapshot__source__published_on", snapshot_id="snapshot_id"),
    _columns("start", "end", snapshot_sha256="snapshot__sha256"),
    Column("spans", "spans", convert=lambda spans: tuple(f"{start}-{end}" for start, end in spans)),
    _columns("extractor", "extractor_version", "created_at", "updated_at", "decided_at"),
    _columns(decided_by="decided_by__username"),
    _changed(Quote),
)
_CLAIM = _table(
    "claims",
    Claim.objects.with_status,
    _columns(claim_id="pk", claim="text", speaker_id="speaker_id", speaker="speaker__name", said_on="said_on"),
    Column(
        "topics", gather=_several(lambda: Claim.topics.through.objects.order_by("topic__name"), "claim", "topic__name")
    ),
    _columns("status", rating="current__rating__name", explanation="current__explanation"),
    _columns(author="current__author__username", approver="current__approver__username"),
    _columns("released_at", "retracted_at"),
    Column("accepted_quotes", gather=_number(Quote.objects.accepted, "claim")),
    Column("pending_quotes", gather=_number(Quote.objects.pending, "claim")),
    _columns("created_at", "updated_at"),
    _changed(Claim),
)
_SPEAKER = _table(
    "speakers",
    Speaker.objects.all,
    _columns("name", "kind", "description", "wikidata_id", speaker_id="pk"),
    Column("names", gather=_several(lambda: SpeakerName.objects.order_by("pk"), "speaker", "name")),
    Column("positions", gather=_positions),
    Column("accepted_quotes", gather=_number(Quote.objects.accepted, "speaker")),
    Column("pending_quotes", gather=_number(Quote.objects.pending, "speaker")),
    Column("claims", gather=_number(Claim.objects.all, "speaker")),
    _columns("created_at", "updated_at", merged_into="merged_into_id"),
    _changed(Speaker),
)
_SOURCE = _table(
    "sources",
    Source.objects.all,
    _columns("title", "publisher", "authors", "url", "kind", "published_on", source_id="pk"),
    _columns("language", "translated_from", "translator"),
    Column("snapshots", gather=_several(lambda: Snapshot.objects.order_by("pk"), "source", "sha256")),
    Column("pending_quotes", gather=_number(Quote.objects.pending, "snapshot__source")),
    Column("accepted_quotes", gather=_number(Quote.objects.accepted, "snapshot__source")),
    _columns("created_at", "updated_at"),
    _changed(Source),
)
_VERIFICATION = _table(
    "verifications",
    Verification.objects.all,
    _columns(verification_id="pk", claim_id="claim_id", claim="claim__text", speaker="claim__speaker__name"),
    _columns("state", "explanation", "comment", rating="rating__name"),
    Column("evidence", gather=_evidence),
    _columns("created_at", "submitted_at", "published_at", "updated_at", "fingerprint"),
    _columns(author="author__username", approver="approver__username"),
    _changed(Verification),
)
_CORRECTION = _table(
    "corrections",
    Correction.objects.all,
    _columns("kind", "text", "reason", "made_at", correction_id="pk", claim_id="claim_id", claim="claim__text"),
    _columns(made_by="made_by__username"),
)
_TOPIC = _table(
    "topics",
    Topic.objects.all,
    _columns("name", "slug", "description", topic_id="pk"),
    Column("claims", gather=_number(Claim.topics.through.objects.all, "topic")),
    _changed(Topic),
)
_RATING = _table(
    "ratings",
    Rating.objects.all,
    _columns("name", "slug", "value", "worst", "best", "explanation", rating_id="pk"),
    Column("verifications", gather=_number(Verification.objects.all, "rating")),
    _changed(Rating),
)
_PAIR = {"first_id": "first_id", "first": "first__name", "second_id": "second_id", "second": "second__name"}
_SUGGESTION = _table(
    "merge suggestions",
    MergeSuggestion.objects.all,
    _columns("score", "reason", "state", "created_at", suggestion_id="pk", **_PAIR),
    _columns(decided_by="decided_by__username"),
)
_MERGE = _table(
    "merges",
    SpeakerMerge.objects.all,
    _columns("merged_at", "undone_at", merge_id="pk", kept_id="kept_id", kept="kept__name", merged_id="merged_id"),
    _columns(merged="merged__name", merged_by="merged_by__username", undone_by="undone_by__username"),
)

_RELATION = _table(
    "related claims",
    ClaimRelation.objects.all,
    _columns(relation_id="pk", first_id="first_id", first="first__text", second_id="second_id", second="second__text"),
    _columns("kind", "state", "score", "reason", "created_at", decided_by="decided_by__username"),
)
_AMENDMENT = _table(
    "draft corrections",
    ClaimAmendment.objects.all,
    _columns(amendment_id="pk", claim_id="claim_id", claim="claim__text", text="text", speaker="speaker__name"),
    _columns("said_on", "was_text", "was_said_on", "what", "why", "comment", "state", "created_at", "decided_at"),
    _columns(was_speaker="was_speaker__name", author="author__username", decided_by="decided_by__username"),
)

_COMMENT = _table(
    "comments",
    # What was taken back is not handed on.
    lambda: Comment.objects.annotate(
        said=Case(When(taken_back_at=None, then="text"), default=Value(""), output_field=TextField())
    ),
    _columns(comment_id="pk", quote_id="quote_id", claim_id="claim_id", verification_id="verification_id", text="said"),
    _columns("created_at", "taken_back_at", author="author__username"),
)
_VIEW = _table(
    "saved views",
    SavedView.objects.all,
    _columns("name", "listing", "shared", "created_at", view_id="pk", owner="owner__username"),
)

_KEY = _table(
    "API keys",
    ReaderKey.objects.all,
    _columns(
        *("name", "contact", "hint", "per_minute", "last_day", "made_at", "revoked_at"),
        key_id="pk",
        made_by="made_by__username",
        revoked_by="revoked_by__username",
    ),
)

TABLES: dict[Any, Table] = {
    Comment: _COMMENT,
    SavedView: _VIEW,
    ReaderKey: _KEY,
    ClaimRelation: _RELATION,
    ClaimAmendment: _AMENDMENT,
    Quote: _QUOTE,
    Claim: _CLAIM,
    Speaker: _SPEAKER,
    Source: _SOURCE,
    Verification: _VERIFICATION,
    Correction: _CORRECTION,
    Topic: _TOPIC,
    Rating: _RATING,
    MergeSuggestion: _SUGGESTION,
    SpeakerMerge: _MERGE,
}
