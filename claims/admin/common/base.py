"""Base classes of the admin: forms, changelists and permissions that all models share."""

import re
from copy import copy
from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DataError, transaction
from django.db.models import Model, QuerySet, URLField
from django.forms import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.text import capfirst

from claims.admin.common.changelist import MAX_SUGGESTIONS, AutocompletePaginator, CappedChangeList
from claims.admin.common.confirmation import run_with_confirmation
from claims.admin.common.formatting import EMPTY_VALUE, explain_constraints
from claims.admin.common.list_exports import ListExportAdmin
from claims.admin.common.unfold_compat import ModelForm, Textarea
from claims.models import Speaker
from claims.search import substring
from claims.services.errors import RefusedError

_NUMBER_PATTERN = re.compile(r"[0-9]{1,18}", re.ASCII)


def current_user(request: HttpRequest) -> User:
    """The signed-in user. Admin views are never reached anonymously."""
    return cast("User", request.user)


class EditorForm(ModelForm):
    """A form that explains violated database constraints at their fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, Textarea):
                field.widget.attrs["rows"] = 3  # resizable; Django's ten rows push the rest of the form off the screen

    def add_error(self, field: str | None, error: Any) -> None:
        is_form_error = field is None and isinstance(error, ValidationError)
        super().add_error(field, explain_constraints(error) if is_form_error else error)


class FormFieldMixin:
    """Form fields of forms and inlines."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Leaves merged speakers out of choices and assumes https for URLs without a scheme."""
        if db_field.remote_field and db_field.remote_field.model is Speaker:
            kwargs["queryset"] = Speaker.objects.current()
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]  # an admin's
        if field and isinstance(self, admin.TabularInline):
            # Screen readers do not connect the column heading with the field.
            field.widget.attrs.setdefault("aria-label", capfirst(field.label or db_field.verbose_name))
        return field


def is_autocomplete(request: HttpRequest) -> bool:
    return bool(request.resolver_match and request.resolver_match.url_name == "autocomplete")


def parse_field_value(field: Any, value: str) -> Any:
    """The field's value of a URL parameter, or None if it is invalid, such as an ID that exceeds the column's range."""
    field = getattr(field, "target_field", field)
    try:
        parsed = field.to_python(value)
        if field.primary_key:
            field.run_validators(parsed)
    except ValidationError:
        return None
    return parsed


def parse_number_param(value: str | None) -> int | None:
    """The number of a URL or form parameter; None if it is missing, not a number, or too long for an id."""
    return int(value) if value and _NUMBER_PATTERN.fullmatch(value) else None


class EditorAdmin(FormFieldMixin, ListExportAdmin):
    """Changelists that stay fast on large tables. Objects cannot be deleted unless a subclass allows it."""

    form = EditorForm
    empty_value_display = EMPTY_VALUE
    list_per_page = 50
    list_max_show_all = 100  # a page stays under 300 KB
    list_filter_submit = True
    list_disable_select_all = True
    warn_unsaved_form = False  # unfold's notices typing only, not choices; form_guard.js guards every form
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    sortable_by: ClassVar[tuple[str, ...]] = ()
    save_on_top = False
    supports_drafts = False  # whether a change of what readers see can be saved as a draft
    list_before_template = "claims/admin/people/save_view.html"
    change_list_template = "claims/admin/common/change_list.html"

    class Media:
        css: ClassVar = {
            "all": [
                "claims/common/admin.css",
                "claims/dashboard/dashboard.css",
                "claims/common/changelist.css",
                "claims/history/history.css",
            ]
        }
        js: ClassVar = [
            Script("claims/common/form_guard.js", type="module"),
            Script("claims/people/mentions.js", type="module"),
        ]

    def get_changelist(self, request: HttpRequest, **kwargs: object) -> type[CappedChangeList]:
        return CappedChangeList

    def get_paginator(self, request: HttpRequest, queryset: QuerySet[Model], per_page: int, **kwargs: Any) -> Any:  # type: ignore[override]  # as it is called
        if is_autocomplete(request):
            return AutocompletePaginator(queryset, per_page, **kwargs)
        return super().get_paginator(request, queryset, per_page, **kwargs)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Searches the substring index; models without one are searched as Django does."""
        if not substring.supports_substring_search(self.model):
            return super().get_search_results(request, queryset, search_term)
        if not is_autocomplete(request):
            return substring.filter_by_substring(queryset, search_term), False
        newest = substring.filter_newest_by_substring(queryset, search_term, MAX_SUGGESTIONS)
        ordering: list[Any] = [*(self.get_ordering(request) or self.opts.ordering or ["-pk"])]
        return newest.order_by(*ordering), False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Removes "delete selected", which does not check the permission for each object."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Initial values from the URL, without unknown fields and invalid values."""
        fields = {field.name: field for field in self.opts.get_fields()}

        def is_valid(name: str, value: Any) -> bool:
            values = value if isinstance(value, list) else [value]
            return name in fields and all(parse_field_value(fields[name], item) is not None for item in values)

        initial = super().get_changeform_initial_data(request)
        return {name: value for name, value in initial.items() if is_valid(name, value)}

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Treats values that only the database rejects, such as numbers out of range, like invalid lookups."""
        try:
            response = super().changelist_view(request, extra_context)
            return response.render() if isinstance(response, TemplateResponse) else response
        except (OverflowError, ValueError, DataError):
            if request.method != "GET" or ERROR_FLAG in request.GET:
                raise
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")

    def response_post_save_change(self, request: HttpRequest, obj: Model) -> HttpResponseRedirect:
        """Says so if the list that it returns to no longer contains the object."""
        response = super().response_post_save_change(request, obj)
        filters = QueryDict(self.get_preserved_filters(request)).get("_changelist_filters", "")
        if filters and not self._is_listed(request, obj, filters):
            clear = format_html(
                '<a class="fb-link" href="{}">Clear search and filters</a>', response.url.partition("?")[0]
            )
            messages.info(request, format_html("It no longer matches the list below. {}", clear))
        return response

    def _is_listed(self, request: HttpRequest, obj: Model, filters: str) -> bool:
        """Tells whether the list with these filters contains the object; true if the filters are invalid."""
        list_request = copy(request)
        list_request.method, list_request.GET = "GET", QueryDict(filters)
        try:
            with transaction.atomic():
                rows: QuerySet[Model] = self.get_changelist_instance(list_request).queryset
                return rows.filter(pk=obj.pk).exists()
        except (IncorrectLookupParameters, OverflowError, ValueError, DataError):
            return True

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Model | None:
        """Locks the row during a POST, so that no concurrent decision is overwritten."""
        if request.method == "POST" and object_id.isascii() and object_id.isdigit():
            self.model._base_manager.select_for_update().filter(pk=object_id).first()
        return super().get_object(request, object_id, from_field)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """Asks for a confirmation where a service requires one, and shows what a service refuses."""

        def show_form() -> HttpResponse:
            return super(EditorAdmin, self).changeform_view(request, object_id, form_url, extra_context)

        if request.method != "POST":
            return show_form()
        try:
            return run_with_confirmation(request, self, show_form, allow_draft=self.supports_drafts)
        except RefusedError as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.get_full_path())


class ReadOnlyAdmin(EditorAdmin):
    """Objects that only services write. Object actions and list actions are allowed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [str(field) for field in self.fields or []]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Allowed in general, which actions check, but not for an object: none has a form."""
        return super().has_change_permission(request, obj) and obj is None


def selected_ids(queryset: QuerySet[Model], *, limit: int = 500) -> list[int]:
    """The IDs of the objects selected for a list action. Raises RefusedError for more than `limit`."""
    ids = list(queryset.order_by().values_list("pk", flat=True)[: limit + 1])
    if len(ids) > limit:
        raise RefusedError(f"Select at most {limit} rows.")
    return ids
