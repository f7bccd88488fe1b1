"""The endpoints: what each list holds, how its rows look, what may be asked of it."""

from claims.api import rows, serializers
from claims.api.exports import CSVList
from claims.api.resource import Resource
from claims.search import filters


class QuoteViewSet(Resource):
    """Attributed quotes that an editor has accepted, the last accepted first."""

    rows = staticmethod(rows.quotes)
    serializer_class = serializers.QuoteSerializer
    filterset_class = filters.QuoteFilters
    ordering = ("-decided_at", "-id")


class ClaimViewSet(CSVList, Resource):
    """Claims with who made them, where they appeared and their current verdict, the last released first.

    As CSV (`format=csv`), the whole list is streamed, one row a claim; see `claims.csv-metadata.json` for its columns.
    """

    rows = staticmethod(rows.claims)
    serializer_class = serializers.ClaimSerializer
    filterset_class = filters.ClaimFilters
    ordering = ("-released_at", "-id")


class SpeakerViewSet(Resource):
    """Who is quoted, by name."""

    rows = staticmethod(rows.speakers)
    serializer_class = serializers.SpeakerSerializer
    filterset_class = filters.SpeakerFilters
    ordering = ("name", "id")


class SourceViewSet(Resource):
    """Publications that released quotes stand in or released verdicts cite, the newest first; never their text."""

    rows = staticmethod(rows.sources)
    serializer_class = serializers.SourceSerializer
    filterset_class = filters.SourceFilters
    ordering = ("-created_at", "-id")


class VerificationViewSet(Resource):
    """Current verdicts on claims, with explanation and evidence, the last published first."""

    rows = staticmethod(rows.verifications)
    serializer_class = serializers.VerificationSerializer
    filterset_class = filters.VerificationFilters
    ordering = ("-published_at", "-id")


class TopicViewSet(Resource):
    """What released claims are about, by name."""

    rows = staticmethod(rows.topics)
    serializer_class = serializers.TopicSerializer
    filterset_class = filters.TopicFilters
    ordering = ("name", "id")


class CorrectionViewSet(Resource):
    """What was changed in something already published, and why, the last first."""

    rows = staticmethod(rows.corrections)
    serializer_class = serializers.CorrectionSerializer
    filterset_class = filters.CorrectionFilters
    ordering = ("-made_at", "-id")


class RatingViewSet(Resource):
    """The scale that claims are rated on."""

    rows = staticmethod(rows.ratings)
    serializer_class = serializers.RatingSerializer
    filterset_class = filters.RatingFilters
    ordering = ("id", "id")


RESOURCES = {
    "quotes": QuoteViewSet,
    "claims": ClaimViewSet,
    "speakers": SpeakerViewSet,
    "sources": SourceViewSet,
    "verifications": VerificationViewSet,
    "topics": TopicViewSet,
    "corrections": CorrectionViewSet,
    "ratings": RatingViewSet,
}
