"""Who may do what: every address of the admin, every step and every action, for everybody who could ask.

The tables say the lowest role that gets in. They are compared with what the address resolver and the admin classes
have: an address, a step or an action that is not in a table fails, so that none is forgotten.
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


def url_patterns(found: Any, before: str = "") -> Iterator[tuple[str, str | None]]:
    """Every address of the admin: its route and its name."""
    for each in found:
        if isinstance(each, URLResolver):
            yield from url_patterns(each.url_patterns, before + str(each.pattern))
        elif isinstance(each, URLPattern):
            yield str(each.pattern), each.name


def url_names(model: Any, model_admin: Any) -> dict[str, str]:
    """The addresses that a model has by Django, its history and its steps: what each is for."""
    base = f"{model._meta.app_label}_{model._meta.model_name}"
    return {f"{base}_{what}": what for what in STANDARD_VIEWS} | {f"{base}_{what}": what for what in EXTRA_VIEWS}


EXTRA_VIEWS = ("simple_history", "step", "export")


STANDARD_VIEWS = ("changelist", "add", "change", "delete", "history")


REGISTRY = {model._meta.label_lower: (model, of) for model, of in admin.site._registry.items()}


def test_every_address_has_a_row() -> None:
    of_models = {name for model, of in REGISTRY.values() for name in url_names(model, of)}
    found = list(url_patterns(admin.site.urls[0]))
    assert {name for _, name in found if name} - of_models == {place.name for place in URL_ACCESS}
    assert set(REVIEW_ACTION_ROLES) == set(review_actions.REVIEW_ACTIONS)
    assert {route for route, name in found if not name} <= UNNAMED_ROUTES


def test_every_model_step_and_action_has_a_row(db: None) -> None:
    assert set(MODEL_ACCESS) == set(REGISTRY)
    request = request_as(User.objects.create_superuser("chief", password="p"), "/")
    for label, (_, model_admin) in REGISTRY.items():
        assert {step.name for step in getattr(model_admin, "object_actions", ())} == set(MODEL_ACCESS[label].steps), (
            label
        )
        assert set(model_admin.get_actions(request)) == set(list_actions(label)), label


def list_actions(label: str) -> dict[str, Role]:
    """The model's own, and where its list is exported, that of the rows ticked."""
    exported = REGISTRY[label][0] in ADMIN_TABLES and REGISTRY[label][1].actions is not None
    look = MODEL_ACCESS[label].look
    return MODEL_ACCESS[label].actions | ({"rows_as_csv": look, "rows_as_xlsx": look} if exported else {})


@pytest.fixture
def rows(editor: User) -> dict[str, Any]:
    """By model, a row that may be changed and deleted by whoever may do so at all; none is the asker's own."""
    create_sample_rows(1, by=editor)
    chosen = {label: model._default_manager.order_by("pk").last() for label, (model, _) in REGISTRY.items()}
    return chosen | {
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
def asker(request: pytest.FixtureRequest, db: None) -> tuple[Role, Any]:
    """Somebody of each role."""
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


def request_as(user: Any, path: str, posted: dict[str, Any] | None = None) -> HttpRequest:
    factory = RequestFactory()
    request: Any = factory.get(path) if posted is None else factory.post(path, posted)
    request.user, request.session = user, SessionStore()
    request._messages, request._dont_enforce_csrf_checks = FallbackStorage(request), True
    return request


def is_allowed(user: Any, path: str, posted: dict[str, Any] | None = None) -> bool:
    """Whether the view does anything else than send this person away. What it does is taken back."""
    request = request_as(user, path, posted)
    found = resolve(request.path)
    request.resolver_match = found
    with transaction.atomic():
        try:
            answer = found.func(request, *found.args, **found.kwargs)
        except (PermissionDenied, Http404):
            return False
        except BadRequest:
            return True  # let in, and not understood
        finally:
            transaction.set_rollback(True)
    for close in answer._resource_closers:  # of a file that nobody reads here
        close()
    if answer.status_code == 302 and not user.is_authenticated:
        return False  # to the login
    gone = answer.status_code == 302 and answer.url == reverse("admin:index") and path != reverse("admin:login")
    assert not gone, f"{path}: there is no such row"
    return bool(answer.status_code < 400) and not (
        answer.status_code == 302 and answer.url.startswith(f"{reverse('admin:login')}?")
    )


def expected_access(rows: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], Role, Role]]:
    """Every address, what is posted to it, who may look and who may do."""
    for label, rights in MODEL_ACCESS.items():
        model = REGISTRY[label][0]
        row, base = rows[label], f"admin:{label.replace('.', '_')}"
        allowed = {
            "changelist": (rights.look, rights.look),
            "add": (rights.add, rights.add),
            "change": (rights.look, rights.change),
            "delete": (rights.delete, rights.delete),
            "history": (rights.look, rights.look),
        }
        for what, (look, do) in allowed.items():
            yield reverse(f"{base}_{what}", args=[] if what in {"changelist", "add"} else [row.pk]), {}, look, do
        version = row.history.first() if hasattr(model, "history") else None
        if version:
            restore = rights.change if rights.restore is None else rights.restore
            yield reverse(f"{base}_simple_history", args=[row.pk, version.pk]), {}, rights.look, restore
        if label.split(".")[0] != "auth":
            exports = rights.look if model in ADMIN_TABLES else NOBODY
            for form in ("csv", "xlsx"):
                yield reverse(f"{base}_export", args=[form]), {}, exports, exports
        for name, role in rights.steps.items():
            yield reverse(f"{base}_step", args=[row.pk, name]), {}, role, role
    for place in URL_ACCESS:
        path = reverse(f"admin:{place.name}", kwargs=place.arguments(rows)) + place.query(rows)
        yield path, place.posted(rows), place.look, place.do


def test_who_may_look_and_who_may_do(asker: tuple[Role, Any], rows: dict[str, Any]) -> None:
    role, user = asker
    wrong = []
    for path, posted, look, do in expected_access(rows):
        for verb, lowest, given in (("GET", look, None), ("POST", do, posted)):
            if is_allowed(user, path, given) != (role >= lowest):
                wrong.append(f"{verb} {path}: {role.name} {'gets in' if role < lowest else 'is sent away'}")
    assert wrong == []


def test_who_is_offered_which_action_and_no_other_is_run(asker: tuple[Role, Any], rows: dict[str, Any]) -> None:
    role, user = asker
    before = dump_database()
    for label, rights in MODEL_ACCESS.items():
        model, model_admin = REGISTRY[label]
        page = reverse(f"admin:{label.replace('.', '_')}_changelist")
        offered = set(model_admin.get_actions(request_as(user, page))) if role >= rights.look else set()
        assert offered == {name for name, lowest in list_actions(label).items() if role >= lowest}, label
        ids = list(model._default_manager.values_list("pk", flat=True))
        for name in set(list_actions(label)) - offered:
            posted = {"action": name, "_selected_action": ids, "reason": "?", "post": "yes"}
            request = request_as(user, page, posted)
            try:
                resolve(page).func(request)
            except PermissionDenied:
                continue
    assert dump_database() == before


def test_the_walk_reaches_what_it_is_for(rows: dict[str, Any]) -> None:
    assert len(list(expected_access(rows))) > 100
    somebody = User.objects.create_user("somebody", password="p", is_staff=True)
    assert is_allowed(somebody, reverse("admin:index"))
    assert not is_allowed(somebody, reverse("admin:claims_quote_changelist"))
