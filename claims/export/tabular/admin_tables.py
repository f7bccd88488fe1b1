"""The tables that editors export: what each holds of its model, with ids, full texts and history."""

from django.db.models import Case, Model, TextField, Value, When

from claims.export.tabular.admin_columns import (
    changes_by_correction,
    evidence_by_verification,
    history_columns,
    lookup_columns,
    make_table,
    positions_by_speaker,
    related_counts,
    related_values,
)
from claims.export.tabular.model_table import ModelColumn, ModelTable
from claims.models import (
    Assignment,
    AuditEntry,
    Claim,
    ClaimAmendment,
    ClaimRelation,
    Comment,
    Correction,
    Delivery,
    ErrorReport,
    ExternalReview,
    Feed,
    Invitation,
    MergeSuggestion,
    Notice,
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

_QUOTE_TABLE = make_table(
    "quotes",
    Quote.objects.all,
    lookup_columns(
        quote_id="pk",
        decision="decision",
        rejection_reason="rejection_reason",
        quote="text",
        speaker_id="speaker_id",
        speaker="speaker__name",
    ),
    lookup_columns("mention", "role", "outlet"),
    ModelColumn("candidates", "candidates", convert=lambda names: tuple(map(str, names))),
    lookup_columns("kind", "act", "cue", "confidence", claim_id="claim_id", claim="claim__text"),
    lookup_columns(source_id="snapshot__source_id", publisher="snapshot__source__publisher"),
    lookup_columns(source_title="snapshot__source__title", source_url="snapshot__source__url"),
    lookup_columns(published_on="snapshot__source__published_on", snapshot_id="snapshot_id"),
    lookup_columns("start", "end", snapshot_sha256="snapshot__sha256"),
    ModelColumn("spans", "spans", convert=lambda spans: tuple(f"{start}-{end}" for start, end in spans)),
    lookup_columns("extractor", "extractor_version", "created_at", "updated_at", "decided_at"),
    lookup_columns(decided_by="decided_by__username"),
    history_columns(Quote),
    lookup_columns("mention_kind", "speaker_confidence"),
)
_CLAIM_TABLE = make_table(
    "claims",
    Claim.objects.with_status,
    lookup_columns(claim_id="pk", claim="text", speaker_id="speaker_id", speaker="speaker__name", said_on="said_on"),
    ModelColumn(
        "topics",
        collect=related_values(lambda: Claim.topics.through.objects.order_by("topic__name"), "claim", "topic__name"),
    ),
    lookup_columns("status", rating="current__rating__name", explanation="current__explanation"),
    lookup_columns(author="current__author__username", approver="current__approver__username"),
    lookup_columns("wording_confirmed_at", "released_at", "retracted_at"),
    ModelColumn("accepted_quotes", collect=related_counts(Quote.objects.accepted, "claim")),
    ModelColumn("pending_quotes", collect=related_counts(Quote.objects.pending, "claim")),
    lookup_columns("created_at", "updated_at"),
    history_columns(Claim),
)
_SPEAKER_TABLE = make_table(
    "speakers",
    Speaker.objects.all,
    lookup_columns("name", "kind", "description", "wikidata_id", speaker_id="pk"),
    ModelColumn("names", collect=related_values(lambda: SpeakerName.objects.order_by("pk"), "speaker", "name")),
    ModelColumn("positions", collect=positions_by_speaker),
    ModelColumn("accepted_quotes", collect=related_counts(Quote.objects.accepted, "speaker")),
    ModelColumn("pending_quotes", collect=related_counts(Quote.objects.pending, "speaker")),
    ModelColumn("claims", collect=related_counts(Claim.objects.confirmed, "speaker")),
    lookup_columns("created_at", "updated_at", merged_into="merged_into_id"),
    history_columns(Speaker),
)
_SOURCE_TABLE = make_table(
    "sources",
    Source.objects.all,
    lookup_columns("title", "publisher", "authors", "url", "kind", "published_on", source_id="pk"),
    lookup_columns("language", "translated_from", "translator"),
    ModelColumn("snapshots", collect=related_values(lambda: Snapshot.objects.order_by("pk"), "source", "sha256")),
    ModelColumn("pending_quotes", collect=related_counts(Quote.objects.pending, "snapshot__source")),
    ModelColumn("accepted_quotes", collect=related_counts(Quote.objects.accepted, "snapshot__source")),
    lookup_columns("created_at", "updated_at"),
    history_columns(Source),
)
_VERIFICATION_TABLE = make_table(
    "verifications",
    Verification.objects.all,
    lookup_columns(verification_id="pk", claim_id="claim_id", claim="claim__text", speaker="claim__speaker__name"),
    lookup_columns("state", "explanation", "comment", rating="rating__name"),
    ModelColumn("evidence", collect=evidence_by_verification),
    lookup_columns("created_at", "submitted_at", "published_at", "updated_at", "fingerprint"),
    lookup_columns(author="author__username", approver="approver__username"),
    history_columns(Verification),
)
_CORRECTION_TABLE = make_table(
    "corrections",
    Correction.objects.all,
    lookup_columns("kind", "text", "reason", "made_at", correction_id="pk", claim_id="claim_id", claim="claim__text"),
    lookup_columns("quote_id", "verification_id", "subject", "speaker"),
    ModelColumn("changes", collect=changes_by_correction),
    lookup_columns(made_by="made_by__username"),
)
_TOPIC_TABLE = make_table(
    "topics",
    Topic.objects.all,
    lookup_columns("name", "slug", "description", topic_id="pk"),
    ModelColumn("claims", collect=related_counts(Claim.topics.through.objects.all, "topic")),
    history_columns(Topic),
)
_RATING_TABLE = make_table(
    "ratings",
    Rating.objects.all,
    lookup_columns("name", "slug", "value", "worst", "best", "explanation", rating_id="pk"),
    ModelColumn("verifications", collect=related_counts(Verification.objects.all, "rating")),
    history_columns(Rating),
)
_SPEAKER_PAIR = {"first_id": "first_id", "first": "first__name", "second_id": "second_id", "second": "second__name"}
_SUGGESTION_TABLE = make_table(
    "merge suggestions",
    MergeSuggestion.objects.all,
    lookup_columns("score", "reason", "state", "created_at", suggestion_id="pk", **_SPEAKER_PAIR),
    lookup_columns(decided_by="decided_by__username"),
)
_MERGE_TABLE = make_table(
    "merges",
    SpeakerMerge.objects.all,
    lookup_columns(
        "merged_at", "undone_at", merge_id="pk", kept_id="kept_id", kept="kept__name", merged_id="merged_id"
    ),
    lookup_columns(merged="merged__name", merged_by="merged_by__username", undone_by="undone_by__username"),
)

_RELATION_TABLE = make_table(
    "related claims",
    ClaimRelation.objects.all,
    lookup_columns(
        relation_id="pk", first_id="first_id", first="first__text", second_id="second_id", second="second__text"
    ),
    lookup_columns("kind", "state", "score", "reason", "doubt", "created_at", decided_by="decided_by__username"),
)
_AMENDMENT_TABLE = make_table(
    "draft corrections",
    ClaimAmendment.objects.all,
    lookup_columns(amendment_id="pk", claim_id="claim_id", claim="claim__text", text="text", speaker="speaker__name"),
    lookup_columns("said_on", "was_text", "was_said_on", "what", "why", "comment", "state", "created_at", "decided_at"),
    lookup_columns(was_speaker="was_speaker__name", author="author__username", decided_by="decided_by__username"),
)

_COMMENT_TABLE = make_table(
    "comments",
    # Without the text of deleted comments.
    lambda: Comment.objects.annotate(
        visible_text=Case(When(taken_back_at=None, then="text"), default=Value(""), output_field=TextField())
    ),
    lookup_columns(
        comment_id="pk",
        quote_id="quote_id",
        claim_id="claim_id",
        verification_id="verification_id",
        text="visible_text",
    ),
    lookup_columns("created_at", "taken_back_at", author="author__username"),
)
_SAVED_VIEW_TABLE = make_table(
    "saved views",
    SavedView.objects.all,
    lookup_columns("name", "listing", "shared", "created_at", view_id="pk", owner="owner__username"),
)

_READER_KEY_TABLE = make_table(
    "API keys",
    ReaderKey.objects.all,
    lookup_columns(
        *("name", "scope", "contact", "hint", "per_minute", "last_day", "made_at", "revoked_at"),
        key_id="pk",
        made_by="made_by__username",
        revoked_by="revoked_by__username",
    ),
)

_INVITATION_TABLE = make_table(
    "invitations",
    Invitation.objects.all,
    lookup_columns(
        *("email", "delivery", "invited_at", "expires_at", "withdrawn_at", "accepted_at", "second_factor_at"),
        invitation_id="pk",
        invited_by="invited_by__username",
        account="account__username",
    ),
)

_ASSIGNMENT_TABLE = make_table(
    "assignments",
    Assignment.objects.all,
    lookup_columns(assignment_id="pk", source_id="source_id", claim_id="claim_id", verification_id="verification_id"),
    lookup_columns("due_on", "note", "created_at", "updated_at", "done_at", assignee="assignee__username"),
    lookup_columns(assigned_by="assigned_by__username"),
    history_columns(Assignment),
)

_NOTICE_TABLE = make_table(
    "notifications",
    Notice.objects.all,
    lookup_columns(
        *("kind", "channel", "summary", "created_at", "due_at", "attempts", "error", "sent_at"),
        notice_id="pk",
        recipient="recipient__username",
    ),
)

_SITE_PAGE_TABLE = make_table(
    "site pages",
    SitePage.objects.all,
    lookup_columns("slug", "title", "text", page_id="pk"),
    history_columns(SitePage),
)
_ERROR_REPORT_TABLE = make_table(
    "error reports",
    ErrorReport.objects.all,
    lookup_columns("kind", "object_id", "subject", "text", "contact", "created_at", "state", report_id="pk"),
    lookup_columns("answer", "is_public", "decided_at", decided_by="decided_by__username"),
)

_DELIVERY_TABLE = make_table(
    "deliveries",
    Delivery.objects.all,
    lookup_columns(
        *("origin", "url", "fetched_url", "state", "attempts", "problem", "reason", "quote_count", "source_id"),
        *("created_at", "next_at", "finished_at"),
        delivery_id="pk",
        requested_by="requested_by__username",
        api_key="reader_key__name",
    ),
)

_FEED_TABLE = make_table(
    "feeds",
    Feed.objects.all,
    lookup_columns(
        *("url", "title", "kind", "state", "publisher", "language", "interval_minutes", "next_poll_at"),
        *("last_polled_at", "last_new", "failures", "reason"),
        feed_id="pk",
        topic="topic__slug",
        added_by="added_by__username",
    ),
)

_EXTERNAL_REVIEW_TABLE = make_table(
    "external-reviews",
    ExternalReview.objects.all,
    lookup_columns(
        *("claim_text", "speaker_name", "said_on", "rating", "publisher", "author", "review_url", "published_on"),
        *("withdrawn_at", "claim_id", "created_at", "updated_at"),
        review_id="pk",
        linked_by="linked_by__username",
    ),
)

_RATING_MAPPING_TABLE = make_table(
    "rating-mappings",
    RatingMapping.objects.all,
    lookup_columns("publisher", "words", mapping_id="pk", rating="rating__slug", mapped_by="mapped_by__username"),
)

_WEIGHT_SET_TABLE = make_table(
    "check-worthiness weights",
    WeightSet.objects.all,
    lookup_columns(
        *("origin", "base", "weights", "measured", "created_at", "adopted_at"),
        weight_set_id="pk",
        created_by="created_by__username",
        adopted_by="adopted_by__username",
    ),
)

_AUDIT_TABLE = make_table(
    "audit log",
    AuditEntry.objects.all,
    lookup_columns("id", "number", "at", "action", "kind", "object_id", "history_id"),
    lookup_columns("details", "previous_hash", "hash"),
    lookup_columns(actor="actor_name"),
)

ADMIN_TABLES: dict[type[Model], ModelTable] = {
    AuditEntry: _AUDIT_TABLE,
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
    Invitation: _INVITATION_TABLE,
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
