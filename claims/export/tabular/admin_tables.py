"""What each of the editors' lists holds when it is exported: ids, whole texts, who, when, why."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Case, Count, Max, TextField, Value, When

from claims.export.tabular.model_table import ModelColumn, ModelTable
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

Collect = Callable[[Sequence[int]], dict[int, Any]]


def _related_values(rows: Callable[[], Any], by: str, value: str) -> Collect:
    """All values that rows of another table have for each id, in their order."""

    def gather(ids: Sequence[int]) -> dict[int, Any]:
        found: defaultdict[int, list[Any]] = defaultdict(list)
        for pk, each in rows().filter(**{f"{by}__in": ids}).values_list(by, value):
            found[pk].append(each)
        return {pk: tuple(values) for pk, values in found.items()}

    return gather


def _related_counts(rows: Callable[[], Any], by: str) -> Collect:
    """How many rows of another table each id has."""

    def gather(ids: Sequence[int]) -> dict[int, Any]:
        found = rows().filter(**{f"{by}__in": ids}).order_by().values_list(by).annotate(n=Count("pk"))
        return dict.fromkeys(ids, 0) | dict(found)

    return gather


def _latest_history(model: Any, what: str) -> Collect:
    """Of the newest state in each row's history: who made it, or why."""

    def gather(ids: Sequence[int]) -> dict[int, Any]:
        newest = model.history.filter(id__in=ids).order_by().values("id").annotate(n=Max("history_id")).values("n")
        return dict(model.history.filter(history_id__in=newest).order_by().values_list("id", what))

    return gather


def _positions_by_speaker(ids: Sequence[int]) -> dict[int, Any]:
    """Every position of each speaker, as it is written elsewhere, with its days."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row in Position.objects.filter(speaker__in=ids).order_by("pk"):
        days = f" ({row.held_from or ''}–{row.held_to or ''})" if row.held_from or row.held_to else ""
        found[row.speaker_id].append(f"{row}{days}")
    return {pk: tuple(several) for pk, several in found.items()}


def _evidence_by_verification(ids: Sequence[int]) -> dict[int, Any]:
    """What each verification rests on: which way, and where it is."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row in Evidence.objects.filter(verification__in=ids).select_related("source").order_by("pk"):
        found[row.verification_id].append(str(row))
    return {pk: tuple(several) for pk, several in found.items()}


def _history_columns(model: Any) -> tuple[ModelColumn, ...]:
    return (
        ModelColumn("changed_by", gather=_latest_history(model, "history_user__username")),
        ModelColumn("change_reason", gather=_latest_history(model, "history_change_reason")),
    )


def _path_columns(*names: str, **paths: str) -> tuple[ModelColumn, ...]:
    """Columns of a path each, named as it is unless another name is given; those come first."""
    return (*(ModelColumn(name, path) for name, path in paths.items()), *(ModelColumn(name, name) for name in names))


def _model_table(name: str, rows: Callable[[], Any], *columns: ModelColumn | tuple[ModelColumn, ...]) -> ModelTable:
    flat = (column if isinstance(column, tuple) else (column,) for column in columns)
    return ModelTable(name, rows, tuple(each for several in flat for each in several))


_QUOTE_TABLE = _model_table(
    "quotes",
    Quote.objects.all,
    _path_columns(quote_id="pk", decision="decision", quote="exact", speaker_id="speaker_id", speaker="speaker__name"),
    _path_columns("mention", "role", "outlet"),
    ModelColumn("candidates", "candidates", convert=lambda names: tuple(map(str, names))),
    _path_columns("kind", "act", "cue", "confidence", claim_id="claim_id", claim="claim__text"),
    _path_columns(source_id="snapshot__source_id", publisher="snapshot__source__publisher"),
    _path_columns(source_title="snapshot__source__title", source_url="snapshot__source__url"),
    _path_columns(published_on="snapshot__source__published_on", snapshot_id="snapshot_id"),
    _path_columns("start", "end", snapshot_sha256="snapshot__sha256"),
    ModelColumn("spans", "spans", convert=lambda spans: tuple(f"{start}-{end}" for start, end in spans)),
    _path_columns("extractor", "extractor_version", "created_at", "updated_at", "decided_at"),
    _path_columns(decided_by="decided_by__username"),
    _history_columns(Quote),
)
_CLAIM_TABLE = _model_table(
    "claims",
    Claim.objects.with_status,
    _path_columns(claim_id="pk", claim="text", speaker_id="speaker_id", speaker="speaker__name", said_on="said_on"),
    ModelColumn(
        "topics",
        gather=_related_values(lambda: Claim.topics.through.objects.order_by("topic__name"), "claim", "topic__name"),
    ),
    _path_columns("status", rating="current__rating__name", explanation="current__explanation"),
    _path_columns(author="current__author__username", approver="current__approver__username"),
    _path_columns("released_at", "retracted_at"),
    ModelColumn("accepted_quotes", gather=_related_counts(Quote.objects.accepted, "claim")),
    ModelColumn("pending_quotes", gather=_related_counts(Quote.objects.pending, "claim")),
    _path_columns("created_at", "updated_at"),
    _history_columns(Claim),
)
_SPEAKER_TABLE = _model_table(
    "speakers",
    Speaker.objects.all,
    _path_columns("name", "kind", "description", "wikidata_id", speaker_id="pk"),
    ModelColumn("names", gather=_related_values(lambda: SpeakerName.objects.order_by("pk"), "speaker", "name")),
    ModelColumn("positions", gather=_positions_by_speaker),
    ModelColumn("accepted_quotes", gather=_related_counts(Quote.objects.accepted, "speaker")),
    ModelColumn("pending_quotes", gather=_related_counts(Quote.objects.pending, "speaker")),
    ModelColumn("claims", gather=_related_counts(Claim.objects.all, "speaker")),
    _path_columns("created_at", "updated_at", merged_into="merged_into_id"),
    _history_columns(Speaker),
)
_SOURCE_TABLE = _model_table(
    "sources",
    Source.objects.all,
    _path_columns("title", "publisher", "authors", "url", "kind", "published_on", source_id="pk"),
    _path_columns("language", "translated_from", "translator"),
    ModelColumn("snapshots", gather=_related_values(lambda: Snapshot.objects.order_by("pk"), "source", "sha256")),
    ModelColumn("pending_quotes", gather=_related_counts(Quote.objects.pending, "snapshot__source")),
    ModelColumn("accepted_quotes", gather=_related_counts(Quote.objects.accepted, "snapshot__source")),
    _path_columns("created_at", "updated_at"),
    _history_columns(Source),
)
_VERIFICATION_TABLE = _model_table(
    "verifications",
    Verification.objects.all,
    _path_columns(verification_id="pk", claim_id="claim_id", claim="claim__text", speaker="claim__speaker__name"),
    _path_columns("state", "explanation", "comment", rating="rating__name"),
    ModelColumn("evidence", gather=_evidence_by_verification),
    _path_columns("created_at", "submitted_at", "published_at", "updated_at", "fingerprint"),
    _path_columns(author="author__username", approver="approver__username"),
    _history_columns(Verification),
)
_CORRECTION_TABLE = _model_table(
    "corrections",
    Correction.objects.all,
    _path_columns("kind", "text", "reason", "made_at", correction_id="pk", claim_id="claim_id", claim="claim__text"),
    _path_columns(made_by="made_by__username"),
)
_TOPIC_TABLE = _model_table(
    "topics",
    Topic.objects.all,
    _path_columns("name", "slug", "description", topic_id="pk"),
    ModelColumn("claims", gather=_related_counts(Claim.topics.through.objects.all, "topic")),
    _history_columns(Topic),
)
_RATING_TABLE = _model_table(
    "ratings",
    Rating.objects.all,
    _path_columns("name", "slug", "value", "worst", "best", "explanation", rating_id="pk"),
    ModelColumn("verifications", gather=_related_counts(Verification.objects.all, "rating")),
    _history_columns(Rating),
)
_SPEAKER_PAIR = {"first_id": "first_id", "first": "first__name", "second_id": "second_id", "second": "second__name"}
_SUGGESTION_TABLE = _model_table(
    "merge suggestions",
    MergeSuggestion.objects.all,
    _path_columns("score", "reason", "state", "created_at", suggestion_id="pk", **_SPEAKER_PAIR),
    _path_columns(decided_by="decided_by__username"),
)
_MERGE_TABLE = _model_table(
    "merges",
    SpeakerMerge.objects.all,
    _path_columns("merged_at", "undone_at", merge_id="pk", kept_id="kept_id", kept="kept__name", merged_id="merged_id"),
    _path_columns(merged="merged__name", merged_by="merged_by__username", undone_by="undone_by__username"),
)

_RELATION_TABLE = _model_table(
    "related claims",
    ClaimRelation.objects.all,
    _path_columns(
        relation_id="pk", first_id="first_id", first="first__text", second_id="second_id", second="second__text"
    ),
    _path_columns("kind", "state", "score", "reason", "created_at", decided_by="decided_by__username"),
)
_AMENDMENT_TABLE = _model_table(
    "draft corrections",
    ClaimAmendment.objects.all,
    _path_columns(amendment_id="pk", claim_id="claim_id", claim="claim__text", text="text", speaker="speaker__name"),
    _path_columns("said_on", "was_text", "was_said_on", "what", "why", "comment", "state", "created_at", "decided_at"),
    _path_columns(was_speaker="was_speaker__name", author="author__username", decided_by="decided_by__username"),
)

_COMMENT_TABLE = _model_table(
    "comments",
    # What was taken back is not handed on.
    lambda: Comment.objects.annotate(
        said=Case(When(taken_back_at=None, then="text"), default=Value(""), output_field=TextField())
    ),
    _path_columns(
        comment_id="pk", quote_id="quote_id", claim_id="claim_id", verification_id="verification_id", text="said"
    ),
    _path_columns("created_at", "taken_back_at", author="author__username"),
)
_SAVED_VIEW_TABLE = _model_table(
    "saved views",
    SavedView.objects.all,
    _path_columns("name", "listing", "shared", "created_at", view_id="pk", owner="owner__username"),
)

_READER_KEY_TABLE = _model_table(
    "API keys",
    ReaderKey.objects.all,
    _path_columns(
        *("name", "contact", "hint", "per_minute", "last_day", "made_at", "revoked_at"),
        key_id="pk",
        made_by="made_by__username",
        revoked_by="revoked_by__username",
    ),
)

ADMIN_TABLES: dict[Any, ModelTable] = {
    Comment: _COMMENT_TABLE,
    SavedView: _SAVED_VIEW_TABLE,
    ReaderKey: _READER_KEY_TABLE,
    ClaimRelation: _RELATION_TABLE,
    ClaimAmendment: _AMENDMENT_TABLE,
    Quote: _QUOTE_TABLE,
    Claim: _CLAIM_TABLE,
    Speaker: _SPEAKER_TABLE,
    Source: _SOURCE_TABLE,
    Verification: _VERIFICATION_TABLE,
    Correction: _CORRECTION_TABLE,
    Topic: _TOPIC_TABLE,
    Rating: _RATING_TABLE,
    MergeSuggestion: _SUGGESTION_TABLE,
    SpeakerMerge: _MERGE_TABLE,
}
