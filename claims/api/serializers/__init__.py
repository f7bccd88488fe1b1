"""What each resource says, field by field."""

from claims.api.serializers.claims import ClaimSerializer, CorrectionSerializer, TopicSerializer
from claims.api.serializers.quotes import QuoteSerializer
from claims.api.serializers.speakers import SourceSerializer, SpeakerSerializer
from claims.api.serializers.verifications import RatingSerializer, VerificationSerializer

__all__ = [
    "ClaimSerializer",
    "CorrectionSerializer",
    "QuoteSerializer",
    "RatingSerializer",
    "SourceSerializer",
    "SpeakerSerializer",
    "TopicSerializer",
    "VerificationSerializer",
]
