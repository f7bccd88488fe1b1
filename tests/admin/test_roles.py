"""Who may do what: every address of the admin, every step and every action, for everybody who could ask.

The tables say the lowest role that gets in. They are compared with what the address resolver and the admin classes
have: an address, a step or an action that is not in a table fails, so that none is forgotten.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
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

from claims.admin.review import acts
from claims.export.lists import TABLES
from claims.models import Anchor, Claim, Comment, Operation, Rating, SavedView, Snapshot
from tests import factories as make
from tests.admin.dump import everything
from tests.admin.world import fill


class Role(IntEnum):
    """From those who may do least; each may do what the ones before may."""

    ANYBODY = 0
    STAFF = 1
    REPORTER = 2
    EDITOR = 3
    APPROVER = 4
    CHIEF = 5
    SUPERUSER = 6
    NOBODY = 7


ANYBODY, STAFF, REPORTER, EDITOR, APPROVER, CHIEF, SUPERUSER, NOBODY = Role
PEOPLE = [role for role in Role if role != NOBODY]


@dataclass(frozen=True)
class Rights:
    """The lowest role that may look at rows of a model, add, change and delete them, and take its steps and actions."""

    look: Role
    add: Role = NOBODY
    change: Role = NOBODY
    delete: Role = NOBODY
    restore: Role | None = None  # a former state; where not said, who may change
    steps: dict[str, Role] = field(default_factory=dict)
    actions: dict[str, Role] = field(default_factory=dict)


MODELS = {
    "claims.quote": Rights(
        REPORTER,
        change=EDITOR,
        steps=dict.fromkeys(("accept", "reject", "pending"), EDITOR),
        actions=dict.fromkeys(("accept", "reject", "put_back", "change_quotes"), EDITOR),
    ),
    "claims.claim": Rights(
        REPORTER,
        add=EDITOR,
        change=EDITOR,
        delete=CHIEF,
        steps={"suggest": EDITOR, "retract": APPROVER},
        actions={
            "export_csv": REPORTER,
            "change_chosen": EDITOR,
            "merge_chosen": EDITOR,
            "retract_chosen": APPROVER,
        },
    ),
    "claims.claimamendment": Rights(
        REPORTER, restore=EDITOR, steps={"publish": APPROVER, "discard": APPROVER}
    ),  # a colleague's
    "claims.claimrelation": Rights(REPORTER, add=EDITOR, restore=EDITOR, steps={"confirm": EDITOR, "dismiss": EDITOR}),
    "claims.comment": Rights(REPORTER, steps=dict.fromkeys(("done", "again", "take-back"), REPORTER)),
    "claims.correction": Rights(REPORTER),
    "claims.mergesuggestion": Rights(
        REPORTER,
        steps=dict.fromkeys(("into-first", "into-second", "not-the-same"), CHIEF),
        actions=dict.fromkeys(("into_first", "into_second", "not_the_same"), CHIEF),
    ),
    "claims.rating": Rights(REPORTER, add=CHIEF, change=CHIEF, delete=CHIEF),
    "claims.savedview": Rights(REPORTER, delete=CHIEF),  # of a colleague's, shared
    "claims.source": Rights(REPORTER, add=REPORTER, change=EDITOR, actions={"read_anew": EDITOR}),
    "claims.speaker": Rights(REPORTER, add=EDITOR, change=EDITOR, delete=CHIEF, actions={"merge_chosen": CHIEF}),
    "claims.speakermerge": Rights(REPORTER, steps={"undo": CHIEF}, actions={"undo": CHIEF}),
    "claims.topic": Rights(REPORTER, add=EDITOR, change=EDITOR, delete=CHIEF),
    "claims.verification": Rights(
        REPORTER,
        add=EDITOR,
        change=EDITOR,  # a draft; deleted by its author only
        steps={"submit": EDITOR, **dict.fromkeys(("publish", "send-back", "withdraw"), APPROVER)},
    ),
    "auth.user": Rights(CHIEF, add=CHIEF, change=CHIEF),  # one without rights
    "auth.group": Rights(
        CHIEF, add=SUPERUSER, change=SUPERUSER, delete=SUPERUSER, actions={"delete_selected": SUPERUSER}
    ),
    "axes.accessattempt": Rights(CHIEF, delete=CHIEF),
    "axes.accesslog": Rights(CHIEF),
}
Rows = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """An address: who may look (GET), who may do (POST), and what it takes to be asked for, made of the rows."""

    name: str
    look: Role
    do: Role
    arguments: Callable[[Rows], dict[str, Any]] = lambda rows: {}
    query: Callable[[Rows], str] = lambda rows: ""
    posted: Callable[[Rows], dict[str, Any]] = lambda rows: {}


def of(label: str, **more: Any) -> Callable[[Rows], dict[str, Any]]:
    """The address has the key of the row of this model."""
    return lambda rows: {"pk": rows[label].pk, **more}


def in_its_text(rows: Rows) -> dict[str, Any]:
    return {"pk": rows["claims.quote"].snapshot_id}


def the_quote(rows: Rows) -> dict[str, Any]:
    return {"quote": rows["claims.quote"].pk}


def settling(rows: Rows) -> dict[str, Any]:
    anchor = Anchor.objects.waiting().select_related("snapshot").earliest("pk")
    return {"pk": anchor.snapshot.source_id, "anchor": anchor.pk}


def two_texts(rows: Rows) -> str:
    texts = Snapshot.objects.filter(source=settling(rows)["pk"])
    return f"?old={texts.earliest('pk').pk}&new={texts.latest('pk').pk}"


def two_speakers(rows: Rows) -> str:
    pair = rows["claims.mergesuggestion"]
    return f"?first={pair.first_id}&second={pair.second_id}"


def another_claim(rows: Rows) -> str:
    return f"?other={Claim.objects.exclude(pk=rows['claims.claim'].pk).earliest('pk').pk}"


CLAIM, QUOTE, SOURCE = of("claims.claim"), of("claims.quote"), of("claims.source")
ACTS = {
    **dict.fromkeys(("accept", "reject", "pending", "speaker", "new-speaker", "words", "split", "join"), EDITOR),
    "take-over": EDITOR,
    "skip": REPORTER,
}
FIELD = "app_label=claims&model_name=quote&field_name=speaker"
PLACES = [
    Place("index", STAFF, STAFF),
    Place("login", ANYBODY, ANYBODY),
    Place("logout", NOBODY, STAFF),
    Place("password_change", STAFF, STAFF),
    Place("password_change_done", STAFF, NOBODY),
    Place(
        "autocomplete",
        REPORTER,
        NOBODY,
        query=lambda rows: "?app_label=claims&model_name=quote&field_name=speaker&term=",
    ),
    Place("jsi18n", STAFF, NOBODY),
    Place("search", STAFF, STAFF),
    Place("view_on_site", NOBODY, NOBODY, lambda rows: {"content_type_id": 1, "object_id": "1"}),
    Place("app_list", REPORTER, REPORTER, lambda rows: {"app_label": "claims"}),
    Place("auth_user_password_change", CHIEF, CHIEF, lambda rows: {"id": rows["auth.user"].pk}),
    Place("claims_comment_write", REPORTER, REPORTER, of("claims.quote", kind="quote")),
    Place("claims_comment_people", REPORTER, NOBODY),
    Place(
        "claims_savedview_save",
        NOBODY,
        REPORTER,
        posted=lambda rows: {"listing": "claims.claim", "query": "", "name": "Mine"},
    ),
    Place("claims_speaker_merge", CHIEF, CHIEF, query=two_speakers),
    Place("claims_claim_split", EDITOR, EDITOR, CLAIM),
    Place("claims_claim_merge", EDITOR, EDITOR, CLAIM, query=another_claim),
    Place("claims_claim_take", NOBODY, EDITOR, CLAIM, posted=the_quote),
    Place("claims_claim_own", NOBODY, EDITOR, posted=the_quote),
    Place("claims_claim_relate", NOBODY, EDITOR, CLAIM, posted=lambda rows: {"other": Claim.objects.earliest("pk").pk}),
    Place("claims_claim_undo", NOBODY, NOBODY, lambda rows: {"pk": Operation.objects.earliest("pk").pk}),  # another's
    Place("claims_claim_import", EDITOR, EDITOR),
    Place("claims_quote_import", EDITOR, EDITOR),
    Place("claims_source_compare", REPORTER, REPORTER, lambda rows: {"pk": settling(rows)["pk"]}, two_texts),
    Place("claims_source_settle", EDITOR, EDITOR, settling),
    Place("claims_source_reading", EDITOR, EDITOR, SOURCE),
    Place("claims_review", REPORTER, NOBODY),
    Place("claims_review_text", REPORTER, NOBODY, in_its_text),
    Place("claims_review_speakers", REPORTER, NOBODY),
    Place("claims_review_preview", NOBODY, REPORTER, in_its_text),
    Place("claims_review_add", NOBODY, REPORTER, in_its_text),
    Place("claims_review_undo", NOBODY, REPORTER),
    Place("claims_review_hold", NOBODY, EDITOR, QUOTE),
    Place("claims_review_source", EDITOR, EDITOR, SOURCE),
    *(Place("claims_review_act", NOBODY, role, of("claims.quote", name=act)) for act, role in ACTS.items()),
]
# Addresses without a name, by their route, at which nothing is.
NAMELESS = {"(?P<url>.*)$", "<path:object_id>/"}


def patterns(found: Any, before: str = "") -> Iterator[tuple[str, str | None]]:
    """Every address of the admin: its route and its name."""
    for each in found:
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns, before + str(each.pattern))
        elif isinstance(each, URLPattern):
            yield str(each.pattern), each.name


def names_of(model: Any, model_admin: Any) -> dict[str, str]:
    """The addresses that a model has by Django, its history and its steps: what each is for."""
    base = f"{model._meta.app_label}_{model._meta.model_name}"
    return {f"{base}_{what}": what for what in WHAT} | {f"{base}_{what}": what for what in MORE}


MORE = ("simple_history", "step", "export")
WHAT = ("changelist", "add", "change", "delete", "history")
REGISTRY = {model._meta.label_lower: (model, of) for model, of in admin.site._registry.items()}


def test_every_address_has_a_row() -> None:
    of_models = {name for model, of in REGISTRY.values() for name in names_of(model, of)}
    found = list(patterns(admin.site.urls[0]))
    assert {name for _, name in found if name} - of_models == {place.name for place in PLACES}
    assert set(ACTS) == set(acts.ACTS)
    assert {route for route, name in found if not name} <= NAMELESS


def test_every_model_step_and_action_has_a_row(db: None) -> None:
    assert set(MODELS) == set(REGISTRY)
    request = asked_by(User.objects.create_superuser("chief", password="p"), "/")
    for label, (_, model_admin) in REGISTRY.items():
        assert {step.name for step in getattr(model_admin, "steps", ())} == set(MODELS[label].steps), label
        assert set(model_admin.get_actions(request)) == set(actions_of(label)), label


def actions_of(label: str) -> dict[str, Role]:
    """The model's own, and where its list is exported, that of the rows ticked."""
    exported = REGISTRY[label][0] in TABLES and REGISTRY[label][1].actions is not None
    look = MODELS[label].look
    return MODELS[label].actions | ({"rows_as_csv": look, "rows_as_xlsx": look} if exported else {})


@pytest.fixture
def rows(editor: User) -> dict[str, Any]:
    """By model, a row that may be changed and deleted by whoever may do so at all; none is the asker's own."""
    fill(1, by=editor)
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


@pytest.fixture(params=PEOPLE, ids=lambda role: role.name.lower())
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


def asked_by(user: Any, path: str, posted: dict[str, Any] | None = None) -> HttpRequest:
    factory = RequestFactory()
    request: Any = factory.get(path) if posted is None else factory.post(path, posted)
    request.user, request.session = user, SessionStore()
    request._messages, request._dont_enforce_csrf_checks = FallbackStorage(request), True
    return request


def gets_in(user: Any, path: str, posted: dict[str, Any] | None = None) -> bool:
    """Whether the view does anything else than send this person away. What it does is taken back."""
    request = asked_by(user, path, posted)
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


def expected(rows: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], Role, Role]]:
    """Every address, what is posted to it, who may look and who may do."""
    for label, rights in MODELS.items():
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
            exports = rights.look if model in TABLES else NOBODY
            for form in ("csv", "xlsx"):
                yield reverse(f"{base}_export", args=[form]), {}, exports, exports
        for name, role in rights.steps.items():
            yield reverse(f"{base}_step", args=[row.pk, name]), {}, role, role
    for place in PLACES:
        path = reverse(f"admin:{place.name}", kwargs=place.arguments(rows)) + place.query(rows)
        yield path, place.posted(rows), place.look, place.do


def test_who_may_look_and_who_may_do(asker: tuple[Role, Any], rows: dict[str, Any]) -> None:
    role, user = asker
    wrong = []
    for path, posted, look, do in expected(rows):
        for verb, lowest, given in (("GET", look, None), ("POST", do, posted)):
            if gets_in(user, path, given) != (role >= lowest):
                wrong.append(f"{verb} {path}: {role.name} {'gets in' if role < lowest else 'is sent away'}")
    assert wrong == []


def test_who_is_offered_which_action_and_no_other_is_run(asker: tuple[Role, Any], rows: dict[str, Any]) -> None:
    role, user = asker
    before = everything()
    for label, rights in MODELS.items():
        model, model_admin = REGISTRY[label]
        page = reverse(f"admin:{label.replace('.', '_')}_changelist")
        offered = set(model_admin.get_actions(asked_by(user, page))) if role >= rights.look else set()
        assert offered == {name for name, lowest in actions_of(label).items() if role >= lowest}, label
        ids = list(model._default_manager.values_list("pk", flat=True))
        for name in set(actions_of(label)) - offered:
            posted = {"action": name, "_selected_action": ids, "reason": "?", "post": "yes"}
            request = asked_by(user, page, posted)
            try:
                resolve(page).func(request)
            except PermissionDenied:
                continue
    assert everything() == before


def test_the_walk_reaches_what_it_is_for(rows: dict[str, Any]) -> None:
    assert len(list(expected(rows))) > 100
    somebody = User.objects.create_user("somebody", password="p", is_staff=True)
    assert gets_in(somebody, reverse("admin:index"))
    assert not gets_in(somebody, reverse("admin:claims_quote_changelist"))
