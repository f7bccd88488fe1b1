"""Makes the vectors by which fact-checks of other publishers are found. Workers do, as an encoding takes 10 ms."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from claims.matching import ENCODER_VERSION, load_encoder, pack_vector
from claims.models import ExternalReview, ExternalReviewVector

REVIEWS_PER_BATCH = 100


def update_review_vectors() -> Iterator[int]:
    """Makes what vectors are missing; yields how many at a time. Not to be called in a transaction."""
    up_to_date = ExternalReviewVector.objects.filter(pk=OuterRef("pk"), encoder=ENCODER_VERSION)
    pending = list(ExternalReview.objects.exclude(Exists(up_to_date)).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pending), REVIEWS_PER_BATCH):
        texts = ExternalReview.objects.filter(pk__in=pending[start : start + REVIEWS_PER_BATCH]).order_by("pk")
        encoder = load_encoder()
        rows = [
            ExternalReviewVector(review_id=pk, encoder=ENCODER_VERSION, vector=pack_vector(encoder.embed(text)))
            for pk, text in texts.values_list("pk", "claim_text")
        ]
        ExternalReviewVector.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["review"],
            update_fields=["encoder", "vector", "made_at"],
        )
        yield len(rows)
