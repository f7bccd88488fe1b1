"""Restoring fields of an earlier version through the services that change them."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from claims.models import (
    Claim,
    ClaimState,
    Correction,
    Evidence,
    Operation,
    Position,
    Quote,
    QuoteDecision,
    Rating,
    SitePage,
    Source,
    Speaker,
    SpeakerName,
    Topic,
    Verification,
    VerificationState,
)
from claims.services.claims.claim_release import release_claim
from claims.services.claims.corrections import PublicNote, PublicNoteRequiredError
from claims.services.errors import RefusedError
from claims.services.history import audit, optimistic_lock, revisions
from claims.services.history.field_labels import format_minute
from claims.services.history.optimistic_lock import ChangedError
from claims.services.history.restore import RESTORABLE_FIELDS, restore_fields
from claims.services.history.undo import undo_operation
from claims.services.quotes import speaker_assignment
from claims.services.quotes.decisions import decide_quotes
from claims.services.speakers import directory
from claims.services.speakers.merge import merge_speakers
from tests import factories as make
from tests import verifications
from tests.table_contents import dump_app

pytestmark = pytest.mark.django_db

NOTE = PublicNote("The wording was restored.", "It was wrong.")


def first_key(row: Any) -> str:
    """The key of the row's oldest history entry."""
    return str(row.history.order_by("history_id").first().history_id)


def save_values(row: Any, editor: User, **values: Any) -> Any:
    """Store these values, with a history entry."""
    for name, value in values.items():
        setattr(row, name, value)
    audit.update([row], list(values), user=editor, reason="changed")
    return row


def restore(row: Any, *names: str, editor: User, key: str = "", **more: Any) -> list[str]:
    labels = restore_fields(row=row, key=key or first_key(row), names=names, editor=editor, **more)
    row.refresh_from_db()
    return labels


NEW_VALUES = [
    (make.ClaimFactory, {"text": "Reworded.", "said_on": None}),
    (make.QuoteFactory, {"role": "Minister", "outlet": "Paper"}),
    (make.TopicFactory, {"name": "Other", "slug": "other", "description": "Other."}),
    (make.SourceFactory, {"title": "Other", "publisher": "Other", "language": "ru"}),
    (make.SpeakerFactory, {"description": "Other.", "wikidata_id": "Q7", "kind": "group"}),
    (make.VerificationFactory, {"explanation": "Other."}),
]


@pytest.mark.parametrize(
    ("factory", "values"), NEW_VALUES, ids=[factory._meta.model.__name__ for factory, _ in NEW_VALUES]
)
def test_fields_are_restored_with_history(factory: Any, values: dict[str, Any], editor: User) -> None:
    row = factory()
    row.refresh_from_db()
    before = {name: getattr(row, name) for name in values}
    save_values(row, editor, **values)
    entries = row.history.count()
    restore(row, *values, editor=editor)
    assert {name: getattr(row, name) for name in values} == before
    newest = row.history.first()
    assert row.history.count() == entries + 1
    at = row.history.last().history_date
    assert (newest.history_user, newest.history_change_reason) == (
        editor,
        f"restored from {format_minute(at)}",
    )


def test_only_the_selected_fields_are_restored(editor: User) -> None:
    topic = make.TopicFactory(name="Rivers", slug="rivers")
    save_values(topic, editor, name="Streams", slug="streams")
    assert restore(topic, "name", editor=editor) == ["name"]
    assert (topic.name, topic.slug) == ("Rivers", "streams")


def test_topics_are_restored_with_history(editor: User) -> None:
    claim, (old, new) = make.ClaimFactory(), make.TopicFactory.create_batch(2)
    audit.set_topics([claim], {claim.pk: [old.pk]}, user=editor, reason="topics")
    key = str(claim.history.first().history_id)
    audit.set_topics([claim], {claim.pk: [new.pk]}, user=editor, reason="topics")
    restore(claim, "topics", editor=editor, key=key)
    assert list(claim.topics.all()) == [old]
    assert [row.topic for row in claim.history.first().topics.all()] == [old]


def test_a_deleted_topic_cannot_be_restored(editor: User) -> None:
    claim, topic = make.ClaimFactory(), make.TopicFactory()
    audit.set_topics([claim], {claim.pk: [topic.pk]}, user=editor, reason="topics")
    key = str(claim.history.first().history_id)
    audit.set_topics([claim], {claim.pk: []}, user=editor, reason="topics")
    topic.delete()
    with pytest.raises(RefusedError, match="topics has been deleted"):
        restore(claim, "topics", editor=editor, key=key)


def test_restoring_the_text_sends_the_verdict_back_to_review(editor: User) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    save_values(claim, editor, text="Reworded.")
    verifications.make_published(claim)
    with pytest.raises(PublicNoteRequiredError):
        restore(claim, "text", editor=editor)
    claim.refresh_from_db()
    assert claim.text == "Reworded."
    restore(claim, "text", editor=editor, note=NOTE)
    states = sorted(claim.verifications.values_list("state", flat=True))
    assert states == [VerificationState.SUBMITTED, VerificationState.SUPERSEDED]
    assert Correction.objects.filter(claim=claim, text=NOTE.what, reason=NOTE.why, made_by=editor).exists()


def test_restoring_the_text_of_a_proposal_confirms_it(editor: User) -> None:
    claim = make.QuoteFactory(claim__text="Rivers are full.").claim
    save_values(claim, editor, text="Rivers rise.")
    restore(claim, "text", editor=editor)
    assert (claim.text, claim.state) == ("Rivers are full.", ClaimState.DRAFT)


def test_restoring_the_release_does_not_hide_a_public_claim(editor: User) -> None:
    quote = make.QuoteFactory()
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=editor)
    release_claim(claim=quote.claim, text="Rivers rise.", editor=editor)
    with pytest.raises(RefusedError, match="Retract it with a reason"):
        restore(quote.claim, "released_at", editor=editor, note=NOTE)
    quote.claim.refresh_from_db()
    assert quote.claim.is_open


def test_a_decision_is_restored_through_its_service(editor: User) -> None:
    quote = make.QuoteFactory()
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=editor)
    restore(quote, "decision", editor=editor)
    assert (quote.decision, quote.decided_by, quote.decided_at) == (QuoteDecision.PENDING, None, None)
    key = str(quote.history.filter(decision="accepted").first().history_id)
    restore(quote, "decision", editor=editor, key=key)
    assert (quote.decision, quote.decided_by) == (QuoteDecision.ACCEPTED, editor)
    assert quote in Quote.objects.released()
    assert quote.history.first().history_change_reason.startswith("restored from ")


def test_a_decision_that_a_rule_forbids_is_not_restored(editor: User) -> None:
    quote = make.QuoteFactory()
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=editor)
    key = str(quote.history.first().history_id)
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.PENDING, editor=editor)
    Quote.objects.filter(pk=quote.pk).update(speaker=None)
    with pytest.raises(RefusedError, match="no speaker yet"):
        restore(quote, "decision", editor=editor, key=key)


def test_speaker_and_claim_are_restored_through_their_services(editor: User) -> None:
    quote = make.QuoteFactory()
    speaker, claim = quote.speaker, quote.claim
    speaker_assignment.set_speaker(quote=quote, speaker=make.SpeakerFactory(), editor=editor)
    claim.refresh_from_db()
    assert claim.speaker != speaker, "the claim of a single quote follows it"
    restore(quote, "speaker", editor=editor)
    claim.refresh_from_db()
    assert (quote.speaker, claim.speaker) == (speaker, speaker)
    assert quote.history.first().history_change_reason.startswith("restored from ")


def test_a_merged_speaker_is_not_restored(editor: User) -> None:
    quote = make.QuoteFactory()
    merge_speakers(kept=make.SpeakerFactory(), merged=quote.speaker, editor=editor)
    with pytest.raises(RefusedError, match="was merged into"):
        restore(quote, "speaker", editor=editor)
    with pytest.raises(RefusedError, match="merged or deleted"):
        restore(quote.claim, "speaker", editor=editor)


@pytest.mark.parametrize("state", [state for state in VerificationState if state != VerificationState.DRAFT])
def test_only_drafts_are_restored(state: VerificationState, editor: User) -> None:
    row = verifications.make_in_state(state)
    before = dump_app()
    with pytest.raises(RefusedError, match="only drafts can be restored"):
        restore(row, "explanation", editor=editor)
    assert dump_app() == before


def test_evidence_is_restored_and_later_evidence_stays(editor: User) -> None:
    row = make.VerificationFactory()
    kept, gone = (make.EvidenceFactory(verification=row, excerpt=text) for text in ("One.", "Two."))
    key = f"evidence-{gone.history.first().history_id}"
    save_values(kept, editor, excerpt="Changed.")
    gone.delete()
    make.EvidenceFactory(verification=row, excerpt="Three.")
    restore(row, "evidence", editor=editor, key=key)
    assert sorted(row.evidence.values_list("excerpt", flat=True)) == ["One.", "Three.", "Two."]
    assert Evidence.history.filter(history_change_reason__startswith="restored from").count() == 2
    restore(row, "evidence", editor=editor, key=key)
    assert row.evidence.count() == 4, "restored evidence is a new row"


def test_names_and_positions_are_restored(editor: User) -> None:
    speaker = directory.add_speaker(name="Lena Ford", aliases=["L. Ford"], editor=editor)
    post = audit.create([Position(speaker=speaker, title="Minister")], user=editor, reason="added")[0]
    key = f"position-{post.history.first().history_id}"
    speaker.names.get(name="L. Ford").delete()
    save_values(post, editor, title="Deputy")
    restore(speaker, "speakername", "position", editor=editor, key=key)
    assert set(speaker.names.values_list("name", flat=True)) == {"Lena Ford", "L. Ford"}
    assert speaker.names.get(name="L. Ford").key == "l. ford"
    assert speaker.positions.get().title == "Minister"


def test_restoring_the_main_name_adds_it_to_the_names(editor: User) -> None:
    speaker = directory.add_speaker(name="Lena Ford", editor=editor)
    save_values(speaker, editor, name="Lena Hill")
    SpeakerName.objects.filter(speaker=speaker).delete()
    restore(speaker, "name", editor=editor)
    assert speaker.names.get().name == speaker.name == "Lena Ford"


def test_of_a_used_rating_only_the_explanation_is_restored(editor: User) -> None:
    rating = Rating.objects.get(slug="true")
    rating.save()
    save_values(rating, editor, name="Right", explanation="Other.")
    key = first_key(rating)
    restore(rating, "name", editor=editor, key=key)
    assert rating.name == "True"
    save_values(rating, editor, name="Right")
    verifications.make_submitted()
    with pytest.raises(RefusedError, match="only its explanation can be changed"):
        restore(rating, "name", editor=editor, key=key)
    restore(rating, "explanation", editor=editor, key=key)


def refused_restores() -> list[Any]:
    def retracted(editor: User) -> tuple[Any, str]:
        claim = make.ClaimFactory(released=True)
        return save_values(claim, editor, retracted_at=claim.released_at), "text"

    def merged(editor: User) -> tuple[Any, str]:
        speaker = make.SpeakerFactory()
        merge_speakers(kept=make.SpeakerFactory(), merged=speaker, editor=editor)
        return speaker, "name"

    return [
        pytest.param(retracted, "was retracted", id="a retracted claim"),
        pytest.param(merged, "was merged into", id="a merged speaker"),
        pytest.param(lambda _: (make.QuoteFactory(), "exact"), "Set automatically", id="the quote's text"),
        pytest.param(lambda _: (make.QuoteFactory(), "decided_by"), "Set by the decision", id="who decided"),
        pytest.param(lambda _: (make.QuoteFactory(), "nonsense"), "Set automatically", id="no field"),
        pytest.param(lambda _: (make.ClaimFactory(), "retracted_at"), "A retraction is permanent", id="a retraction"),
    ]


@pytest.mark.parametrize(("prepare", "message"), refused_restores())
def test_what_cannot_be_restored(prepare: Any, message: str, editor: User) -> None:
    row, name = prepare(editor)
    before = dump_app()
    with pytest.raises(RefusedError, match=message):
        restore(row, name, editor=editor)
    assert dump_app() == before


def test_a_value_taken_by_another_row_is_refused(editor: User) -> None:
    topic = make.TopicFactory(name="Rivers")
    save_values(topic, editor, name="Streams")
    make.TopicFactory(name="Rivers")
    with pytest.raises(RefusedError, match="already exists"):
        restore(topic, "name", editor=editor)


@pytest.mark.parametrize("key", ["", "0", "abc", "-1", "9" * 30, "topic-1", "evidence-1", "\0"])
def test_an_unknown_version_is_refused(key: str, editor: User) -> None:
    topic = make.TopicFactory()
    with pytest.raises(RefusedError, match="no such version"):
        restore_fields(row=topic, key=key, names=["name"], editor=editor)


def test_a_version_of_another_row_is_refused(editor: User) -> None:
    one, other = make.TopicFactory.create_batch(2)
    with pytest.raises(RefusedError, match="no such version"):
        restore_fields(row=one, key=first_key(other), names=["name"], editor=editor)


def test_a_row_that_changed_since_is_not_overwritten(editor: User) -> None:
    topic = make.TopicFactory(name="Rivers")
    save_values(topic, editor, name="Streams")
    seen = optimistic_lock.get_state_token(topic)
    colleague = make.UserFactory(username="ann")
    save_values(topic, colleague, name="Brooks")
    with pytest.raises(ChangedError, match=r"ann changed “Brooks” at .*name: “Streams” → “Brooks”"):
        restore(topic, "name", editor=editor, seen=seen)
    assert Topic.objects.get().name == "Brooks"


def test_no_fields_is_refused(editor: User) -> None:
    with pytest.raises(RefusedError, match="Choose at least one"):
        restore(make.TopicFactory(), editor=editor)


def test_a_restore_can_be_undone(editor: User) -> None:
    claim = make.ClaimFactory(text="Rivers are full.")
    save_values(claim, editor, text="Reworded.")
    restore(claim, "text", editor=editor)
    operation = Operation.objects.get(verb="restore")
    assert operation.summary.startswith("Restored text from ")
    undo_operation(operation=operation, editor=editor)
    claim.refresh_from_db()
    assert claim.text == "Reworded."


def test_a_failure_rolls_the_restore_back(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    claim, topic = make.ClaimFactory(), make.TopicFactory()
    save_values(claim, editor, text="Reworded.")
    audit.set_topics([claim], {claim.pk: [topic.pk]}, user=editor, reason="topics")
    before = dump_app()

    def fail(*args: Any, **kwargs: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(audit, "set_topics", fail)
    with pytest.raises(ZeroDivisionError):
        restore(claim, "text", "topics", editor=editor)
    assert dump_app() == before


def test_every_restorable_field_is_tracked() -> None:
    models = [Claim, Quote, Verification, Speaker, Source, Topic, Rating, SitePage]
    assert set(RESTORABLE_FIELDS) == set(models)
    for model in models:
        assert set(RESTORABLE_FIELDS[model]) <= {name for name, _ in revisions.state_field_labels(model)}
    assert Verification in revisions.OWNED_MODELS
