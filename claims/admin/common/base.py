"""What every admin class of factbase has in common."""

from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import Model, QuerySet, URLField
from django.http import HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst

from claims.admin.common.changelist import MAX_SUGGESTIONS, AutocompletePaginator, CappedChangeList
from claims.admin.common.confirmation import run_with_confirmation
from claims.admin.common.formatting import EMPTY_VALUE, explain_constraints
from claims.admin.common.list_exports import ListExportAdmin
from claims.admin.common.unfold_compat import ModelForm, Textarea
from claims.models import Speaker
from claims.search import substring
from claims.services.errors import RefusedError


def current_user(request: HttpRequest) -> User:
    """Who is signed in; the admin lets nobody else through."""
    return cast("User", request.user)


class EditorForm(ModelForm):
    """A form that says in words what the database's constraints refuse."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, Textarea):
                field.widget.attrs["rows"] = 3  # it can be drawn larger; ten empty lines hide the rest of the form

    def add_error(self, field: str | None, error: Any) -> None:
        """Note the error; a constraint that is violated is put in words."""
        whole = field is None and isinstance(error, ValidationError)
        super().add_error(field, explain_constraints(error) if whole else error)


class FormFieldMixin:
    """What an editor may choose and type, in forms and in inlines."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Merged speakers cannot be chosen; an address without a scheme is an https one."""
        if db_field.remote_field and db_field.remote_field.model is Speaker:
            kwargs["queryset"] = Speaker.objects.current()
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]  # an admin's
        if field and isinstance(self, admin.TabularInline):
            # Its label is a column's heading, which a screen reader does not connect with it.
            field.widget.attrs.setdefault("aria-label", capfirst(field.label or db_field.verbose_name))
        return field


def is_autocomplete(request: HttpRequest) -> bool:
    """Whether a row is being chosen by its first letters."""
    return bool(request.resolver_match and request.resolver_match.url_name == "autocomplete")


def parse_field_value(field: Any, value: str) -> Any:
    """The field's value that an address gives; None if it can be none, as a number that no column of keys holds."""
    field = getattr(field, "target_field", field)
    try:
        read = field.to_python(value)
        if field.primary_key:
            field.run_validators(read)
    except ValidationError:
        return None
    return read


class EditorAdmin(FormFieldMixin, ListExportAdmin):
    """Lists that stay quick with many rows; rows that are not deleted unless an admin class says so."""

    form = EditorForm
    empty_value_display = EMPTY_VALUE
    list_per_page = 50
    list_max_show_all = 100  # a page stays under 300 KB
    list_filter_submit = True
    list_disable_select_all = True
    warn_unsaved_form = (
        False  # unfold's knows of typing only, not of choices; claims/common/form_guard.js guards every form
    )
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    sortable_by: ClassVar[tuple[str, ...]] = ()
    save_on_top = False
    keeps_drafts = False  # whether a change that readers would see can be kept as a draft
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
        js: ClassVar = ["claims/common/widget_labels.js", "claims/common/form_guard.js", "claims/people/mentions.js"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[CappedChangeList]:
        """One whose pages cost the same however many rows there are."""
        return CappedChangeList

    def get_paginator(self, request: HttpRequest, queryset: QuerySet[Any], per_page: int, **more: Any) -> Any:  # type: ignore[override]  # as it is called
        """Of suggestions, one that reads no more rows than are shown."""
        if is_autocomplete(request):
            return AutocompletePaginator(queryset, per_page, **more)
        return super().get_paginator(request, queryset, per_page, **more)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """What the index finds; models that it does not know are searched as Django does."""
        if not substring.supports_substring_search(self.model):
            return super().get_search_results(request, queryset, search_term)
        if not is_autocomplete(request):
            return substring.filter_by_substring(queryset, search_term), False
        found = substring.filter_newest_by_substring(queryset, search_term, MAX_SUGGESTIONS)
        ordering: list[Any] = [*(self.get_ordering(request) or self.opts.ordering or ["-pk"])]
        return found.order_by(*ordering), False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Without "delete selected", which asks no row's own permission."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is lost: wrong things are rejected, merged, withdrawn or retracted."""
        return False

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address fills in; what makes no sense is left out."""
        given = super().get_changeform_initial_data(request)
        for name, value in list(given.items()):
            field = {each.name: each for each in self.opts.get_fields()}.get(name)
            several = value if isinstance(value, list) else [value]
            if field is None or any(parse_field_value(field, each) is None for each in several):
                del given[name]
        return given

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The list; what no column can hold, which only the database finds out, is refused as Django refuses words."""
        try:
            response = super().changelist_view(request, extra_context)
            return response.render() if isinstance(response, TemplateResponse) else response
        except (OverflowError, ValueError, DataError):
            if request.method != "GET" or ERROR_FLAG in request.GET:
                raise
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row; locked while a POST changes it, so that nothing another editor decides meanwhile is overwritten."""
        if request.method == "POST" and object_id.isascii() and object_id.isdigit():
            self.model._base_manager.select_for_update().filter(pk=object_id).first()  # public by its docs
        return super().get_object(request, object_id, from_field)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The form; what a service asks for is asked, what it refuses is said, and nothing is saved."""

        def change() -> Any:
            return super(EditorAdmin, self).changeform_view(request, *args, **kwargs)

        try:
            return (
                run_with_confirmation(request, self, change, drafts=self.keeps_drafts)
                if request.method == "POST"
                else change()
            )
        except RefusedError as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.get_full_path())


class ReadOnlyAdmin(EditorAdmin):
    """What services write and nobody edits."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Services add."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """Every field shown."""
        return [str(field) for field in self.fields or []]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Steps and actions, which ask for no row, may be taken; no row has a form."""
        return super().has_change_permission(request, obj) and obj is None


def selected_ids(queryset: QuerySet[Any], *, most: int = 500) -> list[int]:
    """The ids of the rows an action was asked for.

    Raises RefusedError for more than `most`: a decision is made on what was looked at.
    """
    ids = list(queryset.order_by().values_list("pk", flat=True)[: most + 1])
    if len(ids) > most:
        raise RefusedError(f"More than {most} rows at once: choose fewer.")
    return ids
