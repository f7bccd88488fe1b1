"""Ratings: the scale."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from claims.admin.history import RecordedAdmin
from claims.models import Rating


@admin.register(Rating)
class RatingAdmin(RecordedAdmin):
    """One step of the scale; one that was never given can be deleted."""

    list_display = ("name", "slug", "value", "worst", "best", "explanation")
    search_fields = ("name", "slug")
    prepopulated_fields: ClassVar = {"slug": ["name"]}
    fieldsets = ((None, {"fields": ("name", "slug", ("value", "worst", "best"), "explanation")}),)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only while no verification gives it."""
        allowed = admin.ModelAdmin.has_delete_permission(self, request, obj)
        return allowed and (obj is None or not obj.verifications.exists())
