"""The history of an object, the comparison of two versions, and restoring fields."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from claims.models import Claim, Quote, Topic
from claims.services.claims.public_state import GRACE_PERIOD
from claims.services.history import audit
from claims.services.quotes.decisions import decide_quotes
from claims.services.speakers import directory
from tests import factories as make
from tests import verifications
from tests.admin.admin_client import admin_url, client_in_group, displayed_messages, run_object_action


@pytest.fixture
def topic(editor: User) -> Topic:
    """A topic that was renamed twice."""
    row: Topic = make.TopicFactory(name="Rivers", slug="rivers")
    for name in ("Brooks and rivers", "Brooks and streams"):
        row.name = name
        audit.update([row], ["name"], user=editor, reason=f"now {name}")
    return row


def history_ids(row: Any) -> list[int]:
    """Of its entries, the oldest first."""
    return list(row.history.order_by("history_id").values_list("history_id", flat=True))


def login_new_user(*names: str) -> Client:
    user = make.UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(user)
    return client


def test_history_shows_who_when_what_and_why(client: Client, topic: Topic) -> None:
    page = client.get(admin_url("history", topic)).content.decode()
    assert "Brooks and <del>rivers</del><ins>streams</ins>" in page
    assert "now Brooks and streams" in page
    assert "<bdi>editor</bdi>" in page
    assert page.count('type="radio"') == 6


def test_action_appears_with_its_reason(client: Client) -> None:
    quote = make.QuoteFactory()
    run_object_action(client, "accept", quote)
    page = client.get(admin_url("history", quote)).content.decode()
    assert '<span class="fb-revision-reason" dir="auto">decided</span>' in page
    assert "<del>Pending</del><ins>Accepted</ins>" in page
    assert "Deleted" not in page


def test_history_of_speaker_includes_its_names(client: Client, editor: User) -> None:
    speaker = directory.add_speaker(name="Lena Ford", aliases=["L. Ford"], editor=editor)
    page = client.get(admin_url("history", speaker)).content.decode()
    assert "speaker name “L. Ford”" in page
    key = f"speakername-{speaker.names.get(name='L. Ford').history.get().history_id}"
    assert client.get(admin_url("simple_history", speaker, key)).status_code == 200


def test_two_versions_are_compared_older_first(client: Client, topic: Topic) -> None:
    first, second, _ = history_ids(topic)
    response = client.get(admin_url("history", topic), {"a": second, "b": first})
    assert response.url == f"{admin_url('simple_history', topic, first)}?with={second}"
    page = client.get(response.url).content.decode()
    assert "<del>Rivers</del>" in page
    assert "<ins>Brooks and rivers</ins>" in page
    assert 'name="field"' not in page, "only beside what is now, something can be restored"


def test_selected_fields_are_restored(client: Client, topic: Topic, editor: User) -> None:
    topic.slug = "streams"
    audit.update([topic], ["slug"], user=editor, reason="slug")
    page = admin_url("simple_history", topic, history_ids(topic)[0])
    shown = client.get(page)
    assert [row["name"] for row in shown.context["rows"] if row["restorable"]] == ["name", "slug"]
    response = client.post(page, {"field": ["name"], "_seen": shown.context["seen"]}, follow=True)
    assert "Restored from" in response.content.decode()
    topic.refresh_from_db()
    assert (topic.name, topic.slug) == ("Rivers", "streams")
    newest = topic.history.first()
    assert (newest.history_user, newest.history_change_reason[:14]) == (editor, "restored from ")


def test_get_restores_nothing(client: Client, topic: Topic) -> None:
    client.get(admin_url("simple_history", topic, history_ids(topic)[0]), {"field": "name", "_seen": ""})
    topic.refresh_from_db()
    assert topic.name == "Brooks and streams"


def test_refusal_is_shown_and_selection_stays(client: Client, topic: Topic) -> None:
    make.TopicFactory(name="Rivers")
    page = admin_url("simple_history", topic, history_ids(topic)[0])
    response = client.post(page, {"field": ["name"]})
    assert displayed_messages(response) == ["Topic with this Name already exists."]
    assert [row["selected"] for row in response.context["rows"]] == [True]


def test_violated_constraint_is_explained(client: Client, editor: User) -> None:
    speaker = make.SpeakerFactory(wikidata_id="Q5")
    key = history_ids(speaker)[0]
    speaker.wikidata_id = ""
    audit.update([speaker], ["wikidata_id"], user=editor, reason="moved")
    make.SpeakerFactory(wikidata_id="Q5")
    response = client.post(admin_url("simple_history", speaker, key), {"field": ["wikidata_id"]})
    assert displayed_messages(response) == ["Another speaker has this Wikidata ID. If they are the same, merge them."]


def test_concurrent_change_is_not_overwritten(client: Client, topic: Topic) -> None:
    page = admin_url("simple_history", topic, history_ids(topic)[0])
    seen = client.get(page).context["seen"]
    topic.name = "Lakes"
    audit.update([topic], ["name"], user=make.UserFactory(username="ann"), reason="lakes")
    messages = displayed_messages(client.post(page, {"field": ["name"], "_seen": seen}))
    assert "ann changed “Lakes” at " in messages[0]
    topic.refresh_from_db()
    assert topic.name == "Lakes"


def test_published_verification_cannot_be_restored(client: Client) -> None:
    row = verifications.make_published()
    page = admin_url("simple_history", row, history_ids(row)[0])
    response = client.get(page)
    assert "only drafts can be restored" in response.content.decode()
    assert 'name="field"' not in response.content.decode()
    assert "only drafts can be restored" in displayed_messages(client.post(page, {"field": ["explanation"]}))[0]


def test_public_claim_is_restored_with_a_note(client: Client, editor: User) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    former = claim.text
    claim.text = "Reworded."
    audit.update([claim], ["text"], user=editor, reason="reworded")
    verifications.make_published(claim)
    page = admin_url("simple_history", claim, history_ids(claim)[0])
    assert "public note" in displayed_messages(client.post(page, {"field": ["text"]}))[0]
    client.post(page, {"field": ["text"], "what": "The wording.", "why": "It was wrong."})
    claim.refresh_from_db()
    assert claim.text == former
    assert claim.corrections.filter(reason="It was wrong.").exists()


@pytest.mark.django_db
def test_only_who_may_correct_restores_what_readers_see() -> None:
    quote = make.QuoteFactory()
    key = history_ids(quote)[0]
    decide_quotes(quotes=[quote.pk], decision="accepted", editor=make.UserFactory())
    Quote.objects.update(decided_at=timezone.now() - 2 * GRACE_PERIOD)
    page = admin_url("simple_history", quote, key)
    data = {"field": ["decision"], "what": "The quote.", "why": "It was wrong."}
    assert client_in_group("Editor").post(page, data).status_code == 403
    assert Quote.objects.get().decision == "accepted"
    client_in_group("Approver", "senior").post(page, data)
    assert Quote.objects.get().decision == "pending"


def test_view_permission_is_not_enough_to_restore(topic: Topic) -> None:
    client = login_new_user("view_topic")
    page = admin_url("simple_history", topic, history_ids(topic)[0])
    assert client.get(admin_url("history", topic)).status_code == 200
    assert 'name="field"' not in client.get(page).content.decode()
    assert client.post(page, {"field": ["name"]}).status_code == 403
    stranger = login_new_user("view_claim")
    assert stranger.get(admin_url("history", topic)).status_code == 403
    assert stranger.get(page).status_code == 403


def test_restoring_a_decision_requires_permission_to_decide(editor: User) -> None:
    quote = make.QuoteFactory()
    Quote.objects.filter(pk=quote.pk).update(role="x")
    quote.refresh_from_db()
    quote.role, quote.decision = "Minister", "rejected"
    quote.decided_by, quote.decided_at = editor, quote.created_at
    audit.update([quote], ["role", "decision", "decided_by", "decided_at"], user=editor, reason="rejected")
    page = admin_url("simple_history", quote, history_ids(quote)[0])
    client = login_new_user("view_quote", "change_quote")
    assert [row["name"] for row in client.get(page).context["rows"] if row["restorable"]] == []
    assert client.post(page, {"field": ["decision"]}).status_code == 403
    decider = login_new_user("view_quote", "change_quote", "decide_quote")
    assert decider.post(page, {"field": ["decision"]}).status_code == 302
    quote.refresh_from_db()
    assert quote.decision == "pending"


def test_restoring_a_public_claim_requires_permission_to_correct(editor: User) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    claim.text = "Reworded."
    audit.update([claim], ["text"], user=editor, reason="reworded")
    page = admin_url("simple_history", claim, history_ids(claim)[0])
    client = login_new_user("view_claim", "change_claim")
    assert client.post(page, {"field": ["text"]}).status_code == 403
    assert Claim.objects.get(pk=claim.pk).text == "Reworded."


@pytest.mark.parametrize("key", ["0", "abc", "topic-1", "-1", "9" * 30, "%00", "evidence-1"])
def test_unknown_version_is_not_found(client: Client, topic: Topic, key: str) -> None:
    page = f"/admin/claims/topic/{topic.pk}/history/"
    assert client.get(f"{page}{key}/").status_code == 404
    assert client.post(f"{page}{key}/", {"field": "name"}).status_code == 404
    assert client.get(f"{page}{history_ids(topic)[0]}/?with={key}").status_code == 404
    assert client.get(f"{page}?a={key}&b={history_ids(topic)[0]}").status_code == 404


@pytest.mark.parametrize("number", ["0", "-1", "abc", "2", "9" * 30, "٣"])
def test_any_page_number_is_accepted(client: Client, topic: Topic, number: str) -> None:
    assert client.get(admin_url("history", topic), {"p": number}).status_code == 200


def test_history_of_deleted_object_remains(client: Client, topic: Topic) -> None:
    history, page = admin_url("history", topic), admin_url("simple_history", topic, history_ids(topic)[0])
    topic.delete()
    assert "Removed" in client.get(history).content.decode()
    assert "This object has been deleted" not in client.get(page).content.decode()
    assert client.post(page, {"field": ["name"]}).status_code == 403
    assert client.get("/admin/claims/topic/999999/history/").status_code == 404
