"""Bulk editing: only selected fields change, in one operation."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import (
    Claim,
    Correction,
    Operation,
    Quote,
)
from tests import factories as make
from tests.admin.admin_client import displayed_messages, run_list_action
from tests.admin.claims.claim_pages import PUBLIC_NOTE, create_public_claim, response_text

pytestmark = pytest.mark.django_db


def bulk_form_data(*names: str, **values: object) -> dict[str, object]:
    data = {f"bulk-{name}": value for name, value in values.items()}
    return data | {f"bulk-set_{name}": "on" for name in names} | {"bulk-apply": "1"}


def test_page_shows_the_count_and_a_sample(client: Client) -> None:
    claims = make.ClaimFactory.create_batch(12)
    response = run_list_action(client, "change_chosen", *claims)
    assert "Change 12 claims" in response_text(response)
    assert "and 2 more" in response_text(response)
    assert not Operation.objects.exists()


def test_only_selected_fields_are_changed(client: Client) -> None:
    claims, topic, speaker = make.ClaimFactory.create_batch(2), make.TopicFactory(), make.SpeakerFactory()
    data = bulk_form_data("add_topics", "said_on", add_topics=[topic.pk], said_on="2025-05-16", speaker=speaker.pk)
    messages = displayed_messages(run_list_action(client, "change_chosen", *claims, **data))
    address_of_undo = reverse("admin:claims_claim_undo", args=[Operation.objects.get().pk])
    assert messages[0].startswith("2 changed.")
    assert address_of_undo in messages[0]
    for claim in Claim.objects.all():
        assert (claim.said_on, list(claim.topics.all())) == (dt.date(2025, 5, 16), [topic])
        assert claim.speaker != speaker, "chosen, and not ticked"
    assert "2 claims changed" in response_text(client.get(address_of_undo))
    assert Claim.objects.filter(said_on__isnull=False).count() == 2, "looking undoes nothing"
    client.post(address_of_undo)
    assert not Claim.objects.filter(said_on__isnull=False).exists()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (bulk_form_data(said_on="2025-05-16"), "Select at least one field to change."),
        (bulk_form_data("add_topics"), "Choose a value, or deselect this field."),
        (bulk_form_data("said_on", said_on="soon"), "Enter a valid date."),
        (bulk_form_data("publication", publication="shred"), "Select a valid choice."),
        (bulk_form_data("speaker", speaker="999999"), "Select a valid choice."),
        (bulk_form_data("publication", publication="retract"), "Retracting requires a public note"),
    ],
    ids=["nothing-ticked", "ticked-and-empty", "no-date", "no-such-state", "no-such-speaker", "no-note"],
)
def test_invalid_form_changes_nothing(client: Client, data: dict[str, object], why: str) -> None:
    claim = create_public_claim()
    response = run_list_action(client, "change_chosen", claim, **data)
    assert why in response_text(response)
    assert response.context["form"]["set_said_on"].value() == ("bulk-set_said_on" in data), "ticks are kept"
    assert not Operation.objects.exists()


def test_topic_cannot_be_both_added_and_removed(client: Client) -> None:
    claim, topic = make.ClaimFactory(), make.TopicFactory()
    data = bulk_form_data("add_topics", "remove_topics", add_topics=[topic.pk], remove_topics=[topic.pk])
    assert "both added and removed" in response_text(run_list_action(client, "change_chosen", claim, **data))


def test_public_claims_are_changed_with_one_note(client: Client) -> None:
    claims = [create_public_claim(), create_public_claim()]
    data = bulk_form_data("said_on", said_on="2025-05-16")
    assert "These claims are public" in response_text(run_list_action(client, "change_chosen", *claims, **data))
    assert not Claim.objects.filter(said_on__isnull=False).exists()
    run_list_action(client, "change_chosen", *claims, **data, **PUBLIC_NOTE)
    assert Claim.objects.filter(said_on__isnull=False).count() == Correction.objects.count() == 2


def test_bulk_retraction_requires_permission_to_correct(client: Client, junior: Client) -> None:
    claims = [create_public_claim(), make.ClaimFactory()]
    data = bulk_form_data("publication", publication="retract") | PUBLIC_NOTE
    assert "Ask someone who can correct" in response_text(run_list_action(junior, "change_chosen", *claims, **data))
    messages = displayed_messages(run_list_action(client, "change_chosen", *claims, **data))
    assert messages[0].startswith("1 changed")
    assert "nothing to retract" in messages[1]
    assert Claim.objects.retracted_stubs().get() == claims[0]


def test_change_speaker_of_several_quotes(client: Client) -> None:
    quotes, speaker = make.QuoteFactory.create_batch(2), make.SpeakerFactory()
    assert "Change 2 quotes" in response_text(run_list_action(client, "change_quotes", *quotes))
    run_list_action(client, "change_quotes", *quotes, **bulk_form_data("speaker", speaker=speaker.pk))
    assert Quote.objects.filter(speaker=speaker).count() == 2


def test_too_many_rows_are_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.admin.common.bulk_edit.MAX_BULK_ROWS", 2)
    messages = displayed_messages(run_list_action(client, "change_chosen", *make.ClaimFactory.create_batch(3)))
    assert messages == ["Select at most 2 rows."]
