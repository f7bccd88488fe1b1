"""Permissions of the review screen, and GET requests change nothing."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from claims.admin.review.review_actions import REVIEW_ACTIONS
from claims.models import Operation, Quote, QuoteDecision
from claims.services.history.optimistic_lock import get_version
from tests import factories as make
from tests import verifications
from tests.admin.admin_client import client_in_group, displayed_messages
from tests.admin.review.review_client import QUEUE_URL, post_review_action, selection_json, stored_decision
from tests.services.quotes.quoted_text import TEXT, make_quote_of
from tests.table_contents import dump_database

pytestmark = pytest.mark.django_db


def all_review_posts(quote: Quote) -> list[tuple[str, dict[str, Any]]]:
    """Every address that takes a POST, with what it needs to do something."""
    snapshot, other, speaker = quote.snapshot, make_quote_of(quote.snapshot, "are dry."), make.SpeakerFactory()
    Quote.objects.filter(pk=other.pk).update(speaker=quote.speaker)
    data: dict[str, dict[str, Any]] = {
        "reject": {"why": "duplicate"},
        "link": {"claim": make.QuoteFactory(accepted=True).claim_id},
        "speaker": {"speaker": speaker.pk},
        "new-speaker": {"name": "Bo Chan", "kind": "person"},
        "words": {"selection": selection_json(snapshot, "Ford added")},
        "split": {"at": quote.start + 3},
        "join": {"other": other.pk},
        "tie": {"counterpart": make.QuoteFactory().pk},
    }
    acts = [(reverse("admin:claims_review_act", args=[quote.pk, name]), data.get(name, {})) for name in REVIEW_ACTIONS]
    return [
        *acts,
        (reverse("admin:claims_review_add", args=[snapshot.pk]), {"selection": selection_json(snapshot, "Ford")}),
        (reverse("admin:claims_review_hold", args=[quote.pk]), {}),
        (
            reverse("admin:claims_review_source", args=[snapshot.source_id]),
            {"seen": f"{quote.pk}-{get_version(quote)}"},
        ),
    ]


def test_view_permission_allows_no_change(quote: Quote) -> None:
    client = Client()
    user = User.objects.create_user("reader", password="p", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_quote"))
    client.force_login(user)
    page = client.get(QUEUE_URL, {"quote": quote.pk})
    assert page.status_code == 200
    for button in ("fb-review-accept", "fb-review-reject", "data-mode", 'fb-review-speaker" ', "fb-review-take-over"):
        assert f'id="{button}' not in page.content.decode()
    posted = all_review_posts(quote)
    before = dump_database()
    answers = {address: client.post(address, given).status_code for address, given in posted}
    assert {address: status for address, status in answers.items() if status != 403} == {
        reverse("admin:claims_review_act", args=[quote.pk, "skip"]): 302
    }
    assert dump_database() == before


def test_no_access_without_view_permission(quote: Quote) -> None:
    nobody = Client()
    nobody.force_login(User.objects.create_user("nobody", password="p", is_staff=True))
    addresses = [
        QUEUE_URL,
        f"{QUEUE_URL}?quote={quote.pk}",
        reverse("admin:claims_review_text", args=[quote.snapshot_id]) + "?first=0&last=10",
        reverse("admin:claims_review_speakers") + "?q=a",
        reverse("admin:claims_review_source", args=[quote.snapshot.source_id]),
    ]
    posted = [*all_review_posts(quote), (reverse("admin:claims_review_preview", args=[quote.snapshot_id]), {})]
    assert {nobody.get(address).status_code for address in addresses} == {403}
    assert {nobody.post(address, given).status_code for address, given in posted} == {403}
    assert {Client().get(address).status_code for address in addresses} == {302}
    assert {Client().post(address, given).status_code for address, given in posted} == {302}


def test_reporter_can_suggest_but_not_decide(quote: Quote) -> None:
    reporter = client_in_group("Reporter")
    address = reverse("admin:claims_review_add", args=[quote.snapshot_id])
    data = {"selection": selection_json(quote.snapshot, "Ford added"), "speaker": quote.speaker_id}
    assert reporter.post(address, data | {"accept": "1"}).status_code == 403
    assert Quote.objects.count() == 1
    assert reporter.post(address, data).status_code == 302
    added = Quote.objects.latest("pk")
    assert (added.exact, added.decision) == ("Ford added", "pending")
    assert post_review_action(reporter, "accept", added).status_code == 403
    operation = Operation.objects.get()
    reporter.post(reverse("admin:claims_review_undo"), {"operation": operation.pk})
    assert Quote.objects.count() == 1, "what one suggested one may take back"


@pytest.mark.parametrize("group", ["Editor", "Approver", "Chief"])
def test_editors_can_use_every_action(quote: Quote, group: str) -> None:
    client = client_in_group(group)
    for address, given in all_review_posts(quote):
        Quote.objects.filter(pk=quote.pk).update(
            decision="pending", rejection_reason="", decided_by=None, decided_at=None
        )
        assert client.post(address, given).status_code in {200, 302}, address
    assert 'data-mode="words"' in client.get(QUEUE_URL, {"quote": quote.pk}).content.decode()


def test_operation_of_another_editor_cannot_be_undone(quote: Quote, client: Client, colleague: Client) -> None:
    post_review_action(client, "accept", quote)
    operation = Operation.objects.get()
    assert colleague.post(reverse("admin:claims_review_undo"), {"operation": operation.pk}).status_code == 404
    assert stored_decision(quote) == "accepted"


def test_looking_changes_nothing(quote: Quote, client: Client) -> None:
    before = dump_database()
    for address in (
        QUEUE_URL,
        f"{QUEUE_URL}?quote={quote.pk}",
        f"{QUEUE_URL}?decision=all&mine=1&confidence=high&speaker=none",
        reverse("admin:claims_review_text", args=[quote.snapshot_id]) + "?first=0&last=10",
        reverse("admin:claims_review_speakers") + "?q=ford",
        reverse("admin:claims_review_source", args=[quote.snapshot.source_id]),
    ):
        assert client.get(address).status_code in {200, 302}, address
    preview = reverse("admin:claims_review_preview", args=[quote.snapshot_id])
    assert client.post(preview, {"selection": selection_json(quote.snapshot, "Ford")}).status_code == 200
    assert dump_database() == before
    for name in REVIEW_ACTIONS:
        assert client.get(reverse("admin:claims_review_act", args=[quote.pk, name])).status_code == 405
    assert dump_database() == before


def test_public_quote_requires_permission_to_correct() -> None:
    quote = make_quote_of(make.SnapshotFactory(text=TEXT), "Roads,", accepted=True)
    verifications.make_published(quote.claim)
    junior, before = client_in_group("Editor"), dump_database()
    assert (
        "Ask someone who can correct public claims."
        in displayed_messages(post_review_action(junior, "reject", quote, why="duplicate"))[0]
    )
    assert (
        post_review_action(
            junior, "reject", quote, why="duplicate", note_text="Gone.", note_reason="Wrong."
        ).status_code
        == 403
    )
    assert dump_database() == before
    post_review_action(
        client_in_group("Approver", "senior"), "reject", quote, why="duplicate", note_text="Gone.", note_reason="Wrong."
    )
    assert stored_decision(quote) == "rejected"


def test_change_permission_is_not_enough_to_decide(quote: Quote) -> None:
    user = User.objects.create_user("somebody", password="p", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_quote", "change_quote"]))
    client = Client()
    client.force_login(user)
    page = client.get(reverse("admin:claims_quote_change", args=[quote.pk]))
    assert page.context["object_actions"] == []
    assert client.post(reverse("admin:claims_quote_step", args=[quote.pk, "accept"])).status_code == 403
    listing = reverse("admin:claims_quote_changelist")
    client.post(listing, {"action": "accept", "_selected_action": [quote.pk]})
    assert stored_decision(quote) == QuoteDecision.PENDING
