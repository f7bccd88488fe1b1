"""SavedView: a named search of a list in the admin."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.base import user_foreign_key

MAX_SAVED_VIEW_NAME_LENGTH = 60


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def for_user(self, user_id: int | None) -> Self:
        """The user's own views and those that others share."""
        return self.filter(Q(owner=user_id) | Q(shared=True))


class SavedView(models.Model):
    """Filters, search and order of one list, under a name.

    `listing` is the label of the listed model (`claims.quote`), `query` the parameters as `[name, value]` pairs. The
    URL is built from them each time, never stored.
    """

    name = models.CharField(max_length=MAX_SAVED_VIEW_NAME_LENGTH)
    owner = user_foreign_key("saved_views")
    listing = models.CharField("list", max_length=100, editable=False)
    query = models.JSONField(default=list, blank=True, editable=False)
    shared = models.BooleanField(default=False, help_text="Shown in the sidebar of everyone who can see this list.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar = SavedViewQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        indexes: ClassVar = [models.Index(fields=["name", "id"], name="saved_view_by_name")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_view_name_is_unique_per_owner"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
