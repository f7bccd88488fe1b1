"""Optimistic locking of forms: a conflicting save is refused, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils import timezone

from claims.models import Claim, Position, Quote, Rating, Source, Speaker, Topic, Verification
from claims.services.history import audit
from claims.services.history.undo import last_operation, undo_operation
from claims.services.speakers.descriptions import update_names_and_positions
from claims.services.verification.workflow import submit_verification
from tests import factories as make
from tests import verifications
from tests.admin.admin_client import admin_url
from tests.concurrency import run_overlapping


@pytest.fixture
def ann(db: None) -> User:
    user: User = make.UserFactory(username="ann")
    return user


def filled_form(client: Client, row: Any) -> dict[str, Any]:
    """What the row's form would send, unchanged."""
    context = client.get(admin_url("change", row)).context
    forms = [context["adminform"].form]
    data: dict[str, Any] = {"_seen": context["seen"]}
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if hasattr(value, "year") and hasattr(value, "hour"):
                data |= {f"{bound.html_name}_0": f"{value:%Y-%m-%d}", f"{bound.html_name}_1": f"{value:%H:%M:%S}"}
            elif value is not None:
                data[bound.html_name] = (
                    [getattr(each, "pk", each) for each in value] if isinstance(value, list) else value
                )
    return data


CASES = [
    pytest.param(make.TopicFactory, "description", id="topic"),
    pytest.param(make.SourceFactory, "title", id="source"),
    pytest.param(make.SpeakerFactory, "description", id="speaker"),
    pytest.param(make.ClaimFactory, "text", id="claim"),
    pytest.param(make.QuoteFactory, "role", id="quote"),
    pytest.param(make.VerificationFactory, "explanation", id="verification"),
]


@pytest.mark.parametrize(("factory", "field"), CASES)
def test_conflicting_save_is_refused(client: Client, ann: User, factory: Any, field: str) -> None:
    row, theirs, mine = factory(), "Theirs.", "Mine."
    data = filled_form(client, row)
    setattr(row, field, theirs)
    audit.update([row], [field], user=ann, reason="mended")
    response = client.post(admin_url("change", row), data | {field: mine})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Your changes were not saved" in page
    assert "<bdi>ann</bdi>" in page
    assert "mended" in page
    assert f"<ins>{theirs}</ins>" in page or f"<ins>{theirs.rstrip('.')}</ins>" in page
    assert response.context["adminform"].form[field].value() == mine
    assert f'href="{admin_url("change", row)}" target="_blank"' in page
    row.refresh_from_db()
    assert getattr(row, field) == theirs
    again = client.post(admin_url("change", row), data | {field: mine, "_seen": response.context["seen"]})
    assert again.status_code == 200, "nor is it saved the second time"


@pytest.mark.parametrize(("factory", "field"), CASES)
def test_save_without_conflict(client: Client, ann: User, factory: Any, field: str) -> None:
    row, theirs, mine = factory(), "Theirs.", "Mine."
    data = filled_form(client, row)
    audit.update([row], [], user=ann, reason="touched")
    assert client.post(admin_url("change", row), data | {field: mine}).status_code == 302
    row.refresh_from_db()
    assert getattr(row, field) == mine
    assert client.post(admin_url("change", row), data | {field: theirs}).status_code == 200, "once a form"


def test_name_added_concurrently_is_a_conflict(client: Client, ann: User) -> None:
    speaker = make.SpeakerFactory()
    data = filled_form(client, speaker)
    make.SpeakerNameFactory(speaker=speaker, name="L. Ford")
    page = client.post(admin_url("change", speaker), data | {"description": "Mine."})
    assert "speaker name “L. Ford”" in page.content.decode()
    assert Speaker.objects.get(pk=speaker.pk).description == ""


def test_topics_added_concurrently_are_a_conflict(client: Client, ann: User) -> None:
    claim, topic = make.ClaimFactory(), make.TopicFactory(name="Water")
    data = filled_form(client, claim)
    audit.set_topics([claim], {claim.pk: [topic.pk]}, user=ann, reason="given")
    page = client.post(admin_url("change", claim), data | {"text": "Mine."}).content.decode()
    assert "<ins>Water</ins>" in page
    assert list(claim.topics.all()) == [topic]


@pytest.mark.parametrize(("factory", "field"), CASES)
def test_change_of_object_without_history_is_a_conflict(client: Client, ann: User, factory: Any, field: str) -> None:
    row = factory()
    row.history.all().delete()  # as bulk-loaded rows are
    data = filled_form(client, row)
    setattr(row, field, "Theirs.")
    audit.update([row], [field], user=ann, reason="mended")
    page = client.post(admin_url("change", row), data | {field: "Mine."}).content.decode()
    assert "Your changes were not saved" in page
    assert "<bdi>ann</bdi>" in page
    assert "mended" in page
    row.refresh_from_db()
    assert getattr(row, field) == "Theirs."


def test_typed_text_is_kept_when_the_form_is_no_longer_editable(client: Client, ann: User) -> None:
    row = verifications.make_draft()
    data = filled_form(client, row) | {"explanation": "An hour's work."}
    submit_verification(verification=row, editor=row.author)
    response = client.post(admin_url("change", row), data)
    page = response.content.decode()
    assert response.status_code == 200
    assert "An hour&#x27;s work." in page
    assert "<del>Draft</del><ins>Submitted</ins>" in page
    row.refresh_from_db()
    assert row.explanation == "Two gauges show it."


def test_typed_text_is_kept_when_the_claim_was_retracted(client: Client, ann: User) -> None:
    claim = make.ClaimFactory(released=True)
    data = filled_form(client, claim) | {"text": "An hour's work."}
    claim.retracted_at = timezone.now()
    audit.update([claim], ["retracted_at"], user=ann, reason="retracted")
    page = client.post(admin_url("change", claim), data).content.decode()
    assert "Your changes were not saved" in page
    assert "An hour&#x27;s work." in page


@pytest.mark.parametrize("seen", ["", "x", "1.2.3", "9" * 40, "-1", "\0", "<script>"])
def test_invalid_state_token_is_refused(client: Client, seen: str) -> None:
    topic = make.TopicFactory()
    response = client.post(admin_url("change", topic), {"name": "Forged", "slug": "forged", "_seen": seen})
    assert response.status_code == 200
    assert "Reload the page" in response.content.decode()
    assert Topic.objects.get().name != "Forged"


def test_typed_text_is_kept_when_a_service_refuses(client: Client) -> None:
    quote = make.QuoteFactory(accepted=True, claim__released_at=timezone.now() + timezone.timedelta(days=1))
    other = make.ClaimFactory()
    data = filled_form(client, quote) | {"role": "An hour of work.", "claim": other.pk}
    response = client.post(admin_url("change", quote), data)
    assert "is not public, and its quote would become public" in response.content.decode()
    assert response.context["adminform"].form["role"].value() == "An hour of work."
    assert "data-fb-unsaved" in response.content.decode()
    quote.refresh_from_db()
    assert (quote.role, quote.claim_id == other.pk) == ("", False)


def test_every_form_with_history_has_a_state_token(client: Client, editor: User) -> None:
    rows = [make.QuoteFactory(), make.ClaimFactory(), make.VerificationFactory(), make.TopicFactory()]
    rows += [make.SpeakerFactory(), make.SourceFactory(), Rating.objects.first()]
    assert {type(row) for row in rows} == {Quote, Claim, Verification, Topic, Speaker, Source, Rating}
    for row in rows:
        assert 'name="_seen"' in client.get(admin_url("change", row)).content.decode(), row


Change = Callable[[], object]


def prepare_description(speaker: Speaker, ann: User) -> Change:
    speaker.description = "Theirs."
    return lambda: audit.update([speaker], ["description"], user=ann, reason="mended")


def prepare_undo_of_position(speaker: Speaker, ann: User) -> Change:
    position = Position.objects.create(speaker=speaker, title="Minister")
    position.title = "Mayor"
    update_names_and_positions(speaker=speaker, saved=[position], deleted=[], editor=ann)
    operation = last_operation(ann)
    assert operation
    return lambda: undo_operation(operation=operation, editor=ann)


if connection.vendor == "postgresql":  # SQLite runs one writing transaction at a time

    @pytest.mark.both_databases
    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("prepare", [prepare_description, prepare_undo_of_position])
    def test_change_committed_while_the_form_is_saved_is_a_conflict(
        client: Client, editor: User, ann: User, prepare: Callable[[Speaker, User], Change]
    ) -> None:
        """The form waits for the lock on the speaker, and compares versions only then."""
        speaker = make.SpeakerFactory()
        change = prepare(speaker, ann)
        data = filled_form(client, speaker)
        data |= {name: "Mine." for name in data if name in {"description", "positions-0-title"}}

        response = run_overlapping(change, lambda: client.post(admin_url("change", speaker), data))
        assert "Your changes were not saved" in response.content.decode()
        for model in (Speaker, Position):
            assert not model.history.filter(history_user=editor)
