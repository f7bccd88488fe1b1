"""Ratings: the scale."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from claims.admin.common.base import EditorForm
from claims.admin.history.history_admin import AuditedAdmin
from claims.models import Rating, VerificationState

SCALE_FIELDS = ("name", "slug", "value", "worst", "best")


def is_rating_submitted(rating: Rating | None) -> bool:
    """Whether a verification that left its author's hands gives it: two people stand for those, or will."""
    return rating is not None and rating.verifications.exclude(state=VerificationState.DRAFT).exists()


class RatingForm(EditorForm):
    """Says when a rating is fixed."""

    class Meta:
        help_texts: ClassVar = {
            "name": "Once a verification that gives it was submitted, only the explanation can still be changed: "
            "anything else would change verdicts that two people agreed on. A changed scale is a new rating."
        }


@admin.register(Rating)
class RatingAdmin(AuditedAdmin):
    """One step of the scale; one that was given keeps its name and its place, one that never was can be deleted."""

    form = RatingForm
    list_display = (*SCALE_FIELDS, "explanation")
    search_fields = ("name", "slug")
    prepopulated_fields: ClassVar = {"slug": ["name"]}
    fieldsets = ((None, {"fields": ("name", "slug", ("value", "worst", "best"), "explanation")}),)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A verdict is not changed by renaming its rating."""
        return SCALE_FIELDS if is_rating_submitted(obj) else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The slug of the name, while there is a field for it."""
        return {} if is_rating_submitted(obj) else super().get_prepopulated_fields(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only while no verification gives it."""
        allowed = admin.ModelAdmin.has_delete_permission(self, request, obj)
        return allowed and (obj is None or not obj.verifications.exists())
