"""Saved views: changelists with filters under a name, private or shared with colleagues."""

import re
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Case, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.common.base import EditorAdmin, current_user
from claims.admin.common.formatting import stack_lines, truncate_line
from claims.admin.common.unfold_compat import ModelForm
from claims.admin.people.saveable_lists import (
    clean_pairs,
    get_saveable_lists,
    list_title,
    saved_list_url,
    validate_list_query,
)
from claims.models import SavedView
from claims.services.errors import RefusedError
from claims.services.people import saved_views


def describe_parameter(name: str, value: str) -> str:
    """A changelist parameter in words, such as "decision: pending"."""
    label = {SEARCH_VAR: "search", ORDER_VAR: "order"}.get(name) or re.sub(r"__(id__)?exact$", "", name)
    return f"{label.replace('__', ' ').replace('_', ' ')}: {value}"


@admin.register(SavedView)
class SavedViewAdmin(EditorAdmin):
    """Views are saved from their changelist, and renamed, shared and deleted here."""

    list_display = ("view", "filters", "owner", "is_shared", "edit")
    list_display_links = None
    list_select_related = ("owner",)
    search_fields = ("name",)
    ordering = ("name", "id")
    readonly_fields = ("list_name", "filters", "owner")
    fieldsets = ((None, {"fields": ("name", "shared", "list_name", "filters", "owner")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SavedView]:
        """The user's own views and those shared by others."""
        rows: QuerySet[SavedView] = super().get_queryset(request)
        is_own = Case(When(owner=request.user.pk, then=True), default=False, output_field=BooleanField())
        return rows.for_user(request.user.pk).annotate(is_own=is_own)  # type: ignore[attr-defined, no-any-return]  # a SavedViewQuerySet

    def get_urls(self) -> list[URLPattern]:
        return [
            path("save/", self.admin_site.admin_view(self.save_view), name="claims_savedview_save"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: SavedView | None = None) -> bool:
        return request.user.has_perm("claims.view_savedview")

    def has_change_permission(self, request: HttpRequest, obj: SavedView | None = None) -> bool:
        return self.has_view_permission(request) and (obj is None or obj.owner_id == request.user.pk)

    def has_delete_permission(self, request: HttpRequest, obj: SavedView | None = None) -> bool:
        allowed = self.has_view_permission(request)
        return allowed and (obj is None or saved_views.can_delete_saved_view(view=obj, editor=current_user(request)))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Checks the permission first, while Django would reveal whether the object exists."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def save_model(self, request: HttpRequest, obj: SavedView, form: ModelForm, change: bool) -> None:
        saved_views.update_saved_view(view=obj, editor=current_user(request), name=obj.name, shared=obj.shared)

    def delete_model(self, request: HttpRequest, obj: SavedView) -> None:
        saved_views.delete_saved_view(view=obj, editor=current_user(request))

    def save_view(self, request: HttpRequest) -> HttpResponse:
        """POST: saves the changelist that the form is on, and returns to it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        listing = request.POST.get("listing", "")
        model_admin = get_saveable_lists().get(listing)
        if model_admin is None:
            raise Http404
        if not (request.user.has_perm("claims.add_savedview") and model_admin.has_view_permission(request)):
            raise PermissionDenied
        back = saved_list_url(listing, [])
        try:
            query = validate_list_query(
                model_admin, request, request.POST.get("query", "")[: 4 * saved_views.MAX_QUERY_LENGTH]
            )
            back = saved_list_url(listing, query)
            view = saved_views.create_saved_view(
                name=request.POST.get("name", ""),
                listing=listing,
                query=query,
                owner=current_user(request),
                shared=request.POST.get("shared") == "on",
            )
        except RefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            audience = "everyone's" if view.shared else "your"
            messages.success(request, f"“{view}” saved to {audience} sidebar.")
        return HttpResponseRedirect(back or reverse("admin:index"))

    @admin.display(description="view")
    def view(self, row: SavedView) -> SafeString:
        page = saved_list_url(row.listing, row.query)
        name = format_html('<a class="fb-link" href="{}">{}</a>', page, row.name) if page else row.name
        return stack_lines(name, list_title(row.listing))

    @admin.display(description="list")
    def list_name(self, row: SavedView) -> str:
        return list_title(row.listing)

    @admin.display(description="filters")
    def filters(self, row: SavedView) -> SafeString:
        return stack_lines(
            truncate_line("; ".join(describe_parameter(*pair) for pair in clean_pairs(row.query))) or "None"
        )

    @admin.display(description="shared", boolean=True)
    def is_shared(self, row: SavedView) -> bool:
        return row.shared

    @admin.display(description="edit")
    def edit(self, row: Any) -> SafeString | str:
        page = reverse("admin:claims_savedview_change", args=[row.pk])
        return format_html('<a class="fb-link" href="{}">{}</a>', page, "Edit" if row.is_own else "View")
