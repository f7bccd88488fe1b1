"""Assigning in the admin: the panel on a page, the list action, the filters and the list of assignments."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.models import Assignment
from claims.services.people.assignments import assign, finish_assignment
from tests import factories as make
from tests.admin.admin_client import (
    admin_url,
    client_in_group,
    client_with_permissions,
    displayed_messages,
    run_list_action,
    run_object_action,
)

pytestmark = pytest.mark.django_db

FACTORIES: Any = pytest.mark.parametrize("factory", [make.SourceFactory, make.ClaimFactory, make.VerificationFactory])


@pytest.fixture
def ben(db: None) -> User:
    user: User = make.UserFactory(username="ben")
    user.groups.add(Group.objects.get(name="Reporter"))
    return user


def assign_url(row: Model) -> str:
    return reverse("admin:claims_assignment_assign", args=[row._meta.model_name, row.pk])


def post_assignment(client: Client, row: Model, assignee: User | None, **data: Any) -> Any:
    return client.post(assign_url(row), {"assignee": assignee.pk if assignee else "", **data})


def listed(client: Client, model: type[Model], **filters: object) -> set[int]:
    response = client.get(admin_url("changelist", model), filters)
    assert response.status_code == 200
    return {row.pk for row in response.context["cl"].result_list}


@FACTORIES
def test_an_object_is_assigned_on_its_page(client: Client, ben: User, factory: Any) -> None:
    row = factory()
    page = client.get(admin_url("change", row))
    assert "Not assigned" in page.content.decode()
    response = post_assignment(
        client, row, ben, due_on="2030-01-31", note="Before the vote.", back=page.request["PATH_INFO"]
    )
    assert response.url == admin_url("change", row)
    assert displayed_messages(response)[0].startswith('Assigned to ben. <a class="fb-link"')
    html = client.get(admin_url("change", row)).content.decode()
    for text in ("Assigned to <strong><bdi>ben</bdi></strong>", "due 2030-01-31", "Before the vote."):
        assert text in html
    assert "overdue" not in html.split('id="assignment"')[1].split("</section>")[0]


def test_an_assignment_is_taken_away(client: Client, ben: User) -> None:
    claim = make.ClaimFactory()
    post_assignment(client, claim, ben)
    assert displayed_messages(post_assignment(client, claim, None))[-1].startswith("Assigned to nobody.")
    assert not Assignment.objects.exists()


def test_the_undo_link_takes_an_assignment_back(client: Client, ben: User) -> None:
    claim = make.ClaimFactory()
    message = displayed_messages(post_assignment(client, claim, ben))[0]
    client.post(message.split('href="')[1].split('"')[0].replace("&amp;", "&"))
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"assignee": "999999"}, "Select a valid choice"),
        ({"due_on": "soon"}, "Enter a valid date"),
        ({"note": "x" * 301}, "at most 300 characters"),
    ],
)
def test_invalid_values_are_shown_in_the_form(client: Client, ben: User, data: dict[str, str], error: str) -> None:
    response = client.post(assign_url(make.ClaimFactory()), {"assignee": str(ben.pk), "note": "Kept.", **data})
    assert response.status_code == 200
    assert error in response.content.decode()
    assert not Assignment.objects.exists()


def test_only_who_may_see_the_object_is_offered(client: Client, ben: User) -> None:
    make.UserFactory(username="stranger")
    make.UserFactory(username="gone", is_active=False)
    form = client.get(admin_url("change", make.ClaimFactory())).context["assignment_form"]
    assert [user.username for user in form.fields["assignee"].queryset] == ["ben", "editor"]


def test_what_is_finished_is_refused_with_its_reason(client: Client, ben: User) -> None:
    claim = make.ClaimFactory(released=True, retracted_at=timezone.now())
    assert "was retracted and cannot be assigned" in post_assignment(client, claim, ben).content.decode()


def test_unknown_objects_are_not_found(client: Client, ben: User) -> None:
    for kind, pk in (("claim", 999_999), ("quote", 1), ("nothing", 1)):
        path = reverse("admin:claims_assignment_assign", args=[kind, pk])
        assert client.post(path, {"assignee": ben.pk}).status_code == 404


def test_reporters_see_assignments_and_finish_their_own(editor: User) -> None:
    client, claim, other = client_in_group("Reporter"), make.ClaimFactory(), make.ClaimFactory()
    member = User.objects.get(username="member")
    [own] = assign(rows=[claim], assignee=member, editor=editor)
    [theirs] = assign(rows=[other], assignee=editor, editor=editor)
    html = client.get(admin_url("change", claim)).content.decode()
    assert "Mark as done" in html
    assert assign_url(claim) not in html
    assert post_assignment(client, claim, member).status_code == 403
    assert "Mark as done" not in client.get(admin_url("change", other)).content.decode()
    assert run_object_action(client, "done", theirs).status_code == 403
    response = run_object_action(client, "done", own, back=admin_url("change", claim))
    assert (response.status_code, response.url) == (302, admin_url("change", claim))
    assert list(Assignment.objects.open()) == [theirs]


def test_assignments_are_hidden_without_the_permission(editor: User, ben: User) -> None:
    claim = make.ClaimFactory()
    assign(rows=[claim], assignee=ben, editor=editor)
    client = client_with_permissions("view_claim")
    assert 'id="assignment"' not in client.get(admin_url("change", claim)).content.decode()
    assert client.get(admin_url("changelist", Assignment)).status_code == 403


@FACTORIES
def test_selected_objects_are_assigned_at_once(client: Client, ben: User, factory: Any) -> None:
    rows = [factory() for _ in range(3)]
    page = run_list_action(client, "assign_chosen", *rows)
    assert page.status_code == 200
    assert "Assign 3 " in page.content.decode()
    assert not Assignment.objects.exists()
    response = run_list_action(client, "assign_chosen", *rows, assignee=ben.pk, due_on="2030-01-31", note="")
    assert displayed_messages(response)[0].startswith("3 assigned to ben.")
    assert {assignment.subject for assignment in Assignment.objects.open()} == set(rows)
    run_list_action(client, "assign_chosen", *rows[:2], assignee="", due_on="", note="")
    assert Assignment.objects.open().get().subject == rows[2]


def test_one_refused_object_refuses_all(client: Client, ben: User) -> None:
    claims = [make.ClaimFactory(), make.ClaimFactory(released=True, retracted_at=timezone.now())]
    response = run_list_action(client, "assign_chosen", *claims, assignee=ben.pk)
    assert "cannot be assigned" in displayed_messages(response)[0]
    assert not Assignment.objects.exists()


@FACTORIES
def test_lists_are_filtered_by_assignee(client: Client, editor: User, ben: User, factory: Any) -> None:
    mine, late, done, free = (factory() for _ in range(4))
    today = timezone.now().date()
    assign(rows=[mine], assignee=editor, editor=ben, due_on=today)
    assign(rows=[late], assignee=ben, editor=editor, due_on=today - dt.timedelta(days=1))
    [finished] = assign(rows=[done], assignee=ben, editor=editor, due_on=today - dt.timedelta(days=1))
    finish_assignment(assignment=finished, editor=ben)
    model = factory._meta.model
    assert listed(client, model, assigned="me") == {mine.pk}
    assert listed(client, model, assignment__assignee__id__exact=ben.pk) == {late.pk}
    assert listed(client, model, assigned="overdue") == {late.pk}
    assert listed(client, model, assigned="nobody") == {done.pk, free.pk}
    everything = {mine.pk, late.pk, done.pk, free.pk}
    assert listed(client, model, assigned="something else") >= everything
    html = client.get(admin_url("changelist", model)).content.decode()
    assert f'<span class="fb-badge fb-badge-bad">due {late.assignment.due_on}</span>' in html


def test_the_list_of_assignments(client: Client, editor: User, ben: User) -> None:
    source, claim, verification = make.SourceFactory(), make.ClaimFactory(), make.VerificationFactory()
    [mine] = assign(rows=[source], assignee=editor, editor=ben)
    [late] = assign(rows=[claim], assignee=ben, editor=editor, due_on=timezone.now().date() - dt.timedelta(days=1))
    [done] = assign(rows=[verification], assignee=ben, editor=editor)
    finish_assignment(assignment=done, editor=ben)
    assert listed(client, Assignment) == {mine.pk, late.pk}
    assert listed(client, Assignment, assigned="me") == {mine.pk}
    assert listed(client, Assignment, assigned="overdue") == {late.pk}
    assert listed(client, Assignment, assigned="done") == {done.pk}
    assert listed(client, Assignment, assigned="all") == {mine.pk, late.pk, done.pk}
    assert listed(client, Assignment, assignee__id__exact=ben.pk) == {late.pk}
    page = client.get(admin_url("changelist", Assignment))
    assert [row.pk for row in page.context["cl"].result_list] == [late.pk, mine.pk], "without a due date last"
    assert f'href="{admin_url("change", claim)}"' in page.content.decode()


def test_the_badge_counts_own_open_assignments(client: Client, editor: User, ben: User) -> None:
    assign(rows=[make.ClaimFactory(), make.ClaimFactory()], assignee=editor, editor=ben)
    assign(rows=[make.ClaimFactory()], assignee=ben, editor=editor)
    items = client.get(reverse("admin:index")).context["sidebar_navigation"][0]["items"]
    assert next(item for item in items if item["title"] == "Assignments")["badge"] == "2"


def test_filters_by_person_find_colleagues_by_name(ben: User) -> None:
    User.objects.filter(pk=ben.pk).update(email="someone@example.org")
    query = {"app_label": "claims", "model_name": "assignment", "field_name": "assignee"}
    url = reverse("admin:autocomplete")
    client = client_in_group("Reporter")
    assert [row["text"] for row in client.get(url, query | {"term": "be"}).json()["results"]] == ["ben", "member"]
    assert client.get(url, query | {"term": "someone"}).json()["results"] == [], "not by their address"
    assert client.get(reverse("admin:auth_user_changelist")).status_code == 403
    assert client_with_permissions("view_claim").get(url, query | {"term": ""}).status_code == 403
