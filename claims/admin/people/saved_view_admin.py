"""Saved views: lists under names, one's own and those that colleagues share."""

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
from claims.admin.common.formatting import shortened, stack_lines
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
    """A parameter of a list, as far as its name says it."""
    plain = {SEARCH_VAR: "search", ORDER_VAR: "order"}.get(name) or re.sub(r"__(id__)?exact$", "", name)
    return f"{plain.replace('__', ' ').replace('_', ' ')}: {value}"


@admin.register(SavedView)
class SavedViewAdmin(EditorAdmin):
    """A list as somebody wants to see it again. Saved from the list itself; renamed, shared and deleted here."""

    list_display = ("view", "asked_for", "owner", "shared_by", "edit")
    list_display_links = None
    list_select_related = ("owner",)
    search_fields = ("name",)
    ordering = ("name", "id")
    readonly_fields = ("lists", "asked_for", "owner")
    fieldsets = ((None, {"fields": ("name", "shared", "lists", "asked_for", "owner")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SavedView]:
        """One's own, and what others share; others' own are nobody's business."""
        rows: QuerySet[SavedView] = super().get_queryset(request)
        mine = Case(When(owner=request.user.pk, then=True), default=False, output_field=BooleanField())
        return rows.for_user(request.user.pk).annotate(mine=mine)  # type: ignore[attr-defined, no-any-return]  # a SavedViewQuerySet

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses and the one at which a list's form saves."""
        return [
            path("save/", self.admin_site.admin_view(self.save_view), name="claims_savedview_save"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Lists are saved where they are seen."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may look."""
        return request.user.has_perm("claims.view_savedview")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One's own."""
        return self.has_view_permission(request) and (obj is None or obj.owner_id == request.user.pk)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the service has it."""
        allowed = self.has_view_permission(request)
        return allowed and (obj is None or saved_views.can_delete_saved_view(view=obj, editor=current_user(request)))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Only for those who may look; Django would first say whether the row is there."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def save_model(self, request: HttpRequest, obj: SavedView, form: ModelForm, change: bool) -> None:
        """Another name, or shared or not."""
        saved_views.update_saved_view(view=obj, editor=current_user(request), name=obj.name, shared=obj.shared)

    def delete_model(self, request: HttpRequest, obj: SavedView) -> None:
        """The service deletes."""
        saved_views.delete_saved_view(view=obj, editor=current_user(request))

    def save_view(self, request: HttpRequest) -> HttpResponse:
        """POST: keep the list that the form stands on, and back to it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        listing = request.POST.get("listing", "")
        of = get_saveable_lists().get(listing)
        if of is None:
            raise Http404
        if not (request.user.has_perm("claims.add_savedview") and of.has_view_permission(request)):
            raise PermissionDenied
        back = saved_list_url(listing, [])
        try:
            query = validate_list_query(of, request, request.POST.get("query", "")[: 4 * saved_views.MAX_QUERY_LENGTH])
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
            shared = ", and in everybody else's" if view.shared else ""
            messages.success(request, f"“{view}” is in your sidebar now{shared}.")
        return HttpResponseRedirect(back or reverse("admin:index"))

    @admin.display(description="view")
    def view(self, row: SavedView) -> SafeString:
        """Its name, as a link to the list."""
        page = saved_list_url(row.listing, row.query)
        name = format_html('<a class="fb-link" href="{}">{}</a>', page, row.name) if page else row.name
        return stack_lines(name, list_title(row.listing))

    @admin.display(description="list")
    def lists(self, row: SavedView) -> str:
        """What is listed."""
        return list_title(row.listing)

    @admin.display(description="asked for")
    def asked_for(self, row: SavedView) -> SafeString:
        """The filters, the search and the order."""
        return stack_lines(
            shortened("; ".join(describe_parameter(*pair) for pair in clean_pairs(row.query))) or "everything"
        )

    @admin.display(description="shared", boolean=True)
    def shared_by(self, row: SavedView) -> bool:
        """Whether everybody finds it."""
        return row.shared

    @admin.display(description="")
    def edit(self, row: Any) -> SafeString | str:
        """On to where one's own is renamed or deleted."""
        page = reverse("admin:claims_savedview_change", args=[row.pk])
        return format_html('<a class="fb-link" href="{}">{}</a>', page, "Rename, share, delete" if row.mine else "Look")
