"""Admin of ratings, the scale of verdicts."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from claims.admin.common.base import EditorForm
from claims.admin.history.history_admin import AuditedAdmin
from claims.models import Rating, VerificationState

SCALE_FIELDS = ("name", "slug", "value", "worst", "best")


def is_rating_submitted(rating: Rating | None) -> bool:
    """Tells whether a verification with this rating has been submitted: two people stand by those, or will."""
    return rating is not None and rating.verifications.exclude(state=VerificationState.DRAFT).exists()


class RatingForm(EditorForm):
    class Meta:
        help_texts: ClassVar = {
            "name": "Once a verification with this rating is submitted, only the explanation can be changed, "
            "so that verdicts keep the meaning that two people agreed on. To change the scale, add a rating."
        }


@admin.register(Rating)
class RatingAdmin(AuditedAdmin):
    form = RatingForm
    list_display = (*SCALE_FIELDS, "explanation")
    search_fields = ("name", "slug")
    prepopulated_fields: ClassVar = {"slug": ["name"]}
    fieldsets = ((None, {"fields": ("name", "slug", ("value", "worst", "best"), "explanation")}),)

    def get_readonly_fields(self, request: HttpRequest, obj: Rating | None = None) -> tuple[str, ...]:
        return SCALE_FIELDS if is_rating_submitted(obj) else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Rating | None = None) -> Any:
        return {} if is_rating_submitted(obj) else super().get_prepopulated_fields(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Rating | None = None) -> bool:
        """Allows only ratings that no verification has, not even a draft."""
        allowed = admin.ModelAdmin.has_delete_permission(self, request, obj)
        return allowed and (obj is None or not obj.verifications.exists())
