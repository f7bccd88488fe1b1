"""Claims reworded, amended as drafts, suggested as related, and changed in bulk."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, ClaimAmendment, ClaimRelation, Correction, Operation, Quote, Verification
from claims.services.amend import discard_amendment, draft_amendment, publish_amendment
from claims.services.bulk import Changes, Publication, change_claims, change_speakers
from claims.services.correct import GRACE, Note, NoteNeededError, retract_claim
from claims.services.edit import add_claim, edit_claim
from claims.services.refusal import RefusedError
from claims.services.relate import dismiss_relation, suggest_relations
from tests import factories as make
from tests.services import verdicts
from tests.services.tables import rows
from tests.services.undoing import undo_last

pytestmark = pytest.mark.django_db

DAY = dt.date(2025, 5, 16)
NOTE = Note("The wording.", "It was unclear.")


@pytest.fixture
def editor() -> User:
    return make.UserFactory()


def public() -> Claim:
    """A claim that readers have seen for a while."""
    claim = make.QuoteFactory(accepted=True).claim
    Claim.objects.filter(pk=claim.pk).update(released_at=timezone.now() - 2 * GRACE)
    return Claim.objects.get(pk=claim.pk)


def retracted() -> Claim:
    claim = public()
    retract_claim(claim=claim, editor=make.UserFactory(), reason="A hoax.")
    return claim


def stored() -> dict[str, object]:
    topics = Claim.topics.through.objects.order_by("claim", "topic").values_list("claim", "topic")
    return rows("Claim", "Quote", "ClaimAmendment", "ClaimRelation") | {"topics": list(topics)}


# --- Rewording ------------------------------------------------------------------------------------------------------


def test_a_claim_is_reworded_and_described_and_all_of_it_undone(editor: User) -> None:
    claim, topic, speaker = make.QuoteFactory().claim, make.TopicFactory(), make.SpeakerFactory()
    quotes = rows("Quote", without=())
    before = stored()
    edit_claim(
        claim=claim,
        changes={"text": " Rivers rise. ", "speaker": speaker, "said_on": DAY},
        topics=[topic.pk],
        editor=editor,
    )
    claim.refresh_from_db()
    assert (claim.text, claim.speaker, claim.said_on) == ("Rivers rise.", speaker, DAY)
    assert list(claim.topics.all()) == [topic]
    assert rows("Quote", without=()) == quotes, "the quotes never change"
    latest = claim.history.latest()
    assert (latest.history_user, [row.topic for row in latest.topics.all()]) == (editor, [topic])
    undo_last(editor, NOTE)
    assert stored() == before


def test_readers_are_told_of_a_new_wording_and_its_verdict_goes_back(editor: User) -> None:
    verdict = verdicts.published()
    with pytest.raises(NoteNeededError) as asked:
        edit_claim(claim=verdict.claim, changes={"text": "Rivers rise."}, editor=editor)
    assert (asked.value.claims, asked.value.verifications) == ((verdict.claim,), (verdict,))
    edit_claim(claim=verdict.claim, changes={"text": "Rivers rise."}, editor=editor, note=NOTE)
    assert list(Verification.objects.order_by("pk").values_list("state", flat=True)) == ["superseded", "submitted"]
    assert Correction.objects.released().filter(text=NOTE.what, reason=NOTE.why, made_by=editor).count() == 1


def test_topics_are_no_correction(editor: User) -> None:
    claim = public()
    edit_claim(claim=claim, changes={}, topics=[make.TopicFactory().pk], editor=editor)
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("claim", "changes", "why"),
    [
        (make.ClaimFactory, {"text": " \n"}, "give its words"),
        (retracted, {"text": "Other."}, "was retracted"),
        (lambda: make.ClaimFactory(merged_into=make.ClaimFactory()), {"text": "Other."}, "was merged into"),
        (public, {"released_at": None}, "taking it back in silence"),
    ],
    ids=["no-words", "stub", "redirect", "taken-back"],
)
def test_what_cannot_be_edited(claim: Callable[[], Claim], changes: dict[str, object], why: str, editor: User) -> None:
    row = claim()
    before = stored()
    with pytest.raises(RefusedError, match=why):
        edit_claim(claim=row, changes=changes, editor=editor, note=NOTE)
    assert stored() == before


def test_a_claim_is_added_and_taken_away(editor: User) -> None:
    topic = make.TopicFactory()
    before = stored()
    claim = add_claim(given={"text": "Rivers rise.", "said_on": DAY}, topics=[topic.pk], editor=editor)
    assert list(Claim.objects.get(said_on=DAY).topics.all()) == [topic]
    assert claim.history.latest().history_user == editor
    undo_last(editor, NOTE)
    assert stored() == before


# --- As a draft -----------------------------------------------------------------------------------------------------


def drafted(claim: Claim, author: User, text: str = "Rivers rise.") -> ClaimAmendment:
    return draft_amendment(claim=claim, text=text, speaker=claim.speaker, said_on=DAY, note=NOTE, author=author)


def test_readers_see_the_old_wording_until_the_draft_is_published(editor: User) -> None:
    claim, author = public(), make.UserFactory()
    was = claim.text
    draft = drafted(claim, author)
    assert Claim.objects.released().get().text == was
    assert not Correction.objects.exists()
    publish_amendment(amendment=draft, editor=editor)
    now = Claim.objects.released().get()
    assert (now.text, now.said_on) == ("Rivers rise.", DAY)
    correction = Correction.objects.released().get()
    assert (correction.text, correction.reason, correction.made_by) == (NOTE.what, NOTE.why, editor)
    draft.refresh_from_db()
    assert (draft.state, draft.decided_by) == ("published", editor)
    with pytest.raises(RefusedError, match="published already"):
        publish_amendment(amendment=draft, editor=editor)


def test_a_published_draft_reopens_its_verdict(editor: User) -> None:
    verdict = verdicts.published()
    publish_amendment(amendment=drafted(verdict.claim, editor), editor=editor)
    assert Verification.objects.get(pk=verdict.pk).state == "superseded"


def test_a_draft_is_written_anew_by_its_author_alone(editor: User) -> None:
    claim = public()
    first = drafted(claim, editor)
    again = drafted(claim, editor, "Rivers have risen.")
    assert (again.pk, ClaimAmendment.objects.get().text) == (first.pk, "Rivers have risen.")
    with pytest.raises(RefusedError, match=f"{editor} keeps a draft"):
        drafted(claim, make.UserFactory())


def test_a_draft_of_what_was_changed_since_is_not_published(editor: User) -> None:
    claim = public()
    draft = drafted(claim, editor)
    edit_claim(claim=claim, changes={"text": "Rivers fall."}, editor=editor, note=NOTE)
    with pytest.raises(RefusedError, match="changed after this draft"):
        publish_amendment(amendment=draft, editor=editor)
    assert Claim.objects.get().text == "Rivers fall."
    again = drafted(Claim.objects.get(), editor)
    publish_amendment(amendment=again, editor=editor)
    assert Claim.objects.get().text == "Rivers rise."


def test_a_draft_is_discarded_with_a_comment(editor: User) -> None:
    draft = drafted(public(), make.UserFactory())
    with pytest.raises(RefusedError, match="why the draft is discarded"):
        discard_amendment(amendment=draft, editor=editor, comment=" ")
    discard_amendment(amendment=draft, editor=editor, comment="The gauge says so.")
    draft.refresh_from_db()
    assert (draft.state, draft.comment) == ("discarded", "The gauge says so.")
    undo_last(editor, NOTE)
    draft.refresh_from_db()
    assert draft.state == "open"


def test_ones_own_draft_is_discarded_without_a_word(editor: User) -> None:
    assert discard_amendment(amendment=drafted(public(), editor), editor=editor, comment="").state == "discarded"


@pytest.mark.parametrize(
    ("claim", "given", "why"),
    [
        (make.ClaimFactory, {}, "no draft is needed"),
        (retracted, {}, "was retracted"),
        (public, {"text": " "}, "says already"),
        (public, {"note": Note("", "Why.")}, "both what is changed and why"),
    ],
    ids=["unreleased", "stub", "no-words", "no-note"],
)
def test_what_cannot_be_drafted(claim: Callable[[], Claim], given: dict[str, object], why: str, editor: User) -> None:
    row = claim()
    asked = {"text": "Rivers rise.", "speaker": row.speaker, "said_on": None, "note": NOTE} | given
    with pytest.raises(RefusedError, match=why):
        draft_amendment(claim=row, author=editor, **asked)
    assert not ClaimAmendment.objects.exists()


def test_a_draft_that_changes_nothing_is_refused(editor: User) -> None:
    claim = public()
    with pytest.raises(RefusedError, match="says already"):
        draft_amendment(
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
    before, speakers = stored(), [claim.speaker for claim in claims]
    changes = Changes(fields={"said_on": DAY}, add_topics=frozenset([more.pk]), remove_topics=frozenset([was.pk]))
    done = change_claims(claims=[claim.pk for claim in claims], changes=changes, editor=editor)
    assert (done.changed, done.unchanged, done.refused) == (2, 0, ())
    for claim, speaker in zip(Claim.objects.order_by("pk"), speakers, strict=True):
        assert (claim.said_on, claim.speaker, list(claim.topics.all())) == (DAY, speaker, [more])
        assert claim.history.latest().history_user == editor
    assert Operation.objects.get().summary == "2 claims changed: said on, topics"
    undo_last(editor, NOTE)
    assert stored() == before


def test_a_field_can_be_emptied_in_bulk(editor: User) -> None:
    claim = make.ClaimFactory(said_on=DAY)
    change_claims(claims=[claim.pk], changes=Changes(fields={"said_on": None}), editor=editor)
    assert Claim.objects.get().said_on is None


def test_what_stands_so_is_counted_and_what_cannot_be_is_named(editor: User) -> None:
    stands, stub, changes = make.ClaimFactory(said_on=DAY), retracted(), make.ClaimFactory()
    ids = [stands.pk, stub.pk, changes.pk]
    done = change_claims(claims=ids, changes=Changes(fields={"said_on": DAY}), editor=editor)
    assert (done.changed, done.unchanged) == (1, 1)
    ((row, why),) = done.refused
    assert (row, "retracted" in why) == (stub, True)


def test_readers_are_told_of_each_claim_they_saw(editor: User) -> None:
    claims = [public(), public(), make.ClaimFactory()]
    ids, changes = [claim.pk for claim in claims], Changes(fields={"said_on": DAY})
    with pytest.raises(NoteNeededError, match="2 claims"):
        change_claims(claims=ids, changes=changes, editor=editor)
    assert not Claim.objects.filter(said_on=DAY).exists()
    change_claims(claims=ids, changes=changes, editor=editor, note=NOTE)
    assert {row.claim for row in Correction.objects.all()} == set(claims[:2])


def test_releasing_and_retracting_in_bulk(editor: User) -> None:
    seen, empty = public(), make.ClaimFactory()
    hidden = make.QuoteFactory(accepted=True).claim
    Claim.objects.filter(pk=hidden.pk).update(released_at=timezone.now() + GRACE)
    ids = [seen.pk, empty.pk, hidden.pk]
    done = change_claims(claims=ids, changes=Changes(publication=Publication.RELEASE), editor=editor)
    assert (done.changed, done.unchanged, [row for row, _ in done.refused]) == (1, 1, [empty])
    assert set(Claim.objects.released()) == {seen, hidden}
    done = change_claims(claims=ids, changes=Changes(publication=Publication.RETRACT), editor=editor, note=NOTE)
    assert (done.changed, [row for row, _ in done.refused]) == (2, [empty])
    assert set(Claim.objects.withdrawn()) == {seen, hidden}
    assert [row.kind for row in Correction.objects.all()] == ["retraction", "retraction"]


def test_the_speaker_of_many_quotes(editor: User) -> None:
    quotes, speaker = [make.QuoteFactory(), make.QuoteFactory()], make.SpeakerFactory()
    stands = make.QuoteFactory(speaker=speaker)
    before = stored()
    done = change_speakers(quotes=[quote.pk for quote in [*quotes, stands]], speaker=speaker, editor=editor)
    assert (done.changed, done.unchanged) == (2, 1)
    assert Quote.objects.filter(speaker=speaker).count() == 3
    assert Operation.objects.count() == 1
    undo_last(editor, NOTE)
    assert stored() == before


def test_the_speaker_of_many_quotes_that_readers_see_takes_one_note(editor: User) -> None:
    claims, speaker = [public(), public()], make.SpeakerFactory()
    quotes = list(Quote.objects.values_list("pk", flat=True))
    with pytest.raises(NoteNeededError, match="2 claims"):
        change_speakers(quotes=quotes, speaker=speaker, editor=editor)
    change_speakers(quotes=quotes, speaker=speaker, editor=editor, note=NOTE)
    assert {row.claim for row in Correction.objects.all()} == set(claims)
