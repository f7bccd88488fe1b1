"""The models, one to a file, with the invariants that the database enforces."""

from claims.models.account_tie import AccountTie, Confirmation, TieReason
from claims.models.anchor import Anchor, AnchorState
from claims.models.assignment import Assignment
from claims.models.audit_entry import AuditEntry
from claims.models.cache_entry import CacheEntry
from claims.models.change import Change, RemovalCause, ResourceKind
from claims.models.claim import CLAIM_TRANSITIONS, Claim, ClaimState
from claims.models.claim_amendment import AMENDMENT_TRANSITIONS, AmendmentState, ClaimAmendment
from claims.models.claim_relation import RELATION_TRANSITIONS, ClaimRelation, RelationKind, RelationState
from claims.models.claim_type import ClaimType
from claims.models.claim_vector import ClaimVector
from claims.models.comment import Comment
from claims.models.corrected_field import CorrectedField, CorrectedFieldName
from claims.models.correction import Correction, CorrectionKind
from claims.models.delivery import (
    DELIVERY_TRANSITIONS,
    Delivery,
    DeliveryOrigin,
    DeliveryProblem,
    DeliveryState,
)
from claims.models.delivery_total import DeliveryTotal
from claims.models.error_report import ERROR_REPORT_TRANSITIONS, ErrorReport, ErrorReportState
from claims.models.evidence import Evidence, EvidenceStance
from claims.models.evidence_copy import EvidenceCopy
from claims.models.external_review import ExternalReview
from claims.models.external_review_vector import ExternalReviewVector
from claims.models.feed import FEED_TRANSITIONS, Feed, FeedKind, FeedState
from claims.models.history_cause import HistoryCause
from claims.models.hold import Hold
from claims.models.host_turn import HostTurn
from claims.models.imported_review import ImportedReview
from claims.models.invitation import Invitation, InvitationDelivery
from claims.models.mention import Mention
from claims.models.merge_suggestion import MERGE_SUGGESTION_TRANSITIONS, MergeSuggestion, MergeSuggestionState
from claims.models.notice import Notice, NoticeChannel, NoticeKind
from claims.models.notice_preference import NoticeDelivery, NoticePreference
from claims.models.operation import Operation, OperationVerb
from claims.models.position import Position
from claims.models.public_counts import SpeakerCounts, TopicCounts
from claims.models.quote import (
    DECISION_TRANSITIONS,
    SET_BY_EDITOR,
    MentionKind,
    Quote,
    QuoteAct,
    QuoteDecision,
    RejectionReason,
)
from claims.models.quote_text import QuoteKind
from claims.models.rating import Rating
from claims.models.rating_mapping import RatingMapping
from claims.models.raw_content import RawContent
from claims.models.reader_key import ReaderKey, ReaderKeyScope
from claims.models.repeat import Repeat
from claims.models.request_debt import RequestDebt
from claims.models.saved_view import SavedView
from claims.models.search_document import (
    ClaimWords,
    QuoteWords,
    SourceWords,
    SpeakerWords,
    TopicWords,
    VerificationWords,
)
from claims.models.site_page import SitePage, SitePageSlug
from claims.models.skip import Skip
from claims.models.snapshot import Snapshot
from claims.models.source import LanguageOrigin, Source, SourceKind
from claims.models.source_merge import SourceMerge
from claims.models.source_relation import SourceRelation, SourceRelationKind, TextBand, TextFingerprint
from claims.models.speaker import Speaker, SpeakerKind
from claims.models.speaker_merge import SpeakerMerge
from claims.models.speaker_name import SpeakerName
from claims.models.topic import Topic
from claims.models.touched import Touched
from claims.models.verification import Verification
from claims.models.verification_state import VERIFICATION_TRANSITIONS, VerificationState
from claims.models.watch import Watch
from claims.models.weight_set import WeightOrigin, WeightSet
from claims.models.worker import Worker

__all__ = [
    "AMENDMENT_TRANSITIONS",
    "CLAIM_TRANSITIONS",
    "DECISION_TRANSITIONS",
    "DELIVERY_TRANSITIONS",
    "ERROR_REPORT_TRANSITIONS",
    "FEED_TRANSITIONS",
    "MERGE_SUGGESTION_TRANSITIONS",
    "RELATION_TRANSITIONS",
    "SET_BY_EDITOR",
    "VERIFICATION_TRANSITIONS",
    "AccountTie",
    "AmendmentState",
    "Anchor",
    "AnchorState",
    "Assignment",
    "AuditEntry",
    "CacheEntry",
    "Change",
    "Claim",
    "ClaimAmendment",
    "ClaimRelation",
    "ClaimState",
    "ClaimType",
    "ClaimVector",
    "ClaimWords",
    "Comment",
    "Confirmation",
    "CorrectedField",
    "CorrectedFieldName",
    "Correction",
    "CorrectionKind",
    "Delivery",
    "DeliveryOrigin",
    "DeliveryProblem",
    "DeliveryState",
    "DeliveryTotal",
    "ErrorReport",
    "ErrorReportState",
    "Evidence",
    "EvidenceCopy",
    "EvidenceStance",
    "ExternalReview",
    "ExternalReviewVector",
    "Feed",
    "FeedKind",
    "FeedState",
    "HistoryCause",
    "Hold",
    "HostTurn",
    "ImportedReview",
    "Invitation",
    "InvitationDelivery",
    "LanguageOrigin",
    "Mention",
    "MentionKind",
    "MergeSuggestion",
    "MergeSuggestionState",
    "Notice",
    "NoticeChannel",
    "NoticeDelivery",
    "NoticeKind",
    "NoticePreference",
    "Operation",
    "OperationVerb",
    "Position",
    "Quote",
    "QuoteAct",
    "QuoteDecision",
    "QuoteKind",
    "QuoteWords",
    "Rating",
    "RatingMapping",
    "RawContent",
    "ReaderKey",
    "ReaderKeyScope",
    "RejectionReason",
    "RelationKind",
    "RelationState",
    "RemovalCause",
    "Repeat",
    "RequestDebt",
    "ResourceKind",
    "SavedView",
    "SitePage",
    "SitePageSlug",
    "Skip",
    "Snapshot",
    "Source",
    "SourceKind",
    "SourceMerge",
    "SourceRelation",
    "SourceRelationKind",
    "SourceWords",
    "Speaker",
    "SpeakerCounts",
    "SpeakerKind",
    "SpeakerMerge",
    "SpeakerName",
    "SpeakerWords",
    "TextBand",
    "TextFingerprint",
    "TieReason",
    "Topic",
    "TopicCounts",
    "TopicWords",
    "Touched",
    "Verification",
    "VerificationState",
    "VerificationWords",
    "Watch",
    "WeightOrigin",
    "WeightSet",
    "Worker",
]
