"""Changes with their history: every service writes rows through here, so that no change goes unrecorded."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from claims.models import Claim
from claims.models.fields import Timestamped

BATCH = 500


def create(rows: Sequence[models.Model], *, user: User | None, reason: str) -> list[Any]:
    """Store new rows of one model, with who and why; they come back with their ids."""
    if not rows:
        return []
    created: list[Any] = bulk_create_with_history(
        rows, type(rows[0]), batch_size=BATCH, default_user=user, default_change_reason=reason[:100]
    )
    return created


def update(rows: Sequence[models.Model], fields: list[str], *, user: User | None, reason: str) -> None:
    """Store the changed `fields` of rows of one model, with who, when and why."""
    if not rows:
        return
    model = type(rows[0])
    if issubclass(model, Timestamped):
        for row in rows:
            row.updated_at = timezone.now()  # type: ignore[attr-defined]  # a Timestamped, as was just seen
        fields = [*fields, "updated_at"]
    bulk_update_with_history(
        rows, model, fields, batch_size=BATCH, default_user=user, default_change_reason=reason[:100]
    )
    if model is Claim:
        _record_topics([row.pk for row in rows])


def _record_topics(claim_ids: list[int]) -> None:
    """Add the topics to the newest history rows of these claims: bulk updates leave many-to-many fields out."""
    history = Claim.history.model
    newest = dict(
        history.objects.filter(id__in=claim_ids).values_list("id").annotate(models.Max("history_id")).order_by()
    )
    recorded = history.topics.model
    recorded.objects.bulk_create(
        recorded(history_id=newest[row.claim_id], claim_id=row.claim_id, topic_id=row.topic_id, id=row.pk)
        for row in Claim.topics.through.objects.filter(claim_id__in=claim_ids)
    )
