"""Touched: the database's own record of the objects that a transaction changed."""

from typing import ClassVar

from django.db import models


class Touched(models.Model):
    """An object that a transaction changed. Triggers write the rows; `claims.services.changefeed` consumes them.

    An object may have several rows: a unique constraint would make concurrent transactions wait for each other. `wide`
    is set if the change affects other objects that show this one. `by` and `by_id` name the object through which this
    one is affected, if it was not changed itself: if that object is not public, this row does not count either.
    Triggers write `step` 0; the change feed counts on from there.
    """

    kind = models.CharField(max_length=13)
    object_id = models.BigIntegerField()
    wide = models.BooleanField()
    by = models.CharField(max_length=13, blank=True)
    by_id = models.BigIntegerField(null=True)
    step = models.SmallIntegerField()

    class Meta:
        verbose_name_plural = "touched"
        indexes: ClassVar = [models.Index(fields=["step", "kind", "object_id"], name="touched_by_step")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
