"""Every registered page works, with a number of queries that does not depend on the rows."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Rating
from tests.admin.sample_data import change_sample_rows, create_sample_rows

pytestmark = pytest.mark.both_databases

WRITE = re.compile(r'(?!UPDATE "django_session")(INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP)')
# On PostgreSQL, whose queries are as many, each page is only visited.
COUNTS_QUERIES = connection.vendor == "sqlite"
REGISTRY = list(admin.site._registry.items())
AUTOCOMPLETES = [
    (model, name)
    for model, of in REGISTRY
    for model_admin in (of, *(inline(model, admin.site) for inline in of.inlines))
    for model, name in [(model_admin.model, name) for name in model_admin.autocomplete_fields]
]


def count_queries(client: Client, address: str, data: dict[str, str] | None = None) -> int:
    """How many queries the page takes; it must answer 200, and write nothing."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address, data)
        assert response.status_code == 200, (address, response.status_code)
        assert response.content
    assert [query["sql"] for query in captured if WRITE.match(query["sql"])] == [], address
    return len(captured)


def admin_pages(model: Any, model_admin: Any) -> Iterator[tuple[str, str]]:
    """Every page of a model, by name; the newest row stands for all."""
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    rows = model._default_manager.order_by("pk")
    listing = reverse(f"{base}_changelist")
    yield "list", listing
    yield "second page", f"{listing}?p=1"
    if model_admin.search_fields:
        yield "search", f"{listing}?q=ford+rivers"
    for name in model_admin.sortable_by or ():
        yield f"ordered by {name}", f"{listing}?o={[*model_admin.list_display].index(name) + 1}"
    yield "add", reverse(f"{base}_add")
    row = rows.last()
    if row is not None:
        for what in ("change", "history", "delete"):
            yield what, reverse(f"{base}_{what}", args=[row.pk])
        if hasattr(model, "history"):
            version = row.history.first()
            if version:
                yield "version", reverse(f"{base}_simple_history", args=[row.pk, version.pk])


def is_forbidden(model_admin: Any, what: str, client: Client) -> bool:
    """Whether the page is closed to everybody: what nobody adds or deletes."""
    request = RequestFactory().get("/")
    request.user = User.objects.get(username="editor")
    row = model_admin.model._default_manager.order_by("pk").last()
    return (what == "add" and not model_admin.has_add_permission(request)) or (
        what == "delete" and not model_admin.has_delete_permission(request, row)
    )


def query_counts(client: Client, model: Any, model_admin: Any, *, in_each_order: bool) -> dict[str, int]:
    """Queries of every page of this model."""
    result = {}
    for what, address in admin_pages(model, model_admin):
        if what.startswith("ordered by") and not in_each_order:
            continue
        if is_forbidden(model_admin, what, client):
            assert client.get(address).status_code == 403, address
        else:
            result[what] = count_queries(client, address)
    return result


def test_query_count_of_every_page_is_constant(client: Client, editor: User) -> None:
    create_sample_rows(1, by=editor)
    change_sample_rows(editor)

    def measured(*, in_each_order: bool) -> dict[str, int]:
        return {
            f"{model.__name__} {what}": queries
            for model, model_admin in REGISTRY
            for what, queries in query_counts(client, model, model_admin, in_each_order=in_each_order).items()
        }

    ContentType.objects.get_for_models(*(model for model, _ in REGISTRY))  # what Django looks up once and remembers
    one = measured(in_each_order=False) if COUNTS_QUERIES else {}
    create_sample_rows(2, by=editor)
    three = measured(in_each_order=True)
    assert not one or three == {page: one[re.sub(r" ordered by .*", " list", page)] for page in three}
    assert {page: n for page, n in three.items() if page.endswith(" list") and n > 8} == {}


def filter_parameters(client: Client, model: Any, *, every_value: bool) -> Iterator[tuple[str, dict[str, str]]]:
    """Every filter of the list, with its last value or with all of them."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    changelist = client.get(address).context["cl"]
    for spec in changelist.filter_specs:
        for parameter in spec.expected_parameters():
            field = getattr(spec, "field", None)
            if getattr(field, "remote_field", None):
                row = field.remote_field.model._default_manager.order_by("pk").last()
                values = ["1"] if parameter.endswith("isnull") else [str(row.pk)]
            elif field is not None:
                values = [str(value) for value, _ in field.flatchoices] or ["1", "0"]
            else:
                values = [str(value) for value, _ in spec.lookup_choices]
            for value in values if every_value else values[-1:]:
                yield address, {parameter: value}


@pytest.mark.parametrize("every_value", [False, pytest.param(True, marks=pytest.mark.nightly)])
def test_query_count_of_every_filter_is_constant(client: Client, editor: User, every_value: bool) -> None:
    create_sample_rows(3, by=editor)
    query = [each for model, _ in REGISTRY for each in filter_parameters(client, model, every_value=every_value)]
    few = [count_queries(client, address, data) for address, data in query] if COUNTS_QUERIES else []
    create_sample_rows(3, by=editor)
    many = [count_queries(client, address, data) for address, data in query]
    assert not few or [(each, was, now) for each, was, now in zip(query, few, many, strict=True) if was != now] == []
    assert {model.__name__ for model, of in REGISTRY if of.list_filter} <= {
        model.__name__ for model, _ in REGISTRY for address, _ in query if f"/{model._meta.model_name}/" in address
    }


def test_query_count_of_every_autocomplete_is_constant(client: Client, editor: User) -> None:
    create_sample_rows(3, by=editor)
    address = reverse("admin:autocomplete")
    query = [
        {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field}
        for model, field in AUTOCOMPLETES
    ]
    three = [count_queries(client, address, data | {"term": "a"}) for data in query]
    create_sample_rows(3, by=editor)
    assert [count_queries(client, address, data | {"term": "a"}) for data in query] == three
    assert all(client.get(address, data).json()["results"] for data in query)


def test_no_foreign_key_lists_all_rows(client: Client, editor: User) -> None:
    for model, model_admin in REGISTRY:
        if model._meta.app_label != "claims":
            continue
        for of in (model_admin, *(inline(model, admin.site) for inline in model_admin.inlines)):
            request = request_by(editor)
            form = of.get_formset(request).form if hasattr(of, "get_formset") else of.get_form(request)
            for name, field in form.base_fields.items():
                if hasattr(field, "queryset") and field.queryset.model not in {Rating, Group}:  # both are few
                    assert name in of.autocomplete_fields, f"{of}.{name}"


def request_by(editor: User) -> Any:
    request = RequestFactory().get("/")
    request.user = editor
    return request
