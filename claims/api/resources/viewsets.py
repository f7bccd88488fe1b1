"""The endpoints: what each list holds, how its rows look, what may be asked of it."""

from claims.api.resources import querysets, serializers
from claims.api.resources.exportable import ExportableViewSet
from claims.search import filters
from claims.search.keyset import KeysetOrdering

NAME_ORDERINGS: dict[str, KeysetOrdering | None] = {"name": ("name", "id")}


def orderings_by(column: str, *, words: bool = False) -> dict[str, KeysetOrdering | None]:
    """The orders of a list by this column; and, where it can be searched for words, by how well they fit."""
    orders: dict[str, KeysetOrdering | None] = {"newest": (f"-{column}", "-id"), "oldest": (column, "id")}
    return orders | ({"relevance": None} if words else {})


class QuoteViewSet(ExportableViewSet):
    """Attributed quotes that an editor has accepted, the last accepted first."""

    rows = staticmethod(querysets.released_quotes)
    walked = True
    serializer_class = serializers.QuoteSerializer
    filterset_class = filters.QuoteFilterSet
    orderings = orderings_by("decided_at", words=True)


class ClaimViewSet(ExportableViewSet):
    """Claims with who made them, where they appeared and their current verdict, the last released first.

    As CSV (`format=csv`), the whole list is streamed, one row a claim; see `claims.csv-metadata.json` for its columns.
    """

    rows = staticmethod(querysets.released_claims)
    walked = True
    serializer_class = serializers.ClaimSerializer
    filterset_class = filters.ClaimFilterSet
    orderings = orderings_by("released_at", words=True)


class SpeakerViewSet(ExportableViewSet):
    """Who is quoted, by name."""

    rows = staticmethod(querysets.released_speakers)
    serializer_class = serializers.SpeakerSerializer
    filterset_class = filters.SpeakerFilterSet
    orderings = NAME_ORDERINGS | orderings_by("id", words=True)


class SourceViewSet(ExportableViewSet):
    """Publications that released quotes stand in or released verdicts cite, the newest first; never their text."""

    rows = staticmethod(querysets.released_sources)
    serializer_class = serializers.SourceSerializer
    filterset_class = filters.SourceFilterSet
    orderings = orderings_by("created_at", words=True)


class VerificationViewSet(ExportableViewSet):
    """Current verdicts on claims, with explanation and evidence, the last published first."""

    rows = staticmethod(querysets.released_verifications)
    serializer_class = serializers.VerificationSerializer
    filterset_class = filters.VerificationFilterSet
    orderings = orderings_by("published_at", words=True)


class TopicViewSet(ExportableViewSet):
    """What released claims are about, by name."""

    rows = staticmethod(querysets.released_topics)
    serializer_class = serializers.TopicSerializer
    filterset_class = filters.TopicFilterSet
    orderings = NAME_ORDERINGS | orderings_by("id", words=True)


class CorrectionViewSet(ExportableViewSet):
    """What was changed in something already published, and why, the last first."""

    rows = staticmethod(querysets.released_corrections)
    serializer_class = serializers.CorrectionSerializer
    filterset_class = filters.CorrectionFilterSet
    orderings = orderings_by("made_at")


class RatingViewSet(ExportableViewSet):
    """The scale that claims are rated on."""

    rows = staticmethod(querysets.all_ratings)
    serializer_class = serializers.RatingSerializer
    filterset_class = filters.RatingFilterSet
    orderings = {"oldest": ("id", "id"), "newest": ("-id", "-id")}


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
