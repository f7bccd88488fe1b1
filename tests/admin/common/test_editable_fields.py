"""Whatever a form of the admin offers to edit is stored, can be restored, and is compared by a re-extraction."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client

from claims.models import Delivery, Invitation, Quote, Rating, Source
from claims.services.errors import RefusedError
from claims.services.history import restore, revisions
from claims.services.ingestion.ingest import ingest
from claims.services.ingestion.reextraction_plan import ReextractionOutcome, plan_reextraction
from claims.services.people import saved_views
from tests.admin.admin_client import admin_url
from tests.admin.common.form_fields import (
    EditableField,
    added_row_fields,
    editable_fields,
    is_saved,
    list_errors,
    page_form_data,
    stored_value,
)
from tests.admin.people.access_matrix import MODEL_ACCESS, Role
from tests.admin.sample_data import create_sample_rows
from tests.sample_articles import make_article
from tests.verifications import PUBLIC_NOTE

REGISTRY = dict(admin.site._registry.items())
EDITING_ROLES = [
    pytest.param(role, id=role.name, marks=() if role == Role.EDITOR else pytest.mark.nightly)
    for role in Role
    if Role.REPORTER <= role <= Role.SUPERUSER
]
MAX_ROWS = 8  # of each model that are tried
MAX_VALUES = 12  # of each field
# Forms whose fields are no columns of the model: (model, page).
# Articles, which tests/admin/ingestion adds, and invitations, which are mailed.
OTHER_FORMS = {(Source, "add"), (Delivery, "add"), (Invitation, "add")}
# Fields that re-extraction does not compare.
NOT_EXTRACTED = {"claim"}  # the claim that a quote makes is proposed from its words and speaker


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


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


@pytest.mark.parametrize("role", EDITING_ROLES)
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


@pytest.mark.parametrize("role", EDITING_ROLES)
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
    may_add = {label for label, access in MODEL_ACCESS.items() if access.add <= role} - {
        "claims.source",
        "claims.delivery",
        "claims.invitation",
    }
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
