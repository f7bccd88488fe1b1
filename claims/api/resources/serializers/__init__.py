"""The fields of each resource."""

from claims.api.resources.serializers.claims import ClaimSerializer, CorrectionSerializer, TopicSerializer
from claims.api.resources.serializers.quotes import QuoteSerializer
from claims.api.resources.serializers.speakers import SourceSerializer, SpeakerSerializer
from claims.api.resources.serializers.verifications import RatingSerializer, VerificationSerializer

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
