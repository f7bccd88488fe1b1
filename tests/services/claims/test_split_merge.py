"""Claims split, merged, and made two again: what goes where, what is refused, and that undo leaves nothing behind."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, ClaimRelation, Correction, Quote, RelationKind, Verification
from claims.services.claims.correction_drafts import save_correction_draft
from claims.services.claims.corrections import PublicNoteRequiredError, retract_claim
from claims.services.claims.public_state import GRACE_PERIOD
from claims.services.claims.relations import relate_claims
from claims.services.claims.split_merge import merge_claims, split_claim
from claims.services.errors import RefusedError
from claims.services.history.optimistic_lock import ChangedError
from claims.services.ingestion.ingest import ingest
from claims.services.quotes.claim_links import create_own_claim, set_quote_claim
from claims.services.quotes.decisions import decide_quotes
from tests import factories as make
from tests import verifications
from tests.sample_articles import make_article
from tests.services.claims.claim_states import dump_claims
from tests.services.history.undo_last import undo_last
from tests.verifications import PUBLIC_NOTE

pytestmark = pytest.mark.django_db


def make_claim_with_two_quotes() -> Claim:
    """A public claim of two quotes, about a topic."""
    first = make.QuoteFactory(accepted=True)
    make.QuoteFactory(accepted=True, claim=first.claim, speaker=first.speaker)
    first.claim.topics.add(make.TopicFactory())
    return first.claim


def make_claim_of_same_speaker(claim: Claim, **fields: object) -> Claim:
    return make.QuoteFactory(accepted=True, speaker=claim.speaker, **fields).claim


# --- Split ------------------------------------------------------------------------------------------------------------


def test_splitting_moves_the_chosen_quotes_and_is_undone(editor: User) -> None:
    claim = make_claim_with_two_quotes()
    staying, moving = claim.quotes.order_by("pk")
    before = dump_claims("Verification")
    new = split_claim(claim=claim, quotes=[moving.pk], text="Roads are dry.", editor=editor)
    assert (new.text, new.speaker, new.released_at) == ("Roads are dry.", claim.speaker, claim.released_at)
    assert list(new.topics.all()) == list(claim.topics.all())
    assert ([*claim.quotes.all()], [*new.quotes.all()]) == ([staying], [moving])
    assert Claim.objects.released().count() == 2
    undo_last(editor, PUBLIC_NOTE)
    assert dump_claims("Verification") == before


def test_splitting_what_readers_have_long_seen_is_undone(editor: User) -> None:
    claim = make_claim_with_two_quotes()
    Claim.objects.update(released_at=timezone.now() - dt.timedelta(hours=1))
    staying, moving = claim.quotes.order_by("pk")
    split_claim(claim=claim, quotes=[moving.pk], text="Roads are dry.", editor=editor, note=PUBLIC_NOTE)
    undo_last(editor, PUBLIC_NOTE)
    assert list(Claim.objects.get().quotes.order_by("pk")) == [staying, moving]


def test_splitting_does_not_publish_pending_quotes(editor: User) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    pending = make.QuoteFactory(claim=claim, speaker=claim.speaker)
    new = split_claim(claim=claim, quotes=[pending.pk], editor=editor)
    assert (new.text, new.released_at) == ("Rivers are full.", None)


def test_both_parts_keep_the_embargo(editor: User) -> None:
    claim = make_claim_with_two_quotes()
    later = timezone.now() + dt.timedelta(days=1)
    Claim.objects.update(released_at=later)
    new = split_claim(claim=claim, quotes=[claim.quotes.latest("pk").pk], editor=editor)
    assert new.released_at == later
    assert not Claim.objects.released().exists()


@pytest.mark.parametrize(
    ("quotes", "error"),
    [
        (lambda claim: [], "Choose the quotes to move"),
        (lambda claim: [quote.pk for quote in claim.quotes.all()], "edit the claim instead"),
        (lambda claim: [claim.quotes.first().pk, make.QuoteFactory().pk], "Choose the quotes to move"),
    ],
    ids=["none", "all", "of-another"],
)
def test_refused_splits(quotes: Callable[[Claim], list[int]], error: str, editor: User) -> None:
    claim = make_claim_with_two_quotes()
    chosen = quotes(claim)
    before = dump_claims("Verification")
    with pytest.raises(RefusedError, match=error):
        split_claim(claim=claim, quotes=chosen, editor=editor)
    assert dump_claims("Verification") == before


def test_splitting_a_public_claim_takes_a_note(editor: User) -> None:
    claim = make_claim_with_two_quotes()
    Claim.objects.update(released_at=timezone.now() - 2 * GRACE_PERIOD)
    quotes = [claim.quotes.latest("pk").pk]
    with pytest.raises(PublicNoteRequiredError):
        split_claim(claim=claim, quotes=quotes, editor=editor)
    split_claim(claim=claim, quotes=quotes, editor=editor, note=PUBLIC_NOTE)
    assert Correction.objects.released().get().claim == claim


# --- Merge ------------------------------------------------------------------------------------------------------------


def test_merging_moves_everything_and_is_undone(editor: User) -> None:
    kept, emptied = make_claim_with_two_quotes(), make_claim_with_two_quotes()
    Claim.objects.update(speaker=kept.speaker)
    other, third = make.ClaimFactory(), make.ClaimFactory()
    relate_claims(first=emptied, second=other, kind=RelationKind.UPDATES, editor=editor)
    relate_claims(first=third, second=emptied, kind=RelationKind.CONTRADICTS, editor=editor)
    draft, submitted = verifications.make_draft(emptied), verifications.make_submitted(emptied)
    before, topics = dump_claims("Verification"), {*kept.topics.all(), *emptied.topics.all()}
    merge_claims(kept=kept, emptied=emptied, editor=editor)
    emptied.refresh_from_db()
    assert emptied.merged_into == kept
    assert (kept.quotes.count(), emptied.quotes.count()) == (4, 0)
    assert set(kept.topics.all()) == topics
    related = {(row.first, row.second, row.kind) for row in ClaimRelation.objects.all()}
    assert related == {(kept, other, "updates"), (kept, third, "contradicts")}
    moved = Verification.objects.filter(claim=kept).order_by("pk")
    assert [(row.pk, row.state) for row in moved] == [(draft.pk, "draft"), (submitted.pk, "draft")]
    assert "was merged into this one" in moved[1].comment
    undo_last(editor, PUBLIC_NOTE)
    after = dump_claims("Verification")
    rows, rows_before = after.pop("Verification"), before.pop("Verification")
    assert after == before
    assert [row["claim_id"] for row in rows] == [row["claim_id"] for row in rows_before]


def test_a_merge_is_not_undone_after_a_moved_draft_was_submitted(editor: User) -> None:
    kept = make_claim_with_two_quotes()
    emptied = make_claim_of_same_speaker(kept)
    draft = verifications.make_draft(emptied)
    merge_claims(kept=kept, emptied=emptied, editor=editor)
    Verification.objects.filter(pk=draft.pk).update(
        state="submitted", fingerprint="a" * 64, submitted_at=timezone.now()
    )
    with pytest.raises(ChangedError, match="was submitted since"):
        undo_last(editor, PUBLIC_NOTE)


def test_of_two_relations_to_one_claim_the_decided_one_stays(editor: User) -> None:
    kept = make_claim_with_two_quotes()
    emptied, third = make_claim_of_same_speaker(kept), make.ClaimFactory()
    ClaimRelation.objects.create(first=kept, second=third, kind="repeats", score=0.7, reason="alike")
    relate_claims(first=emptied, second=third, kind=RelationKind.CONTRADICTS, editor=editor)
    relate_claims(first=emptied, second=kept, kind=RelationKind.SAME, editor=editor)
    merge_claims(kept=kept, emptied=emptied, editor=editor)
    row = ClaimRelation.objects.get(first__in=[kept, third], second__in=[kept, third])
    assert (row.kind, row.state) == ("contradicts", "confirmed"), "the decision of an editor wins over a suggestion"


def give_verdict_to_emptied(kept: Claim, emptied: Claim) -> None:
    verifications.make_published(emptied)


def give_two_verdicts(kept: Claim, emptied: Claim) -> None:
    verifications.make_published(kept)
    verifications.make_published(emptied)


def give_two_speakers(kept: Claim, emptied: Claim) -> None:
    Claim.objects.filter(pk=emptied.pk).update(speaker=make.SpeakerFactory())


def retract_emptied(kept: Claim, emptied: Claim) -> None:
    retract_claim(claim=emptied, editor=make.UserFactory(), reason="Wrong.")


def merge_emptied_before(kept: Claim, emptied: Claim) -> None:
    merge_claims(kept=make_claim_of_same_speaker(kept), emptied=emptied, editor=make.UserFactory())


def embargo_kept(kept: Claim, emptied: Claim) -> None:
    Claim.objects.filter(pk=kept.pk).update(released_at=timezone.now() + dt.timedelta(days=1))


def embargo_emptied(kept: Claim, emptied: Claim) -> None:
    Claim.objects.filter(pk=emptied.pk).update(released_at=timezone.now() + dt.timedelta(days=1))


def draft_correction_of_emptied(kept: Claim, emptied: Claim) -> None:
    save_correction_draft(
        claim=emptied, text="Other.", speaker=None, said_on=None, note=PUBLIC_NOTE, author=make.UserFactory()
    )


@pytest.mark.parametrize(
    ("prepare", "error"),
    [
        (give_verdict_to_emptied, "Keep it, and merge the other claim into it"),
        (give_two_verdicts, "Withdraw one of them first"),
        (give_two_speakers, "one as repeating the other"),
        (retract_emptied, "was retracted"),
        (merge_emptied_before, "was merged into"),
        (embargo_kept, "under embargo"),
        (embargo_emptied, "under embargo"),
        (draft_correction_of_emptied, "Publish or discard it first"),
    ],
)
def test_refused_merges_say_what_to_do(prepare: Callable[[Claim, Claim], None], error: str, editor: User) -> None:
    kept = make_claim_with_two_quotes()
    emptied = make_claim_of_same_speaker(kept)
    prepare(kept, emptied)
    before = dump_claims("Verification")
    with pytest.raises(RefusedError, match=error):
        merge_claims(
            kept=Claim.objects.get(pk=kept.pk), emptied=Claim.objects.get(pk=emptied.pk), editor=editor,
            note=PUBLIC_NOTE,
        )  # fmt: skip
    assert dump_claims("Verification") == before


def test_a_claim_is_not_merged_into_itself(editor: User) -> None:
    claim = make_claim_with_two_quotes()
    with pytest.raises(RefusedError, match="into itself"):
        merge_claims(kept=claim, emptied=claim, editor=editor)


def test_merging_into_a_claim_with_a_verdict_takes_a_note(editor: User) -> None:
    verdict = verifications.make_published()
    other = make_claim_of_same_speaker(verdict.claim)
    with pytest.raises(PublicNoteRequiredError) as raised:
        merge_claims(kept=verdict.claim, emptied=other, editor=editor)
    assert raised.value.verifications == (verdict,)
    merge_claims(kept=verdict.claim, emptied=other, editor=editor, note=PUBLIC_NOTE)
    verdict.refresh_from_db()
    assert (verdict.state, verdict.claim_id) == ("superseded", verdict.claim.pk)
    assert PUBLIC_NOTE.what in {row.text for row in Correction.objects.released().filter(claim=verdict.claim)}


def test_corrections_of_a_merged_claim_stay_public(editor: User) -> None:
    kept = make_claim_with_two_quotes()
    emptied = make_claim_of_same_speaker(kept)
    Claim.objects.update(released_at=timezone.now() - 2 * GRACE_PERIOD)
    merge_claims(kept=kept, emptied=emptied, editor=editor, note=PUBLIC_NOTE)
    assert Correction.objects.released().get().claim == emptied
    assert not Claim.objects.retracted_stubs().exists(), "merged, not retracted"


def test_redirects_to_a_merged_claim_are_shortened(editor: User) -> None:
    first = make_claim_with_two_quotes()
    second, third = make_claim_of_same_speaker(first), make_claim_of_same_speaker(first)
    merge_claims(kept=second, emptied=third, editor=editor)
    merge_claims(kept=first, emptied=second, editor=editor)
    assert set(Claim.objects.filter(merged_into=first)) == {second, third}


def test_a_merged_claim_takes_no_quote_and_no_relation(editor: User) -> None:
    kept = make_claim_with_two_quotes()
    emptied = make_claim_of_same_speaker(kept)
    merge_claims(kept=kept, emptied=emptied, editor=editor)
    with pytest.raises(RefusedError, match="was merged into"):
        set_quote_claim(quote=make.QuoteFactory(), claim=emptied, editor=editor)
    with pytest.raises(RefusedError, match="was merged into"):
        relate_claims(first=kept, second=emptied, kind=RelationKind.SAME, editor=editor)


def test_new_quotes_are_not_linked_to_a_merged_claim(editor: User) -> None:
    ingest(article=make_article())
    first, second, *_ = Claim.objects.order_by("pk")
    Claim.objects.update(speaker=first.speaker)
    decide_quotes(
        quotes=[quote.pk for claim in (first, second) for quote in claim.quotes.all()],
        decision="accepted",
        editor=editor,
    )
    merge_claims(kept=second, emptied=first, editor=editor)
    ingest(article=make_article(publisher="Another"))
    assert not first.quotes.exists()


# --- A claim of its own -----------------------------------------------------------------------------------------------


def test_a_quote_gets_a_claim_of_its_own(editor: User) -> None:
    claim = make_claim_with_two_quotes()
    quote = claim.quotes.latest("pk")
    before = dump_claims("Verification")
    own = create_own_claim(quote=quote, editor=editor)
    assert (own.text, own.speaker, list(own.quotes.all())) == ("Rivers are full.", claim.speaker, [quote])
    assert own in Claim.objects.proposals()
    assert set(Quote.objects.released()) == {quote, *claim.quotes.all()}
    assert create_own_claim(quote=quote, editor=editor) == own, "it has one already"
    undo_last(editor, PUBLIC_NOTE)
    assert dump_claims("Verification") == before
