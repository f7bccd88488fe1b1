"""Keys to the readers' API: made, shown once, revoked."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from claims.admin.common.base import ReadOnlyAdmin, current_user
from claims.admin.common.object_actions import ObjectAction, ObjectActionsAdmin
from claims.models import ReaderKey
from claims.services.people import reader_keys

KEY_FIELDS = ("name", "contact", "per_minute", "last_day")


def revoke_reader_key(request: HttpRequest, key: ReaderKey, _: dict[str, Any]) -> str:
    """From the next request on it opens nothing."""
    reader_keys.revoke_key(key=key, editor=current_user(request))
    return f"“{key}” is revoked: it opens nothing any more."


@admin.register(ReaderKey)
class ReaderKeyAdmin(ReadOnlyAdmin, ObjectActionsAdmin):
    """A key is shown once and never changed: whoever lost it, or needs more, gets another."""

    list_display = ("name", "begins_with", "contact", "per_minute", "last_day", "made_at", "made_by", "revoked_at")
    list_select_related = ("made_by",)
    search_fields = ("name", "contact", "hint")
    fields = (*KEY_FIELDS, "hint", "made_at", "made_by", "revoked_at", "revoked_by")
    steps: ClassVar = (
        ObjectAction(
            name="revoke",
            label="Revoke",
            colour="bad",
            form=forms.Form,  # asked first
            warning="From the next request on it opens nothing, for good: its reader needs another.",
            offered=lambda request, key: key.revoked_at is None,
            do=revoke_reader_key,
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Those who may make keys."""
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Of a new one, what is typed."""
        return self.fields if obj else KEY_FIELDS

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Of one that there is, everything."""
        return super().get_readonly_fields(request, obj) if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Made by its service; the key goes with the request to the page that shows it."""
        given = {name: form.cleaned_data[name] for name in KEY_FIELDS}
        row, key = reader_keys.create_key(editor=current_user(request), **given)
        obj.__dict__.update(row.__dict__)
        request.made_key = key  # type: ignore[attr-defined]  # ours

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """The page that shows the key, in place of a redirect: it is kept nowhere on the way, and by no browser."""
        context = {
            **self.admin_site.each_context(request),
            "title": f"API key for {obj}",
            "opts": self.opts,
            "key": request.made_key,  # type: ignore[attr-defined]  # set by save_model
            "row": obj,
        }
        return TemplateResponse(request, "claims/admin/people/reader_key_created.html", context)

    @admin.display(description="begins with", ordering="hint")
    def begins_with(self, key: ReaderKey) -> str:
        """Enough of it to know which one is meant."""
        return f"{key.hint}…"
