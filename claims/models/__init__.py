"""STORE: what is kept, one model to a file, with the invariants that the database itself holds."""

from claims.models.amendment import AmendmentState, ClaimAmendment
from claims.models.anchor import Anchor, AnchorState
from claims.models.change import Cause, Change, Kind, Touched
from claims.models.claim import Claim
from claims.models.comment import Comment, Mention
from claims.models.correction import Correction, CorrectionKind
from claims.models.evidence import Evidence, Stance
from claims.models.hold import Hold
from claims.models.merge import MergeSuggestion, SpeakerMerge, SuggestionState
from claims.models.operation import Operation
from claims.models.position import Position
from claims.models.quote import Decision, Quote, QuoteAct, QuoteKind
from claims.models.rating import Rating
from claims.models.reader_key import ReaderKey
from claims.models.relation import ClaimRelation, RelationKind, RelationState
from claims.models.saved_view import SavedView
from claims.models.snapshot import Snapshot
from claims.models.source import Source, SourceKind
from claims.models.speaker import Speaker, SpeakerKind
from claims.models.speaker_name import SpeakerName
from claims.models.topic import Topic
from claims.models.verification import Verification, VerificationState
from claims.models.words import ClaimWords, QuoteWords, SourceWords, SpeakerWords, TopicWords, VerificationWords

__all__ = [
    "AmendmentState",
    "Anchor",
    "AnchorState",
    "Cause",
    "Change",
    "Claim",
    "ClaimAmendment",
    "ClaimRelation",
    "ClaimWords",
    "Comment",
    "Correction",
    "CorrectionKind",
    "Decision",
    "Evidence",
    "Hold",
    "Kind",
    "Mention",
    "MergeSuggestion",
    "Operation",
    "Position",
    "Quote",
    "QuoteAct",
    "QuoteKind",
    "QuoteWords",
    "Rating",
    "ReaderKey",
    "RelationKind",
    "RelationState",
    "SavedView",
    "Snapshot",
    "Source",
    "SourceKind",
    "SourceWords",
    "Speaker",
    "SpeakerKind",
    "SpeakerMerge",
    "SpeakerName",
    "SpeakerWords",
    "Stance",
    "SuggestionState",
    "Topic",
    "TopicWords",
    "Touched",
    "Verification",
    "VerificationState",
    "VerificationWords",
]
