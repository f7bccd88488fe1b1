"""The tables that editors export: what each holds of its model, with ids, full texts and history."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any

from django.db.models import Case, Count, Max, Model, QuerySet, TextField, Value, When

from claims.export.tabular.model_table import ModelColumn, ModelTable
from claims.models import (
    Assignment,
    Claim,
    ClaimAmendment,
    ClaimRelation,
    Comment,
    CorrectedField,
    Correction,
    Delivery,
    ErrorReport,
    Evidence,
    ExternalReview,
    Feed,
    MergeSuggestion,
    Notice,
    Position,
    Quote,
    Rating,
    RatingMapping,
    ReaderKey,
    SavedView,
    SitePage,
    Snapshot,
    Source,
    Speaker,
    SpeakerMerge,
    SpeakerName,
    Topic,
    Verification,
    WeightSet,
)

CollectValues = Callable[[Sequence[int]], Mapping[int, object]]  # returns a value for each id


def _related_values(rows: Callable[[], QuerySet[Model]], foreign_key: str, value: str) -> CollectValues:
    """Collects the values of all related rows, in their order."""

    def collect(ids: Sequence[int]) -> Mapping[int, object]:
        values: defaultdict[int, list[object]] = defaultdict(list)
        for pk, related_value in rows().filter(**{f"{foreign_key}__in": ids}).values_list(foreign_key, value):
            values[pk].append(related_value)
        return _as_tuples(values)

    return collect


def _related_counts(rows: Callable[[], QuerySet[Model]], foreign_key: str) -> CollectValues:
    """Collects the number of related rows."""

    def collect(ids: Sequence[int]) -> Mapping[int, object]:
        related = rows().filter(**{f"{foreign_key}__in": ids})
        counts = related.order_by().values_list(foreign_key).annotate(n=Count("pk"))
        return dict.fromkeys(ids, 0) | dict(counts)

    return collect


def _latest_records(model: Any, ids: Sequence[int]) -> Any:
    """The latest history record of each row."""
    latest = model.history.filter(id__in=ids).order_by().values("id").annotate(n=Max("history_id")).values("n")
    return model.history.filter(history_id__in=latest).order_by()


def _latest_editors(model: Any) -> CollectValues:
    def collect(ids: Sequence[int]) -> Mapping[int, object]:
        return dict(_latest_records(model, ids).values_list("id", "history_user__username"))

    return collect


def _latest_reasons(model: Any) -> CollectValues:
    def collect(ids: Sequence[int]) -> Mapping[int, object]:
        records = _latest_records(model, ids).only("id", "history_change_reason", "history_cause")
        return {record.id: record.history_reason for record in records}

    return collect


def _positions_by_speaker(ids: Sequence[int]) -> Mapping[int, object]:
    positions: defaultdict[int, list[str]] = defaultdict(list)
    for position in Position.objects.filter(speaker__in=ids).order_by("pk"):
        has_dates = position.held_from or position.held_to
        dates = f" ({position.held_from or ''}–{position.held_to or ''})" if has_dates else ""
        positions[position.speaker_id].append(f"{position}{dates}")
    return _as_tuples(positions)


def _evidence_by_verification(ids: Sequence[int]) -> Mapping[int, object]:
    evidence: defaultdict[int, list[str]] = defaultdict(list)
    for row in Evidence.objects.filter(verification__in=ids).select_related("source").order_by("pk"):
        evidence[row.verification_id].append(str(row))
    return _as_tuples(evidence)


def _changes_by_correction(ids: Sequence[int]) -> Mapping[int, object]:
    changes: defaultdict[int, list[str]] = defaultdict(list)
    for change in CorrectedField.objects.filter(correction__in=ids).order_by("pk"):
        changes[change.correction_id].append(str(change))
    return _as_tuples(changes)


def _as_tuples(values: Mapping[int, Sequence[object]]) -> dict[int, object]:
    return {pk: tuple(row_values) for pk, row_values in values.items()}


def _history_columns(model: Any) -> tuple[ModelColumn, ...]:
    return (
        ModelColumn("changed_by", collect=_latest_editors(model)),
        ModelColumn("change_reason", collect=_latest_reasons(model)),
    )


def _lookup_columns(*names: str, **lookups: str) -> tuple[ModelColumn, ...]:
    """Returns a column for each lookup; first those with a name of their own, then those named like their lookup."""
    renamed = (ModelColumn(name, lookup) for name, lookup in lookups.items())
    return (*renamed, *(ModelColumn(name, name) for name in names))


def _model_table(
    name: str, rows: Callable[[], QuerySet[Model]], *columns: ModelColumn | tuple[ModelColumn, ...]
) -> ModelTable:
    groups = (column if isinstance(column, tuple) else (column,) for column in columns)
    return ModelTable(name, rows, tuple(chain.from_iterable(groups)))


_QUOTE_TABLE = _model_table(
    "quotes",
    Quote.objects.all,
    _lookup_columns(
        quote_id="pk",
        decision="decision",
        rejection_reason="rejection_reason",
        quote="text",
        speaker_id="speaker_id",
        speaker="speaker__name",
    ),
    _lookup_columns("mention", "role", "outlet"),
    ModelColumn("candidates", "candidates", convert=lambda names: tuple(map(str, names))),
    _lookup_columns("kind", "act", "cue", "confidence", claim_id="claim_id", claim="claim__text"),
    _lookup_columns(source_id="snapshot__source_id", publisher="snapshot__source__publisher"),
    _lookup_columns(source_title="snapshot__source__title", source_url="snapshot__source__url"),
    _lookup_columns(published_on="snapshot__source__published_on", snapshot_id="snapshot_id"),
    _lookup_columns("start", "end", snapshot_sha256="snapshot__sha256"),
    ModelColumn("spans", "spans", convert=lambda spans: tuple(f"{start}-{end}" for start, end in spans)),
    _lookup_columns("extractor", "extractor_version", "created_at", "updated_at", "decided_at"),
    _lookup_columns(decided_by="decided_by__username"),
    _history_columns(Quote),
    _lookup_columns("mention_kind", "speaker_confidence"),
)
_CLAIM_TABLE = _model_table(
    "claims",
    Claim.objects.with_status,
    _lookup_columns(claim_id="pk", claim="text", speaker_id="speaker_id", speaker="speaker__name", said_on="said_on"),
    ModelColumn(
        "topics",
        collect=_related_values(lambda: Claim.topics.through.objects.order_by("topic__name"), "claim", "topic__name"),
    ),
    _lookup_columns("status", rating="current__rating__name", explanation="current__explanation"),
    _lookup_columns(author="current__author__username", approver="current__approver__username"),
    _lookup_columns("wording_confirmed_at", "released_at", "retracted_at"),
    ModelColumn("accepted_quotes", collect=_related_counts(Quote.objects.accepted, "claim")),
    ModelColumn("pending_quotes", collect=_related_counts(Quote.objects.pending, "claim")),
    _lookup_columns("created_at", "updated_at"),
    _history_columns(Claim),
)
_SPEAKER_TABLE = _model_table(
    "speakers",
    Speaker.objects.all,
    _lookup_columns("name", "kind", "description", "wikidata_id", speaker_id="pk"),
    ModelColumn("names", collect=_related_values(lambda: SpeakerName.objects.order_by("pk"), "speaker", "name")),
    ModelColumn("positions", collect=_positions_by_speaker),
    ModelColumn("accepted_quotes", collect=_related_counts(Quote.objects.accepted, "speaker")),
    ModelColumn("pending_quotes", collect=_related_counts(Quote.objects.pending, "speaker")),
    ModelColumn("claims", collect=_related_counts(Claim.objects.confirmed, "speaker")),
    _lookup_columns("created_at", "updated_at", merged_into="merged_into_id"),
    _history_columns(Speaker),
)
_SOURCE_TABLE = _model_table(
    "sources",
    Source.objects.all,
    _lookup_columns("title", "publisher", "authors", "url", "kind", "published_on", source_id="pk"),
    _lookup_columns("language", "translated_from", "translator"),
    ModelColumn("snapshots", collect=_related_values(lambda: Snapshot.objects.order_by("pk"), "source", "sha256")),
    ModelColumn("pending_quotes", collect=_related_counts(Quote.objects.pending, "snapshot__source")),
    ModelColumn("accepted_quotes", collect=_related_counts(Quote.objects.accepted, "snapshot__source")),
    _lookup_columns("created_at", "updated_at"),
    _history_columns(Source),
)
_VERIFICATION_TABLE = _model_table(
    "verifications",
    Verification.objects.all,
    _lookup_columns(verification_id="pk", claim_id="claim_id", claim="claim__text", speaker="claim__speaker__name"),
    _lookup_columns("state", "explanation", "comment", rating="rating__name"),
    ModelColumn("evidence", collect=_evidence_by_verification),
    _lookup_columns("created_at", "submitted_at", "published_at", "updated_at", "fingerprint"),
    _lookup_columns(author="author__username", approver="approver__username"),
    _history_columns(Verification),
)
_CORRECTION_TABLE = _model_table(
    "corrections",
    Correction.objects.all,
    _lookup_columns("kind", "text", "reason", "made_at", correction_id="pk", claim_id="claim_id", claim="claim__text"),
    _lookup_columns("quote_id", "verification_id", "subject", "speaker"),
    ModelColumn("changes", collect=_changes_by_correction),
    _lookup_columns(made_by="made_by__username"),
)
_TOPIC_TABLE = _model_table(
    "topics",
    Topic.objects.all,
    _lookup_columns("name", "slug", "description", topic_id="pk"),
    ModelColumn("claims", collect=_related_counts(Claim.topics.through.objects.all, "topic")),
    _history_columns(Topic),
)
_RATING_TABLE = _model_table(
    "ratings",
    Rating.objects.all,
    _lookup_columns("name", "slug", "value", "worst", "best", "explanation", rating_id="pk"),
    ModelColumn("verifications", collect=_related_counts(Verification.objects.all, "rating")),
    _history_columns(Rating),
)
_SPEAKER_PAIR = {"first_id": "first_id", "first": "first__name", "second_id": "second_id", "second": "second__name"}
_SUGGESTION_TABLE = _model_table(
    "merge suggestions",
    MergeSuggestion.objects.all,
    _lookup_columns("score", "reason", "state", "created_at", suggestion_id="pk", **_SPEAKER_PAIR),
    _lookup_columns(decided_by="decided_by__username"),
)
_MERGE_TABLE = _model_table(
    "merges",
    SpeakerMerge.objects.all,
    _lookup_columns(
        "merged_at", "undone_at", merge_id="pk", kept_id="kept_id", kept="kept__name", merged_id="merged_id"
    ),
    _lookup_columns(merged="merged__name", merged_by="merged_by__username", undone_by="undone_by__username"),
)

_RELATION_TABLE = _model_table(
    "related claims",
    ClaimRelation.objects.all,
    _lookup_columns(
        relation_id="pk", first_id="first_id", first="first__text", second_id="second_id", second="second__text"
    ),
    _lookup_columns("kind", "state", "score", "reason", "doubt", "created_at", decided_by="decided_by__username"),
)
_AMENDMENT_TABLE = _model_table(
    "draft corrections",
    ClaimAmendment.objects.all,
    _lookup_columns(amendment_id="pk", claim_id="claim_id", claim="claim__text", text="text", speaker="speaker__name"),
    _lookup_columns(
        "said_on", "was_text", "was_said_on", "what", "why", "comment", "state", "created_at", "decided_at"
    ),
    _lookup_columns(was_speaker="was_speaker__name", author="author__username", decided_by="decided_by__username"),
)

_COMMENT_TABLE = _model_table(
    "comments",
    # Without the text of deleted comments.
    lambda: Comment.objects.annotate(
        visible_text=Case(When(taken_back_at=None, then="text"), default=Value(""), output_field=TextField())
    ),
    _lookup_columns(
        comment_id="pk",
        quote_id="quote_id",
        claim_id="claim_id",
        verification_id="verification_id",
        text="visible_text",
    ),
    _lookup_columns("created_at", "taken_back_at", author="author__username"),
)
_SAVED_VIEW_TABLE = _model_table(
    "saved views",
    SavedView.objects.all,
    _lookup_columns("name", "listing", "shared", "created_at", view_id="pk", owner="owner__username"),
)

_READER_KEY_TABLE = _model_table(
    "API keys",
    ReaderKey.objects.all,
    _lookup_columns(
        *("name", "scope", "contact", "hint", "per_minute", "last_day", "made_at", "revoked_at"),
        key_id="pk",
        made_by="made_by__username",
        revoked_by="revoked_by__username",
    ),
)

_ASSIGNMENT_TABLE = _model_table(
    "assignments",
    Assignment.objects.all,
    _lookup_columns(assignment_id="pk", source_id="source_id", claim_id="claim_id", verification_id="verification_id"),
    _lookup_columns("due_on", "note", "created_at", "updated_at", "done_at", assignee="assignee__username"),
    _lookup_columns(assigned_by="assigned_by__username"),
    _history_columns(Assignment),
)

_NOTICE_TABLE = _model_table(
    "notifications",
    Notice.objects.all,
    _lookup_columns(
        *("kind", "channel", "summary", "created_at", "due_at", "attempts", "error", "sent_at"),
        notice_id="pk",
        recipient="recipient__username",
    ),
)

_SITE_PAGE_TABLE = _model_table(
    "site pages",
    SitePage.objects.all,
    _lookup_columns("slug", "title", "text", page_id="pk"),
    _history_columns(SitePage),
)
_ERROR_REPORT_TABLE = _model_table(
    "error reports",
    ErrorReport.objects.all,
    _lookup_columns("kind", "object_id", "subject", "text", "contact", "created_at", "state", report_id="pk"),
    _lookup_columns("answer", "is_public", "decided_at", decided_by="decided_by__username"),
)

_DELIVERY_TABLE = _model_table(
    "deliveries",
    Delivery.objects.all,
    _lookup_columns(
        *("origin", "url", "fetched_url", "state", "attempts", "problem", "reason", "quote_count", "source_id"),
        *("created_at", "next_at", "finished_at"),
        delivery_id="pk",
        requested_by="requested_by__username",
        api_key="reader_key__name",
    ),
)

_FEED_TABLE = _model_table(
    "feeds",
    Feed.objects.all,
    _lookup_columns(
        *("url", "title", "kind", "state", "publisher", "language", "interval_minutes", "next_poll_at"),
        *("last_polled_at", "last_new", "failures", "reason"),
        feed_id="pk",
        topic="topic__slug",
        added_by="added_by__username",
    ),
)

_EXTERNAL_REVIEW_TABLE = _model_table(
    "external-reviews",
    ExternalReview.objects.all,
    _lookup_columns(
        *("claim_text", "speaker_name", "said_on", "rating", "publisher", "author", "review_url", "published_on"),
        *("withdrawn_at", "claim_id", "created_at", "updated_at"),
        review_id="pk",
        linked_by="linked_by__username",
    ),
)

_RATING_MAPPING_TABLE = _model_table(
    "rating-mappings",
    RatingMapping.objects.all,
    _lookup_columns("publisher", "words", mapping_id="pk", rating="rating__slug", mapped_by="mapped_by__username"),
)

_WEIGHT_SET_TABLE = _model_table(
    "check-worthiness weights",
    WeightSet.objects.all,
    _lookup_columns(
        *("origin", "base", "weights", "measured", "created_at", "adopted_at"),
        weight_set_id="pk",
        created_by="created_by__username",
        adopted_by="adopted_by__username",
    ),
)

ADMIN_TABLES: dict[type[Model], ModelTable] = {
    Assignment: _ASSIGNMENT_TABLE,
    Comment: _COMMENT_TABLE,
    Delivery: _DELIVERY_TABLE,
    Feed: _FEED_TABLE,
    ExternalReview: _EXTERNAL_REVIEW_TABLE,
    RatingMapping: _RATING_MAPPING_TABLE,
    ErrorReport: _ERROR_REPORT_TABLE,
    Notice: _NOTICE_TABLE,
    SitePage: _SITE_PAGE_TABLE,
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
    WeightSet: _WEIGHT_SET_TABLE,
}
