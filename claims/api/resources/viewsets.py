"""The resources: which rows each has, its serializer, filters and orderings."""

from claims.api.resources.exportable import ExportableViewSet
from claims.resources import querysets
from claims.resources.claims import ClaimSerializer
from claims.resources.corrections import CorrectionSerializer
from claims.resources.quotes import QuoteSerializer
from claims.resources.ratings import RatingSerializer
from claims.resources.sources import SourceSerializer
from claims.resources.speakers import SpeakerSerializer
from claims.resources.topics import TopicSerializer
from claims.resources.verifications import VerificationSerializer
from claims.search import filters
from claims.search.keyset import KeysetOrdering

NAME_ORDERINGS: dict[str, KeysetOrdering | None] = {"name": ("name", "id")}


def orderings_by(column: str, *, full_text: bool = False) -> dict[str, KeysetOrdering | None]:
    """Returns the orderings by this column, and by relevance if the resource has full-text search."""
    orderings: dict[str, KeysetOrdering | None] = {"newest": (f"-{column}", "-id"), "oldest": (column, "id")}
    return orderings | ({"relevance": None} if full_text else {})


class QuoteViewSet(ExportableViewSet):
    """Attributed quotes that an editor has accepted, the most recently accepted first."""

    rows = staticmethod(querysets.released_quotes)
    has_prepared_pages = True
    serializer_class = QuoteSerializer
    filterset_class = filters.QuoteFilterSet
    orderings = orderings_by("decided_at", full_text=True)


class ClaimViewSet(ExportableViewSet):
    """Claims with their speakers, quotes and current verdicts, the most recently released first.

    `format=csv` streams the whole list, one row per claim. Its columns are described in `claims.csv-metadata.json`.
    """

    rows = staticmethod(querysets.released_claims)
    has_prepared_pages = True
    serializer_class = ClaimSerializer
    filterset_class = filters.ClaimFilterSet
    orderings = orderings_by("released_at", full_text=True)


class SpeakerViewSet(ExportableViewSet):
    """Quoted speakers, by name."""

    rows = staticmethod(querysets.released_speakers)
    serializer_class = SpeakerSerializer
    filterset_class = filters.SpeakerFilterSet
    orderings = NAME_ORDERINGS | orderings_by("id", full_text=True)


class SourceViewSet(ExportableViewSet):
    """Publications that contain public quotes or are cited by verdicts, the newest first, without their text."""

    rows = staticmethod(querysets.released_sources)
    serializer_class = SourceSerializer
    filterset_class = filters.SourceFilterSet
    orderings = orderings_by("created_at", full_text=True)


class VerificationViewSet(ExportableViewSet):
    """Current verdicts on claims, with explanation and evidence, the most recently published first."""

    rows = staticmethod(querysets.released_verifications)
    serializer_class = VerificationSerializer
    filterset_class = filters.VerificationFilterSet
    orderings = orderings_by("published_at", full_text=True)


class TopicViewSet(ExportableViewSet):
    """Topics of public claims, by name."""

    rows = staticmethod(querysets.released_topics)
    serializer_class = TopicSerializer
    filterset_class = filters.TopicFilterSet
    orderings = NAME_ORDERINGS | orderings_by("id", full_text=True)


class CorrectionViewSet(ExportableViewSet):
    """Corrections of published claims and verdicts, the most recent first."""

    rows = staticmethod(querysets.released_corrections)
    serializer_class = CorrectionSerializer
    filterset_class = filters.CorrectionFilterSet
    orderings = orderings_by("made_at")


class RatingViewSet(ExportableViewSet):
    """The rating scale."""

    rows = staticmethod(querysets.all_ratings)
    serializer_class = RatingSerializer
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
