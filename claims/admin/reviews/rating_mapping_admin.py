"""Admin of rating mappings: what the ratings of our earlier fact-checks mean here."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.admin.common.base import EditorAdmin, EditorForm, current_user
from claims.admin.common.unfold_compat import ModelAdmin, ModelForm, RadioFilter
from claims.models import RatingMapping
from claims.services.reviews.rating_mappings import map_rating


class WaitingFilter(RadioFilter):
    title = "counterpart"
    parameter_name = "counterpart"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("none", "Waiting")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[RatingMapping]) -> QuerySet[RatingMapping]:
        return queryset.filter(rating=None) if self.value() == "none" else queryset


class RatingMappingForm(EditorForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "rating" in self.fields:
            self.fields["rating"].required = True


@admin.register(RatingMapping)
class RatingMappingAdmin(EditorAdmin):
    list_display = ("words", "publisher", "rating", "mapped_by")
    list_select_related = ("rating", "mapped_by")
    list_filter = (WaitingFilter,)
    search_fields = ("words", "publisher")
    ordering = ("publisher", "words", "id")
    form = RatingMappingForm
    fields = ("publisher", "words", "rating", "mapped_by")
    readonly_fields = ("publisher", "words", "mapped_by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuses: imports add the ratings that they find."""
        return False

    def save_model(self, request: HttpRequest, obj: RatingMapping, form: ModelForm, change: bool) -> None:
        rating = form.cleaned_data["rating"]
        map_rating(publisher=obj.publisher, words=obj.words, rating=rating, editor=current_user(request))
