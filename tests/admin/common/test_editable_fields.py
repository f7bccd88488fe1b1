"""Whatever a form of the admin offers to edit is stored, can be restored, and is compared by a re-extraction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.contrib.messages import ERROR, get_messages
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from lxml import html

from claims.models import Quote, Rating, Source
from claims.services.errors import RefusedError
from claims.services.history import restore, revisions
from claims.services.ingestion.ingest import ingest
from claims.services.ingestion.reextraction_plan import ReextractionOutcome, plan_reextraction
from claims.services.people import saved_views
from tests.admin.admin_client import admin_url
from tests.admin.people.access_matrix import MODEL_ACCESS, Role
from tests.admin.sample_data import create_sample_rows
from tests.sample_articles import make_article
from tests.verifications import PUBLIC_NOTE

pytestmark = pytest.mark.sqlite_suffices

REGISTRY = dict(admin.site._registry.items())
EDITING_ROLES = [role for role in Role if Role.REPORTER <= role <= Role.SUPERUSER]
MAX_ROWS = 8  # of each model that are tried
MAX_VALUES = 12  # of each field
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
# Forms whose fields are no columns of the model: (model, page).
OTHER_FORMS = {(Source, "add")}  # articles, which tests/admin/ingestion adds
# Fields that re-extraction does not compare.
NOT_EXTRACTED = {"claim"}  # the claim that a quote makes is proposed from its words and speaker


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
    fields = list(form_fields(form, form.instance if form.instance.pk else None, label))
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


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def is_saved(response: HttpResponse) -> bool:
    """Whether the user is told that the change was saved: not shown an error, nor asked for a confirmation."""
    return response.status_code == 302 and all(message.level < ERROR for message in get_messages(response.wsgi_request))


def store_field(client: Client, url: str, data: dict[str, Any], field: EditableField, owner: Model) -> set[str]:
    """Post another value of this field until one is saved; returns what was seen to work: {"stored", "restored"}."""
    assert field.row
    before = stored_value(field.row, field.name)
    for value in islice(field.values(), MAX_VALUES):
        try:
            wanted = field.column_value(value)
        except forms.ValidationError:
            continue
        if wanted == before:
            continue
        with rolled_back():
            version = newest_version(field.row, owner)
            unchanged = {name: part for name, part in data.items() if name not in field.posted(value)}
            posted = {name: part for name, part in field.posted(value).items() if part != ""}
            response = client.post(url, unchanged | posted)
            if is_saved(response):
                assert stored_value(field.row, field.name) == wanted, f"{field.label}: {value!r} is said to be saved"
                return {"stored"} | ({"restored"} if is_restored(field, owner, version, before) else set())
    return set()


def newest_version(row: Model, owner: Model) -> str:
    if not hasattr(row, "history"):
        return ""
    key = row.history.order_by("-history_id").values_list("pk", flat=True).first()
    return f"{key}" if row == owner else f"{row._meta.model_name}-{key}"


def is_restored(field: EditableField, owner: Model, version: str, before: Any) -> bool:
    """Whether the history brings the former value back, for one row at least."""
    row, name = field.row, field.name
    assert row
    if not version:
        return False
    part = name if row == owner else row._meta.model_name or ""
    try:
        restore.restore_fields(
            row=owner,
            key=version,
            names=[part],
            editor=User.objects.get(username="editor"),
            note=PUBLIC_NOTE,
        )
    except RefusedError:
        return False
    if row == owner:
        return bool(stored_value(row, name) == before)
    siblings = type(row)._base_manager.filter(**{revisions.OWNER_FIELDS[type(row)]: owner})
    return any(stored_value(sibling, name) == before for sibling in siblings)


def create_client(role: Role) -> Client:
    """A client of a member of the group with this name, or of a superuser, who has a saved view."""
    user = User.objects.create_user("member", password="p", is_staff=True, is_superuser=role == Role.SUPERUSER)
    user.groups.set(Group.objects.filter(name=role.name.capitalize()))
    saved_views.create_saved_view(name="Mine", listing="claims.claim", query=[("q", "rivers")], owner=user)
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", EDITING_ROLES, ids=lambda role: role.name)
def test_every_editable_field_is_stored_and_can_be_restored(editor: User, role: Role) -> None:
    create_sample_rows(1, by=editor)
    Rating.objects.create(name="Odd", slug="odd", value=2, worst=1, best=5)  # those of the installation have no history
    client = create_client(role)
    seen: dict[str, set[str]] = {}
    with_history = set()
    for model in REGISTRY:
        for row in model._default_manager.order_by("-pk")[:MAX_ROWS]:
            url = admin_url("change", row)
            page = client.get(url)
            if page.status_code != 200:
                continue
            fields = editable_fields(page, model.__name__)
            data = page_form_data(page) if fields else {}
            with_history |= {field.label for field in fields if hasattr(field.row, "history")}
            for field in fields:
                if not {"stored", "restored"} <= seen.setdefault(field.label, set()):
                    seen[field.label] |= store_field(client, url, data, field, row)
    assert {label for label, works in seen.items() if "stored" not in works} == set()
    assert {label for label in with_history if "restored" not in seen[label]} == set()
    edited = {label.partition(".")[0].lower() for label in seen}
    may_change = {label for label, access in MODEL_ACCESS.items() if access.change <= role}
    assert edited >= {label.partition(".")[2] for label in may_change}


@pytest.mark.parametrize("role", EDITING_ROLES, ids=lambda role: role.name)
def test_every_field_of_a_new_row_is_stored(editor: User, role: Role) -> None:
    create_sample_rows(1, by=editor)
    client = create_client(role)
    added = set()
    for model, model_admin in REGISTRY.items():
        rows = model._default_manager.order_by("-pk")[:MAX_ROWS] if model_admin.inlines else ()
        pages = [("add", admin_url("add", model)), *(("change", admin_url("change", row)) for row in rows)]
        for name, url in pages:
            page = client.get(url)
            if page.status_code != 200 or (model, name) in OTHER_FORMS:
                continue
            label = model.__name__
            fields = editable_fields(page, label) if name == "add" else []
            for formset, row_fields in [*added_row_fields(page, label), (None, [])]:
                if (fields or row_fields) and (key := (label, name, formset and formset.model)) not in added:
                    with rolled_back():
                        added |= {key} if add_row(client, url, page, fields, (formset, row_fields)) else set()
    may_add = {label for label, access in MODEL_ACCESS.items() if access.add <= role} - {"claims.source"}
    assert {label.lower() for label, name, _ in added if name == "add"} >= {
        label.partition(".")[2] for label in may_add
    }


def add_row(
    client: Client, url: str, page: HttpResponse, fields: list[EditableField], inline: tuple[Any, list[EditableField]]
) -> bool:
    """Fill all fields and save; the values that a form refuses are replaced by the next ones."""
    formset, row_fields = inline
    all_fields = [*fields, *row_fields]
    data = page_form_data(page)
    if formset is not None:
        data[f"{formset.prefix}-TOTAL_FORMS"] = str(formset.total_form_count() + 1)
    remaining = {field.html_name: field.values() for field in all_fields}
    values = {name: next(options) for name, options in remaining.items()}
    model, parent = page.context["opts"].model, page.context.get("original")
    existing = {row.pk for row in model._base_manager.all()}
    for attempt in range(2 * MAX_VALUES):
        posted: dict[str, Any] = {}
        for field in all_fields:
            posted |= field.posted(values[field.html_name])
        response = client.post(url, data | posted)
        row = parent or model._base_manager.exclude(pk__in=existing).order_by("pk").last()
        if is_saved(response) or (row and not parent):
            for field in fields:
                assert_added(row, field, values)
            if formset is not None:
                new_row = formset.model._base_manager.order_by("pk").last()
                for field in row_fields:
                    assert_added(new_row, field, values)
            return True
        for name in list_errors(response, all_fields) or [all_fields[attempt % len(all_fields)].html_name]:
            values[name] = next(remaining[name], values[name])
    return False


def assert_added(row: Model, field: EditableField, values: dict[str, Any]) -> None:
    columns = {column.name for column in [*row._meta.concrete_fields, *row._meta.many_to_many]}
    if field.name in columns:
        wanted = field.column_value(values[field.html_name])
        assert stored_value(row, field.name) == wanted, f"{field.label} of a new row"


def list_errors(response: HttpResponse, fields: list[EditableField]) -> list[str]:
    """The names of the fields that the form refuses."""
    context = response.context or {}
    forms_on_page = [context["adminform"].form] if "adminform" in context else []
    for inline in context.get("inline_admin_formsets", ()):
        forms_on_page += inline.formset.forms
    names = [form.add_prefix(name) for form in forms_on_page for name in form.errors]
    return [field.html_name for field in fields if field.html_name in names]


def test_reextraction_compares_every_editable_field_of_a_quote(client: Client) -> None:
    snapshot = ingest(article=make_article()).snapshot
    quote = snapshot.quotes.exclude(speaker=None).first()
    fields = editable_fields(client.get(admin_url("change", quote)), "Quote")
    assert {field.name for field in fields} > NOT_EXTRACTED
    for field in fields:
        with rolled_back():
            is_reference = isinstance(field.form_field, forms.ModelChoiceField)
            Quote.objects.filter(pk=quote.pk).update(**{field.name: None if is_reference else "Another."})
            planned = {row.quote: row.outcome for row in plan_reextraction(snapshot=snapshot).quotes}
            is_compared = planned[quote] is ReextractionOutcome.UPDATED
            assert is_compared or field.name in NOT_EXTRACTED, field.label
