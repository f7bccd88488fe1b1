"""The endpoints: what each list holds, how its rows look, what may be asked of it."""

from claims.api import rows, serializers
from claims.api.exports import Exported
from claims.search import filters
from claims.search.keyset import Ordering

BY_NAME: dict[str, Ordering | None] = {"name": ("name", "id")}


def newest_first(column: str, *, words: bool = False) -> dict[str, Ordering | None]:
    """The orders of a list by this column; and, where it can be searched for words, by how well they fit."""
    orders: dict[str, Ordering | None] = {"newest": (f"-{column}", "-id"), "oldest": (column, "id")}
    return orders | ({"relevance": None} if words else {})


class QuoteViewSet(Exported):
    """Attributed quotes that an editor has accepted, the last accepted first."""

    rows = staticmethod(rows.quotes)
    walked = True
    serializer_class = serializers.QuoteSerializer
    filterset_class = filters.QuoteFilters
    orderings = newest_first("decided_at", words=True)


class ClaimViewSet(Exported):
    """Claims with who made them, where they appeared and their current verdict, the last released first.

    As CSV (`format=csv`), the whole list is streamed, one row a claim; see `claims.csv-metadata.json` for its columns.
    """

    rows = staticmethod(rows.claims)
    walked = True
    serializer_class = serializers.ClaimSerializer
    filterset_class = filters.ClaimFilters
    orderings = newest_first("released_at", words=True)


class SpeakerViewSet(Exported):
    """Who is quoted, by name."""

    rows = staticmethod(rows.speakers)
    serializer_class = serializers.SpeakerSerializer
    filterset_class = filters.SpeakerFilters
    orderings = BY_NAME | newest_first("id", words=True)


class SourceViewSet(Exported):
    """Publications that released quotes stand in or released verdicts cite, the newest first; never their text."""

    rows = staticmethod(rows.sources)
    serializer_class = serializers.SourceSerializer
    filterset_class = filters.SourceFilters
    orderings = newest_first("created_at", words=True)


class VerificationViewSet(Exported):
    """Current verdicts on claims, with explanation and evidence, the last published first."""

    rows = staticmethod(rows.verifications)
    serializer_class = serializers.VerificationSerializer
    filterset_class = filters.VerificationFilters
    orderings = newest_first("published_at", words=True)


class TopicViewSet(Exported):
    """What released claims are about, by name."""

    rows = staticmethod(rows.topics)
    serializer_class = serializers.TopicSerializer
    filterset_class = filters.TopicFilters
    orderings = BY_NAME | newest_first("id", words=True)


class CorrectionViewSet(Exported):
    """What was changed in something already published, and why, the last first."""

    rows = staticmethod(rows.corrections)
    serializer_class = serializers.CorrectionSerializer
    filterset_class = filters.CorrectionFilters
    orderings = newest_first("made_at")


class RatingViewSet(Exported):
    """The scale that claims are rated on."""

    rows = staticmethod(rows.ratings)
    serializer_class = serializers.RatingSerializer
    filterset_class = filters.RatingFilters
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
