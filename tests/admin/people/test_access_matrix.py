"""The access matrix of the admin, checked for every role with every view, object action and list action.

The tables name the lowest role with access. They are compared with the URL resolver and the admin classes, so that a
view or action that is missing from a table fails.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, Group, User
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, resolve, reverse

from claims.admin.review import review_actions
from claims.export.tabular.admin_tables import ADMIN_TABLES
from claims.models import Comment, Rating, SavedView
from tests import factories as make
from tests.admin.people.access_matrix import (
    ANYBODY,
    ASKING_ROLES,
    CHIEF,
    MODEL_ACCESS,
    NOBODY,
    REVIEW_ACTION_ROLES,
    STAFF,
    SUPERUSER,
    UNNAMED_ROUTES,
    URL_ACCESS,
    Role,
)
from tests.admin.sample_data import create_sample_rows
from tests.table_contents import dump_database


def url_patterns(patterns: Any) -> Iterator[tuple[str, str | None]]:
    """The route and name of every URL."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from url_patterns(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield str(pattern.pattern), pattern.name


def url_names(model: Any) -> set[str]:
    """The names of the URLs that every model has."""
    base = f"{model._meta.app_label}_{model._meta.model_name}"
    return {f"{base}_{view}" for view in STANDARD_VIEWS + EXTRA_VIEWS}


EXTRA_VIEWS = ("simple_history", "step", "export")


STANDARD_VIEWS = ("changelist", "add", "change", "delete", "history")


REGISTRY = {model._meta.label_lower: (model, model_admin) for model, model_admin in admin.site._registry.items()}


def test_every_url_is_in_the_matrix() -> None:
    model_urls = {name for model, _ in REGISTRY.values() for name in url_names(model)}
    patterns = list(url_patterns(admin.site.urls[0]))
    assert {name for _, name in patterns if name} - model_urls == {access.name for access in URL_ACCESS}
    assert set(REVIEW_ACTION_ROLES) == set(review_actions.REVIEW_ACTIONS)
    assert {route for route, name in patterns if not name} <= UNNAMED_ROUTES


def test_every_model_and_action_is_in_the_matrix(db: None) -> None:
    assert set(MODEL_ACCESS) == set(REGISTRY)
    request = request_as(User.objects.create_superuser("chief", password="p"), "/")
    for label, (_, model_admin) in REGISTRY.items():
        names = {action.name for action in getattr(model_admin, "object_actions", ())}
        assert names == set(MODEL_ACCESS[label].object_actions), label
        assert set(model_admin.get_actions(request)) == set(list_actions(label)), label


def list_actions(label: str) -> dict[str, Role]:
    """The list actions of a model, including the export where there is one."""
    has_export = REGISTRY[label][0] in ADMIN_TABLES and REGISTRY[label][1].actions is not None
    view = MODEL_ACCESS[label].view
    return MODEL_ACCESS[label].list_actions | ({"rows_as_csv": view, "rows_as_xlsx": view} if has_export else {})


@pytest.fixture
def rows(editor: User) -> dict[str, Any]:
    """An object of each model that can be changed and deleted, and does not belong to the user."""
    create_sample_rows(1, by=editor)
    newest = {label: model._default_manager.order_by("pk").last() for label, (model, _) in REGISTRY.items()}
    return newest | {
        "claims.claim": make.ClaimFactory(),
        "claims.comment": Comment.objects.filter(taken_back_at=None).last(),
        "claims.rating": Rating.objects.create(name="Half", slug="half", value=3),
        "claims.savedview": SavedView.objects.create(name="Theirs", listing="claims.claim", owner=editor, shared=True),
        "claims.speaker": make.SpeakerFactory(),
        "claims.topic": make.TopicFactory(),
        "claims.verification": make.VerificationFactory(),
        "auth.user": User.objects.create_user("plain", password="p", is_staff=True),
    }


@pytest.fixture(params=ASKING_ROLES, ids=lambda role: role.name.lower())
def role_and_user(request: pytest.FixtureRequest, db: None) -> tuple[Role, Any]:
    role: Role = request.param
    if role == ANYBODY:
        return role, AnonymousUser()
    user = User.objects.create_user(f"the-{role.name.lower()}", password="p", is_staff=True)
    if role == SUPERUSER:
        user.is_superuser = True
        user.save()
    elif role > STAFF:
        user.groups.add(Group.objects.get(name=role.name.capitalize()))
    return role, user


def request_as(user: Any, path: str, data: dict[str, Any] | None = None) -> HttpRequest:
    factory = RequestFactory()
    request: Any = factory.get(path) if data is None else factory.post(path, data)
    request.user, request.session = user, SessionStore()
    request._messages, request._dont_enforce_csrf_checks = FallbackStorage(request), True
    return request


def is_allowed(user: Any, path: str, data: dict[str, Any] | None = None) -> bool:
    """Whether the view lets the user in. Its changes are rolled back."""
    request = request_as(user, path, data)
    request.resolver_match = match = resolve(request.path)
    with transaction.atomic():
        try:
            response = match.func(request, *match.args, **match.kwargs)
        except (PermissionDenied, Http404):
            return False
        except BadRequest:
            return True  # the user was let in, but the data is invalid
        finally:
            transaction.set_rollback(True)
    for close in response._resource_closers:  # of files that are not read here
        close()
    if response.status_code == 302 and not user.is_authenticated:
        return False  # to the login
    is_missing = (
        response.status_code == 302 and response.url == reverse("admin:index") and path != reverse("admin:login")
    )
    assert not is_missing, f"{path}: the object does not exist"
    return bool(response.status_code < 400) and not (
        response.status_code == 302 and response.url.startswith(f"{reverse('admin:login')}?")
    )


def expected_access(rows: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], Role, Role]]:
    """Every URL with the data to post, and the lowest roles for GET and POST."""
    for label, access in MODEL_ACCESS.items():
        model = REGISTRY[label][0]
        row, base = rows[label], f"admin:{label.replace('.', '_')}"
        allowed = {
            "changelist": (access.view, access.view),
            "add": (access.add, access.add),
            "change": (access.view, access.change),
            "delete": (access.delete, access.delete),
            "history": (access.view, access.view),
        }
        for view, (get, post) in allowed.items():
            args = [] if view in {"changelist", "add"} else [row.pk]
            yield reverse(f"{base}_{view}", args=args), {}, get, post
        version = row.history.first() if hasattr(model, "history") else None
        if version:
            restore = access.change if access.restore is None else access.restore
            yield reverse(f"{base}_simple_history", args=[row.pk, version.pk]), {}, access.view, restore
        if label.split(".")[0] != "auth":
            exports = access.view if model in ADMIN_TABLES else NOBODY
            for form in ("csv", "xlsx"):
                yield reverse(f"{base}_export", args=[form]), {}, exports, exports
        for name, role in access.object_actions.items():
            yield reverse(f"{base}_step", args=[row.pk, name]), {}, role, role
    for url in URL_ACCESS:
        path = reverse(f"admin:{url.name}", kwargs=url.arguments(rows)) + url.query(rows)
        yield path, url.data(rows), url.get, url.post


def test_access_to_every_url(role_and_user: tuple[Role, Any], rows: dict[str, Any]) -> None:
    role, user = role_and_user
    wrong = []
    for path, data, get, post in expected_access(rows):
        for method, lowest, form_data in (("GET", get, None), ("POST", post, data)):
            if role == SUPERUSER and lowest <= CHIEF:
                continue  # a superuser has every permission of a chief
            if is_allowed(user, path, form_data) != (role >= lowest):
                wrong.append(f"{method} {path}: {role.name} {'has' if role < lowest else 'has no'} access")
    assert wrong == []


def test_list_actions_are_offered_and_run_only_with_access(
    role_and_user: tuple[Role, Any], rows: dict[str, Any]
) -> None:
    role, user = role_and_user
    before = dump_database()
    for label, access in MODEL_ACCESS.items():
        model, model_admin = REGISTRY[label]
        page = reverse(f"admin:{label.replace('.', '_')}_changelist")
        offered = set(model_admin.get_actions(request_as(user, page))) if role >= access.view else set()
        assert offered == {name for name, lowest in list_actions(label).items() if role >= lowest}, label
        ids = list(model._default_manager.values_list("pk", flat=True))
        for name in set(list_actions(label)) - offered:
            data = {"action": name, "_selected_action": ids, "reason": "?", "post": "yes"}
            request = request_as(user, page, data)
            try:
                resolve(page).func(request)
            except PermissionDenied:
                continue
    assert dump_database() == before


def test_matrix_is_complete_and_is_allowed_distinguishes(rows: dict[str, Any]) -> None:
    assert len(list(expected_access(rows))) > 100
    somebody = User.objects.create_user("somebody", password="p", is_staff=True)
    assert is_allowed(somebody, reverse("admin:index"))
    assert not is_allowed(somebody, reverse("admin:claims_quote_changelist"))
