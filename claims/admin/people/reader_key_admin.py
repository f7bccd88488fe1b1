"""API keys: created, shown once, and revoked."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from claims.admin.common.base import ReadOnlyAdmin, current_user
from claims.admin.common.object_actions import CleanedData, ObjectAction, ObjectActionsAdmin
from claims.admin.common.unfold_compat import ModelForm
from claims.models import ReaderKey
from claims.services.people import reader_keys

KEY_FIELDS = ("name", "scope", "contact", "per_minute", "last_day")


def revoke_reader_key(request: HttpRequest, key: ReaderKey, _: CleanedData) -> str:
    reader_keys.revoke_key(key=key, editor=current_user(request))
    return f"“{key}” is revoked. It no longer works."


@admin.register(ReaderKey)
class ReaderKeyAdmin(ReadOnlyAdmin, ObjectActionsAdmin):
    """A key is shown only once and never changed. A lost key is replaced by a new one."""

    list_display = (
        "name",
        "scope",
        "begins_with",
        "contact",
        "per_minute",
        "last_day",
        "made_at",
        "made_by",
        "revoked_at",
    )
    list_select_related = ("made_by",)
    search_fields = ("name", "contact", "hint")
    fields = (*KEY_FIELDS, "hint", "made_at", "made_by", "revoked_at", "revoked_by")
    object_actions: ClassVar = (
        ObjectAction(
            name="revoke",
            label="Revoke",
            style="danger",
            form=forms.Form,  # without fields, to ask for a confirmation
            warning="The key stops working immediately and cannot be restored.",
            is_offered=lambda request, key: key.revoked_at is None,
            run=revoke_reader_key,
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.fields if obj else KEY_FIELDS

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return super().get_readonly_fields(request, obj) if obj else []

    def save_model(self, request: HttpRequest, obj: ReaderKey, form: ModelForm, change: bool) -> None:
        """Creates the key with its service, and passes it to `response_add` with the request."""
        fields = {name: form.cleaned_data[name] for name in KEY_FIELDS}
        row, key = reader_keys.create_key(editor=current_user(request), **fields)
        obj.__dict__.update(row.__dict__)
        request.new_api_key = key  # type: ignore[attr-defined]  # ours

    def response_add(self, request: HttpRequest, obj: ReaderKey, post_url_continue: str | None = None) -> HttpResponse:
        """Shows the key in this response instead of redirecting, so that it is stored nowhere."""
        context = {
            **self.admin_site.each_context(request),
            "title": f"API key for {obj}",
            "opts": self.opts,
            "key": request.new_api_key,  # type: ignore[attr-defined]  # set by save_model
            "row": obj,
        }
        return TemplateResponse(request, "claims/admin/people/reader_key_created.html", context)

    @admin.display(description="begins with", ordering="hint")
    def begins_with(self, key: ReaderKey) -> str:
        return f"{key.hint}…"
