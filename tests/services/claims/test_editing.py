"""Claims reworded, amended as drafts, suggested as related, and changed in bulk."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, ClaimAmendment, ClaimRelation, Correction, Operation, Quote, Verification
from claims.services.claims.bulk_changes import BulkChanges, PublicationChange, bulk_change_claims, bulk_set_speaker
from claims.services.claims.correction_drafts import (
    discard_correction_draft,
    publish_correction_draft,
    save_correction_draft,
)
from claims.services.claims.corrections import GRACE_PERIOD, PublicNote, PublicNoteRequiredError, retract_claim
from claims.services.claims.editing import add_claim, edit_claim
from claims.services.claims.relations import dismiss_relation, suggest_relations
from claims.services.errors import RefusedError
from tests import factories as make
from tests import verifications
from tests.services.history.undo_last import undo_last
from tests.table_contents import dump_models

pytestmark = pytest.mark.django_db

DAY = dt.date(2025, 5, 16)
NOTE = PublicNote("The wording.", "It was unclear.")


@pytest.fixture
def editor() -> User:
    return make.UserFactory()


def make_public_claim() -> Claim:
    """A claim that readers have seen for a while."""
    claim = make.QuoteFactory(accepted=True).claim
    Claim.objects.filter(pk=claim.pk).update(released_at=timezone.now() - 2 * GRACE_PERIOD)
    return Claim.objects.get(pk=claim.pk)


def make_retracted_claim() -> Claim:
    claim = make_public_claim()
    retract_claim(claim=claim, editor=make.UserFactory(), reason="A hoax.")
    return claim


def dump_claims() -> dict[str, object]:
    topics = Claim.topics.through.objects.order_by("claim", "topic").values_list("claim", "topic")
    return dump_models("Claim", "Quote", "ClaimAmendment", "ClaimRelation") | {"topics": list(topics)}


# --- Rewording ------------------------------------------------------------------------------------------------------


def test_a_claim_is_reworded_and_described_and_all_of_it_undone(editor: User) -> None:
    claim, topic, speaker = make.QuoteFactory().claim, make.TopicFactory(), make.SpeakerFactory()
    quotes = dump_models("Quote", without=())
    before = dump_claims()
    edit_claim(
        claim=claim,
        changes={"text": " Rivers rise. ", "speaker": speaker, "said_on": DAY},
        topics=[topic.pk],
        editor=editor,
    )
    claim.refresh_from_db()
    assert (claim.text, claim.speaker, claim.said_on) == ("Rivers rise.", speaker, DAY)
    assert list(claim.topics.all()) == [topic]
    assert dump_models("Quote", without=()) == quotes, "the quotes never change"
    latest = claim.history.latest()
    assert (latest.history_user, [row.topic for row in latest.topics.all()]) == (editor, [topic])
    undo_last(editor, NOTE)
    assert dump_claims() == before


def test_readers_are_told_of_a_new_wording_and_its_verdict_goes_back(editor: User) -> None:
    verdict = verifications.make_published()
    with pytest.raises(PublicNoteRequiredError) as asked:
        edit_claim(claim=verdict.claim, changes={"text": "Rivers rise."}, editor=editor)
    assert (asked.value.claims, asked.value.verifications) == ((verdict.claim,), (verdict,))
    edit_claim(claim=verdict.claim, changes={"text": "Rivers rise."}, editor=editor, note=NOTE)
    assert list(Verification.objects.order_by("pk").values_list("state", flat=True)) == ["superseded", "submitted"]
    assert Correction.objects.released().filter(text=NOTE.what, reason=NOTE.why, made_by=editor).count() == 1


def test_topics_are_no_correction(editor: User) -> None:
    claim = make_public_claim()
    edit_claim(claim=claim, changes={}, topics=[make.TopicFactory().pk], editor=editor)
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("claim", "changes", "why"),
    [
        (make.ClaimFactory, {"text": " \n"}, "give its words"),
        (make_retracted_claim, {"text": "Other."}, "was retracted"),
        (lambda: make.ClaimFactory(merged_into=make.ClaimFactory()), {"text": "Other."}, "was merged into"),
        (make_public_claim, {"released_at": None}, "taking it back in silence"),
    ],
    ids=["no-words", "stub", "redirect", "taken-back"],
)
def test_what_cannot_be_edited(claim: Callable[[], Claim], changes: dict[str, object], why: str, editor: User) -> None:
    row = claim()
    before = dump_claims()
    with pytest.raises(RefusedError, match=why):
        edit_claim(claim=row, changes=changes, editor=editor, note=NOTE)
    assert dump_claims() == before


def test_a_claim_is_added_and_taken_away(editor: User) -> None:
    topic = make.TopicFactory()
    before = dump_claims()
    claim = add_claim(given={"text": "Rivers rise.", "said_on": DAY}, topics=[topic.pk], editor=editor)
    assert list(Claim.objects.get(said_on=DAY).topics.all()) == [topic]
    assert claim.history.latest().history_user == editor
    undo_last(editor, NOTE)
    assert dump_claims() == before


# --- As a draft -----------------------------------------------------------------------------------------------------


def draft_correction(claim: Claim, author: User, text: str = "Rivers rise.") -> ClaimAmendment:
    return save_correction_draft(claim=claim, text=text, speaker=claim.speaker, said_on=DAY, note=NOTE, author=author)


def test_readers_see_the_old_wording_until_the_draft_is_published(editor: User) -> None:
    claim, author = make_public_claim(), make.UserFactory()
    was = claim.text
    draft = draft_correction(claim, author)
    assert Claim.objects.released().get().text == was
    assert not Correction.objects.exists()
    publish_correction_draft(amendment=draft, editor=editor)
    now = Claim.objects.released().get()
    assert (now.text, now.said_on) == ("Rivers rise.", DAY)
    correction = Correction.objects.released().get()
    assert (correction.text, correction.reason, correction.made_by) == (NOTE.what, NOTE.why, editor)
    draft.refresh_from_db()
    assert (draft.state, draft.decided_by) == ("published", editor)
    with pytest.raises(RefusedError, match="published already"):
        publish_correction_draft(amendment=draft, editor=editor)


def test_a_published_draft_reopens_its_verdict(editor: User) -> None:
    verdict = verifications.make_published()
    publish_correction_draft(amendment=draft_correction(verdict.claim, editor), editor=editor)
    assert Verification.objects.get(pk=verdict.pk).state == "superseded"


def test_a_draft_is_written_anew_by_its_author_alone(editor: User) -> None:
    claim = make_public_claim()
    first = draft_correction(claim, editor)
    again = draft_correction(claim, editor, "Rivers have risen.")
    assert (again.pk, ClaimAmendment.objects.get().text) == (first.pk, "Rivers have risen.")
    with pytest.raises(RefusedError, match=f"{editor} keeps a draft"):
        draft_correction(claim, make.UserFactory())


def test_a_draft_of_what_was_changed_since_is_not_published(editor: User) -> None:
    claim = make_public_claim()
    draft = draft_correction(claim, editor)
    edit_claim(claim=claim, changes={"text": "Rivers fall."}, editor=editor, note=NOTE)
    with pytest.raises(RefusedError, match="changed after this draft"):
        publish_correction_draft(amendment=draft, editor=editor)
    assert Claim.objects.get().text == "Rivers fall."
    again = draft_correction(Claim.objects.get(), editor)
    publish_correction_draft(amendment=again, editor=editor)
    assert Claim.objects.get().text == "Rivers rise."


def test_a_draft_is_discarded_with_a_comment(editor: User) -> None:
    draft = draft_correction(make_public_claim(), make.UserFactory())
    with pytest.raises(RefusedError, match="why the draft is discarded"):
        discard_correction_draft(amendment=draft, editor=editor, comment=" ")
    discard_correction_draft(amendment=draft, editor=editor, comment="The gauge says so.")
    draft.refresh_from_db()
    assert (draft.state, draft.comment) == ("discarded", "The gauge says so.")
    undo_last(editor, NOTE)
    draft.refresh_from_db()
    assert draft.state == "open"


def test_ones_own_draft_is_discarded_without_a_word(editor: User) -> None:
    assert (
        discard_correction_draft(
            amendment=draft_correction(make_public_claim(), editor), editor=editor, comment=""
        ).state
        == "discarded"
    )


@pytest.mark.parametrize(
    ("claim", "given", "why"),
    [
        (make.ClaimFactory, {}, "no draft is needed"),
        (make_retracted_claim, {}, "was retracted"),
        (make_public_claim, {"text": " "}, "says already"),
        (make_public_claim, {"note": PublicNote("", "Why.")}, "both what is changed and why"),
    ],
    ids=["unreleased", "stub", "no-words", "no-note"],
)
def test_what_cannot_be_drafted(claim: Callable[[], Claim], given: dict[str, object], why: str, editor: User) -> None:
    row = claim()
    asked = {"text": "Rivers rise.", "speaker": row.speaker, "said_on": None, "note": NOTE} | given
    with pytest.raises(RefusedError, match=why):
        save_correction_draft(claim=row, author=editor, **asked)
    assert not ClaimAmendment.objects.exists()


def test_a_draft_that_changes_nothing_is_refused(editor: User) -> None:
    claim = make_public_claim()
    with pytest.raises(RefusedError, match="says already"):
        save_correction_draft(
            claim=claim, text=f" {claim.text} ", speaker=claim.speaker, said_on=None, note=NOTE, author=editor
        )


# --- Suggested relations --------------------------------------------------------------------------------------------


def test_the_later_one_is_suggested_to_repeat_the_earlier(editor: User) -> None:
    later = make.ClaimFactory(text="Rivers are full.", said_on=DAY)
    earlier = make.ClaimFactory(text="Rivers are full", said_on=DAY - dt.timedelta(days=1))
    undated = make.ClaimFactory(text="Rivers are full, again.")
    same_day = make.ClaimFactory(text="Rivers are full.", said_on=DAY, speaker=later.speaker)
    found = suggest_relations(claim=later, editor=editor)
    assert {(row.first, row.kind, row.second) for row in found} == {
        (later, "repeats", earlier),
        (later, "same", undated),
    }, "the same speaker on the same day is a likeness, not a relation"
    assert all(row.state == "suggested" and row.score and row.reason for row in found)
    assert not ClaimRelation.objects.filter(second=same_day).exists()


def test_what_was_dismissed_is_not_suggested_again(editor: User) -> None:
    first, second = make.ClaimFactory(text="Rivers are full."), make.ClaimFactory(text="Rivers are full.")
    (row,) = suggest_relations(claim=first, editor=editor)
    assert suggest_relations(claim=second, editor=editor) == [], "of either"
    dismiss_relation(relation=row, editor=editor)
    assert suggest_relations(claim=first, editor=editor) == []
    assert ClaimRelation.objects.get().state == "dismissed"


# --- In bulk --------------------------------------------------------------------------------------------------------


def test_only_what_was_asked_for_is_touched_and_one_undo_takes_it_back(editor: User) -> None:
    claims = [make.ClaimFactory(said_on=DAY), make.ClaimFactory()]
    was, more = make.TopicFactory(), make.TopicFactory()
    claims[0].topics.add(was)
    before, speakers = dump_claims(), [claim.speaker for claim in claims]
    changes = BulkChanges(fields={"said_on": DAY}, add_topics=frozenset([more.pk]), remove_topics=frozenset([was.pk]))
    done = bulk_change_claims(claims=[claim.pk for claim in claims], changes=changes, editor=editor)
    assert (done.changed, done.unchanged, done.refused) == (2, 0, ())
    for claim, speaker in zip(Claim.objects.order_by("pk"), speakers, strict=True):
        assert (claim.said_on, claim.speaker, list(claim.topics.all())) == (DAY, speaker, [more])
        assert claim.history.latest().history_user == editor
    assert Operation.objects.get().summary == "2 claims changed: said on, topics"
    undo_last(editor, NOTE)
    assert dump_claims() == before


def test_a_field_can_be_emptied_in_bulk(editor: User) -> None:
    claim = make.ClaimFactory(said_on=DAY)
    bulk_change_claims(claims=[claim.pk], changes=BulkChanges(fields={"said_on": None}), editor=editor)
    assert Claim.objects.get().said_on is None


def test_what_stands_so_is_counted_and_what_cannot_be_is_named(editor: User) -> None:
    stands, stub, changes = make.ClaimFactory(said_on=DAY), make_retracted_claim(), make.ClaimFactory()
    ids = [stands.pk, stub.pk, changes.pk]
    done = bulk_change_claims(claims=ids, changes=BulkChanges(fields={"said_on": DAY}), editor=editor)
    assert (done.changed, done.unchanged) == (1, 1)
    ((row, why),) = done.refused
    assert (row, "retracted" in why) == (stub, True)


def test_readers_are_told_of_each_claim_they_saw(editor: User) -> None:
    claims = [make_public_claim(), make_public_claim(), make.ClaimFactory()]
    ids, changes = [claim.pk for claim in claims], BulkChanges(fields={"said_on": DAY})
    with pytest.raises(PublicNoteRequiredError, match="2 claims"):
        bulk_change_claims(claims=ids, changes=changes, editor=editor)
    assert not Claim.objects.filter(said_on=DAY).exists()
    bulk_change_claims(claims=ids, changes=changes, editor=editor, note=NOTE)
    assert {row.claim for row in Correction.objects.all()} == set(claims[:2])


def test_releasing_and_retracting_in_bulk(editor: User) -> None:
    seen, empty = make_public_claim(), make.ClaimFactory()
    hidden = make.QuoteFactory(accepted=True).claim
    Claim.objects.filter(pk=hidden.pk).update(released_at=timezone.now() + GRACE_PERIOD)
    ids = [seen.pk, empty.pk, hidden.pk]
    done = bulk_change_claims(claims=ids, changes=BulkChanges(publication=PublicationChange.RELEASE), editor=editor)
    assert (done.changed, done.unchanged, [row for row, _ in done.refused]) == (1, 1, [empty])
    assert set(Claim.objects.released()) == {seen, hidden}
    done = bulk_change_claims(
        claims=ids, changes=BulkChanges(publication=PublicationChange.RETRACT), editor=editor, note=NOTE
    )
    assert (done.changed, [row for row, _ in done.refused]) == (2, [empty])
    assert set(Claim.objects.withdrawn()) == {seen, hidden}
    assert [row.kind for row in Correction.objects.all()] == ["retraction", "retraction"]


def test_the_speaker_of_many_quotes(editor: User) -> None:
    quotes, speaker = [make.QuoteFactory(), make.QuoteFactory()], make.SpeakerFactory()
    stands = make.QuoteFactory(speaker=speaker)
    before = dump_claims()
    done = bulk_set_speaker(quotes=[quote.pk for quote in [*quotes, stands]], speaker=speaker, editor=editor)
    assert (done.changed, done.unchanged) == (2, 1)
    assert Quote.objects.filter(speaker=speaker).count() == 3
    assert Operation.objects.count() == 1
    undo_last(editor, NOTE)
    assert dump_claims() == before


def test_the_speaker_of_many_quotes_that_readers_see_takes_one_note(editor: User) -> None:
    claims, speaker = [make_public_claim(), make_public_claim()], make.SpeakerFactory()
    quotes = list(Quote.objects.values_list("pk", flat=True))
    with pytest.raises(PublicNoteRequiredError, match="2 claims"):
        bulk_set_speaker(quotes=quotes, speaker=speaker, editor=editor)
    bulk_set_speaker(quotes=quotes, speaker=speaker, editor=editor, note=NOTE)
    assert {row.claim for row in Correction.objects.all()} == set(claims)
