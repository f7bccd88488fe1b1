"""Many rows changed at once: only what is ticked, the count first, one operation."""

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
    given = {f"bulk-{name}": value for name, value in values.items()}
    return given | {f"bulk-set_{name}": "on" for name in names} | {"bulk-apply": "1"}


def test_the_count_and_some_of_them_are_shown_first(client: Client) -> None:
    claims = make.ClaimFactory.create_batch(12)
    shown = run_list_action(client, "change_chosen", *claims)
    assert "Change 12 claims" in response_text(shown)
    assert "and 2 more" in response_text(shown)
    assert not Operation.objects.exists()


def test_only_what_is_ticked_is_touched(client: Client) -> None:
    claims, topic, speaker = make.ClaimFactory.create_batch(2), make.TopicFactory(), make.SpeakerFactory()
    given = bulk_form_data("add_topics", "said_on", add_topics=[topic.pk], said_on="2025-05-16", speaker=speaker.pk)
    told = displayed_messages(run_list_action(client, "change_chosen", *claims, **given))
    address_of_undo = reverse("admin:claims_claim_undo", args=[Operation.objects.get().pk])
    assert told[0].startswith("2 changed.")
    assert address_of_undo in told[0]
    for claim in Claim.objects.all():
        assert (claim.said_on, list(claim.topics.all())) == (dt.date(2025, 5, 16), [topic])
        assert claim.speaker != speaker, "chosen, and not ticked"
    assert "2 claims changed" in response_text(client.get(address_of_undo))
    assert Claim.objects.filter(said_on__isnull=False).count() == 2, "looking undoes nothing"
    client.post(address_of_undo)
    assert not Claim.objects.filter(said_on__isnull=False).exists()


@pytest.mark.parametrize(
    ("given", "why"),
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
def test_what_makes_no_sense_changes_nothing(client: Client, given: dict[str, object], why: str) -> None:
    claim = create_public_claim()
    response = run_list_action(client, "change_chosen", claim, **given)
    assert why in response_text(response)
    assert response.context["form"]["set_said_on"].value() == ("bulk-set_said_on" in given), "ticks are kept"
    assert not Operation.objects.exists()


def test_a_topic_is_not_both_added_and_removed(client: Client) -> None:
    claim, topic = make.ClaimFactory(), make.TopicFactory()
    given = bulk_form_data("add_topics", "remove_topics", add_topics=[topic.pk], remove_topics=[topic.pk])
    assert "both added and removed" in response_text(run_list_action(client, "change_chosen", claim, **given))


def test_what_readers_see_is_changed_in_bulk_with_one_note(client: Client) -> None:
    claims = [create_public_claim(), create_public_claim()]
    given = bulk_form_data("said_on", said_on="2025-05-16")
    assert "These claims are public" in response_text(run_list_action(client, "change_chosen", *claims, **given))
    assert not Claim.objects.filter(said_on__isnull=False).exists()
    run_list_action(client, "change_chosen", *claims, **given, **PUBLIC_NOTE)
    assert Claim.objects.filter(said_on__isnull=False).count() == Correction.objects.count() == 2


def test_retracting_in_bulk_is_for_those_who_may_correct(client: Client, junior: Client) -> None:
    claims = [create_public_claim(), make.ClaimFactory()]
    given = bulk_form_data("publication", publication="retract") | PUBLIC_NOTE
    assert "Ask someone who can correct" in response_text(run_list_action(junior, "change_chosen", *claims, **given))
    told = displayed_messages(run_list_action(client, "change_chosen", *claims, **given))
    assert told[0].startswith("1 changed")
    assert "nothing to retract" in told[1]
    assert Claim.objects.retracted_stubs().get() == claims[0]


def test_the_speaker_of_many_quotes(client: Client) -> None:
    quotes, speaker = make.QuoteFactory.create_batch(2), make.SpeakerFactory()
    assert "Change 2 quotes" in response_text(run_list_action(client, "change_quotes", *quotes))
    run_list_action(client, "change_quotes", *quotes, **bulk_form_data("speaker", speaker=speaker.pk))
    assert Quote.objects.filter(speaker=speaker).count() == 2


def test_more_than_can_be_looked_at_are_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.admin.common.bulk_edit.MAX_BULK_ROWS", 2)
    told = displayed_messages(run_list_action(client, "change_chosen", *make.ClaimFactory.create_batch(3)))
    assert told == ["Select at most 2 rows."]
