"""The endpoints: what each list holds, how its rows look, what may be asked of it."""

from claims.api import rows, serializers
from claims.api.exports import Exported
from claims.api.problems import Elsewhere, Retracted
from claims.export.addresses import address
from claims.models import Claim, Correction, CorrectionKind, Speaker
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

    def explain_absence(self, pk: int) -> None:
        """A claim that was public and is retracted leaves a stub; one that was merged into another is found there."""
        kept = Claim.objects.redirects().filter(pk=pk).values_list("merged_into", flat=True).first()
        if kept and Claim.objects.released().filter(pk=kept).exists():
            raise Elsewhere(address("claims", kept))
        retracted_at = Claim.objects.withdrawn().filter(pk=pk).values_list("retracted_at", flat=True).first()
        if retracted_at:
            why = Correction.objects.filter(claim=pk, kind=CorrectionKind.RETRACTION).order_by("-made_at", "-id")
            reason = why.values_list("reason", flat=True).first()
            raise Retracted(
                {"id": pk, "url": address("claims", pk), "retracted_at": retracted_at.isoformat(), "reason": reason}
            )


class SpeakerViewSet(Exported):
    """Who is quoted, by name."""

    rows = staticmethod(rows.speakers)
    serializer_class = serializers.SpeakerSerializer
    filterset_class = filters.SpeakerFilters
    orderings = BY_NAME | newest_first("id", words=True)

    def explain_absence(self, pk: int) -> None:
        """A speaker that was merged into another is found there."""
        seen = {pk}
        while kept := Speaker.objects.filter(pk=pk).values_list("merged_into", flat=True).first():
            if kept in seen:
                return
            seen.add(kept)
            pk = kept
        if len(seen) > 1 and Speaker.objects.released().filter(pk=pk).exists():
            raise Elsewhere(address("speakers", pk))


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
