"""The fields that a page of the admin offers to edit, and values to post for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.messages import ERROR, get_messages
from django.db.models import Model
from django.http import HttpResponse
from lxml import html

# The first values that are tried, by field name; others are made up by type.
EXAMPLES = {
    "wikidata_id": ["Q77"],
    "language": ["fr"],
    "translated_from": ["de"],
    "value": ["3"],
    "worst": ["1"],
    "best": ["6"],
    "password1": ["correct-Horse-9"],
    "password2": ["correct-Horse-9"],
    "usable_password": ["true"],
}
TEXTS = ["Another text", "another", "https://example.org/another", "another@example.org"]


@dataclass(frozen=True)
class EditableField:
    """A field on a page: its name in the form, what is posted for it, and its row (None if the row is to be added)."""

    label: str
    name: str
    html_name: str
    form_field: forms.Field
    row: Model | None

    def values(self) -> Iterator[Any]:
        """Valid and invalid values to try, as they are posted."""
        yield from EXAMPLES.get(self.name, [])
        field = self.form_field
        if isinstance(field, forms.ModelMultipleChoiceField):
            yield from ([str(pk)] for pk in field.queryset.order_by("-pk").values_list("pk", flat=True))
        elif isinstance(field, forms.ModelChoiceField):
            yield from map(str, field.queryset.order_by("-pk").values_list("pk", flat=True))
        elif isinstance(field, forms.BooleanField):
            yield from ("on", "")
        elif isinstance(field, forms.ChoiceField):
            yield from reversed([str(value) for value, _ in field.choices if value])
        elif isinstance(field, forms.SplitDateTimeField):
            yield from (["2031-05-16", "10:00:00"], ["2020-05-16", "10:00:00"])
        elif isinstance(field, forms.DateField):
            yield from ("2031-05-16", "2020-05-16")
        elif isinstance(field, forms.IntegerField):
            yield from map(str, range(8))
        else:
            yield from TEXTS

    def posted(self, value: Any) -> dict[str, Any]:
        if isinstance(self.form_field, forms.SplitDateTimeField):
            return {f"{self.html_name}_{index}": part for index, part in enumerate(value)}
        return {self.html_name: value}

    def column_value(self, value: Any) -> Any:
        """What is to be stored for this posted value. Raises ValidationError for an invalid one."""
        return comparable(self.form_field.clean(value))


def comparable(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    return {row.pk for row in value} if hasattr(value, "__iter__") and not isinstance(value, str) else value


def stored_value(row: Model, name: str) -> Any:
    value = getattr(type(row)._base_manager.get(pk=row.pk), name)
    return comparable(value.all() if hasattr(value, "all") else value)


def page_form_data(response: HttpResponse) -> dict[str, Any]:
    """What the browser would post without a change."""
    (form,) = (form for form in html.fromstring(response.content).forms if (form.get("id") or "").endswith("_form"))
    data: dict[str, Any] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    return data


def editable_fields(response: HttpResponse, label: str) -> list[EditableField]:
    """The fields of the page's form and of the existing rows of its inlines."""
    if "adminform" not in (response.context or {}):
        return []
    form = response.context["adminform"].form
    # Who may only look is shown the values of the fields that the form declares, without inputs.
    may_change = response.context["has_change_permission"] or not form.instance.pk
    fields = list(form_fields(form, form.instance if form.instance.pk else None, label)) if may_change else []
    for inline in response.context["inline_admin_formsets"]:
        if inline.has_change_permission:
            for row_form in inline.formset.initial_forms:
                row_label = f"{label}.{row_form.instance._meta.model_name}"
                fields += form_fields(row_form, row_form.instance, row_label)
    return fields


def form_fields(form: Any, row: Model | None, label: str) -> Iterator[EditableField]:
    for name, field in form.fields.items():
        if not (field.disabled or isinstance(field.widget, forms.HiddenInput) or name == "DELETE"):
            yield EditableField(f"{label}.{name}", name, form.add_prefix(name), field, row)


def added_row_fields(response: HttpResponse, label: str) -> list[tuple[Any, list[EditableField]]]:
    """For each inline in which rows can be added, its formset and the fields of a new row."""
    inlines = (response.context or {}).get("inline_admin_formsets", ())
    result = []
    for inline in inlines:
        if inline.has_add_permission:
            formset = inline.formset
            prefix = f"{formset.prefix}-{formset.total_form_count()}"
            row_label = f"{label}.new {formset.model._meta.model_name}"
            fields = [
                EditableField(field.label, field.name, f"{prefix}-{field.name}", field.form_field, None)
                for field in form_fields(formset.empty_form, None, row_label)
            ]
            result.append((formset, fields))
    return result


def is_saved(response: HttpResponse) -> bool:
    """Whether the user is told that the change was saved: not shown an error, nor asked for a confirmation."""
    return response.status_code == 302 and all(message.level < ERROR for message in get_messages(response.wsgi_request))


def list_errors(response: HttpResponse, fields: list[EditableField]) -> list[str]:
    """The names of the fields that the form refuses."""
    context = response.context or {}
    forms_on_page = [context["adminform"].form] if "adminform" in context else []
    for inline in context.get("inline_admin_formsets", ()):
        forms_on_page += inline.formset.forms
    names = [form.add_prefix(name) for form in forms_on_page for name in form.errors]
    return [field.html_name for field in fields if field.html_name in names]
