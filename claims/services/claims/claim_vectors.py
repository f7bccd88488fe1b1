"""Makes the vectors by which claims are found: of all whose wording an editor confirmed, and that are current.

They are made after a claim's own transaction, because an encoding takes 10 ms. What is missing, after a failure or a
change of many claims, the workers make.
"""

import time
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.db.models.functions import MD5

from claims.database.connections.outages import outage_logged
from claims.matching import ENCODER_VERSION, load_encoder, pack_vector
from claims.models import Claim, ClaimVector
from claims.services.locks import lock_vectors
from claims.services.repeated_update import RepeatedUpdate

MAX_CLAIMS_AFTER_COMMIT = 20  # more are left to the workers: an editor waits for these
CLAIMS_PER_BATCH = 100  # stored in one transaction


def update_vectors_after_commit(claims: Collection[Claim]) -> None:
    """Updates the vectors of a few claims when this transaction commits. A failure is logged."""
    ids = [claim.pk for claim in claims]

    @outage_logged(consequence="claims are indexed later")
    def update() -> None:
        for _ in _update(Claim.objects.filter(pk__in=ids), ClaimVector.objects.filter(pk__in=ids)):
            pass

    if 0 < len(ids) <= MAX_CLAIMS_AFTER_COMMIT:
        transaction.on_commit(update, robust=True)


def update_vectors(*, changed_since: datetime | None = None) -> Iterator[int]:
    """Makes what vectors are missing or out of date and removes those of claims that left; yields how many at a time.

    Of all claims, or of those that were changed since a moment. Not to be called in a transaction.
    """
    claims, vectors = Claim.objects.all(), ClaimVector.objects.all()
    if changed_since:
        claims = claims.filter(updated_at__gte=changed_since)
        vectors = vectors.filter(claim__updated_at__gte=changed_since)
    yield from _update(claims, vectors)


class VectorUpdater(RepeatedUpdate):
    def update(self, changed_since: datetime | None) -> Iterator[int]:
        return update_vectors(changed_since=changed_since)


def _update(claims: QuerySet[Claim], vectors: QuerySet[ClaimVector]) -> Iterator[int]:
    findable = Claim.objects.current().confirmed()
    left = vectors.exclude(text_digest="").exclude(Exists(findable.filter(pk=OuterRef("pk"))))
    for ids in _split(left):
        _store(dict.fromkeys(ids, ("", b"")))
        yield len(ids)
    up_to_date = ClaimVector.objects.filter(pk=OuterRef("pk"), text_digest=OuterRef("digest"), encoder=ENCODER_VERSION)
    pending = (claims & findable).annotate(digest=MD5("text")).exclude(Exists(up_to_date)).order_by("pk")
    for ids in _split(pending):
        texts = Claim.objects.filter(pk__in=ids).annotate(digest=MD5("text")).values_list("pk", "text", "digest")
        encoder = load_encoder()
        _store({pk: (digest, pack_vector(encoder.embed(text))) for pk, text, digest in texts})
        yield len(ids)


def _split(rows: QuerySet[Any]) -> Iterator[list[int]]:
    """Yields the ids of the rows, so many at a time as are stored in one transaction."""
    ids = list(rows.values_list("pk", flat=True))
    return (ids[start : start + CLAIMS_PER_BATCH] for start in range(0, len(ids), CLAIMS_PER_BATCH))


def _store(vectors: Mapping[int, tuple[str, bytes]]) -> None:
    with transaction.atomic():
        lock_vectors()
        last = ClaimVector.objects.aggregate(last=Max("sequence"))["last"] or 0
        # The time, so that the number of a deleted row is not given again.
        start = max(last + 1, time.time_ns() // 1000)
        rows = [
            ClaimVector(claim_id=pk, text_digest=digest, encoder=ENCODER_VERSION, vector=vector, sequence=sequence)
            for sequence, (pk, (digest, vector)) in enumerate(vectors.items(), start)
        ]
        ClaimVector.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["claim"],
            update_fields=["text_digest", "encoder", "vector", "sequence"],
        )
