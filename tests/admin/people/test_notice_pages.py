"""Everybody's page of their own notifications, and the list of those that were not delivered."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from claims.models import Notice, NoticeDelivery, NoticeKind, NoticePreference
from claims.models.notice import MAX_ATTEMPTS
from claims.services.people.notices import get_preferences
from tests import factories as make
from tests.admin.admin_client import (
    admin_url,
    client_in_group,
    client_with_permissions,
    displayed_messages,
    run_object_action,
)

pytestmark = pytest.mark.django_db

MINE = "admin:claims_notice_mine"


def create_given_up_notice(**fields: Any) -> Notice:
    return Notice.objects.create(
        kind="mentioned",
        channel="email",
        recipient=fields.pop("recipient", None) or make.UserFactory(username="ben"),
        claim=make.ClaimFactory(),
        summary="eva mentioned you",
        due_at=timezone.now(),
        error="SMTPDataError: (550, b'no')",
        **{"attempts": MAX_ATTEMPTS, **fields},
    )


def test_anybody_of_the_staff_chooses_for_themselves() -> None:
    client, other = client_with_permissions(), make.UserFactory()
    user = User.objects.get(username="somebody")
    page = client.get(reverse(MINE))
    assert page.status_code == 200
    data = {kind.value: "off" for kind in NoticeKind} | {"waiting": "at-once", "user": other.pk}
    assert client.post(reverse(MINE), data).status_code == 302
    expected = dict.fromkeys(NoticeKind, NoticeDelivery.OFF) | {NoticeKind.WAITING: NoticeDelivery.AT_ONCE}
    assert get_preferences(user=user) == expected
    assert set(NoticePreference.objects.values_list("user", flat=True)) == {user.pk}
    html = client.get(reverse(MINE)).content.decode()
    assert html.count("checked") == len(NoticeKind)


@pytest.mark.parametrize("value", ["", "hourly"])
def test_an_unknown_choice_stores_nothing(value: str) -> None:
    client = client_with_permissions()
    data = {kind.value: "off" for kind in NoticeKind} | {"waiting": value}
    assert client.post(reverse(MINE), data).status_code == 200
    assert not NoticePreference.objects.exists()


def test_the_page_says_why_no_mail_comes(client: Client, editor: User, settings: Settings) -> None:
    assert "This site sends no e-mail" in client.get(reverse(MINE)).content.decode()
    settings.EMAIL_HOST = "mail.example.org"
    User.objects.filter(pk=editor.pk).update(email="")
    assert "Your account has no e-mail address" in client.get(reverse(MINE)).content.decode()
    User.objects.filter(pk=editor.pk).update(email="editor@example.org")
    assert "To editor@example.org." in client.get(reverse(MINE)).content.decode()


def test_the_account_menu_leads_to_the_page(client: Client) -> None:
    assert f'href="{reverse(MINE)}"' in client.get(reverse("admin:index")).content.decode()


def test_what_was_given_up_is_listed_and_sent_again(client: Client) -> None:
    notice = create_given_up_notice()
    waiting = create_given_up_notice(attempts=1, recipient=make.UserFactory())
    html = client.get(reverse("admin:index")).content.decode()
    assert "1 notification</a> could not be delivered." in html
    listed = client.get(admin_url("changelist", Notice), {"state": "failed"}).context["cl"].result_list
    assert list(listed) == [notice]
    assert "SMTPDataError" in client.get(admin_url("change", notice)).content.decode()
    response = run_object_action(client, "again", notice)
    assert displayed_messages(response) == ["The notification will be sent at the next occasion."]
    assert set(Notice.objects.waiting()) == {notice, waiting}
    assert "could not be delivered" not in client.get(reverse("admin:index")).content.decode()


def test_others_learn_nothing_of_undelivered_notices() -> None:
    notice, client = create_given_up_notice(), client_in_group("Approver")
    assert "could not be delivered" not in client.get(reverse("admin:index")).content.decode()
    assert client.get(admin_url("changelist", Notice)).status_code == 403
    assert run_object_action(client, "again", notice).status_code == 403
