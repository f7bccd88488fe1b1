"""Claims split, merged, and made two again: what goes where, what is refused, and that undo leaves nothing behind."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, ClaimRelation, Correction, RelationKind, RelationState, Verification
from claims.services.claims.correction_drafts import save_correction_draft
from claims.services.claims.corrections import GRACE_PERIOD, PublicNoteRequiredError, retract_claim
from claims.services.claims.relations import dismiss_similar_claim, relate_claims
from claims.services.claims.split_merge import merge_claims, split_claim
from claims.services.errors import RefusedError
from claims.services.history.optimistic_lock import ChangedError
from claims.services.ingestion.ingest import ingest
from claims.services.quotes.claim_links import create_own_claim, set_quote_claim
from claims.services.quotes.decisions import decide_quotes
from tests import factories as make
from tests import verifications as verdicts
from tests.sample_articles import make_article
from tests.services.history.undo_last import undo_last
from tests.table_contents import dump_models

pytestmark = pytest.mark.django_db

EVERYTHING = ("claim", "quote", "claimrelation", "verification", "evidence", "claim_topics")


@pytest.fixture
def editor() -> User:
    return make.UserFactory()


def dump_claim_tables() -> dict[str, object]:
    """Without the ids of rows between claims and topics, which are made anew."""
    found = dump_models("Claim", "Quote", "ClaimRelation", "Verification")
    topics = Claim.topics.through.objects.order_by("claim", "topic").values_list("claim", "topic")
    return found | {"topics": list(topics)}


def make_claim_with_two_quotes() -> Claim:
    """A public claim of two quotes, about a topic."""
    first = make.QuoteFactory(accepted=True)
    make.QuoteFactory(accepted=True, claim=first.claim, speaker=first.speaker)
    first.claim.topics.add(make.TopicFactory())
    return first.claim


def make_claim_of_same_speaker(claim: Claim, **given: object) -> Claim:
    return make.QuoteFactory(accepted=True, speaker=claim.speaker, **given).claim


# --- Split ----------------------------------------------------------------------------------------------------------


def test_a_quote_that_says_something_else_makes_a_claim_of_its_own(editor: User) -> None:
    claim = make_claim_with_two_quotes()
    stays, goes = claim.quotes.order_by("pk")
    before = dump_claim_tables()
    new = split_claim(claim=claim, quotes=[goes.pk], text="Roads are dry.", editor=editor)
    assert (new.text, new.speaker, new.released_at) == ("Roads are dry.", claim.speaker, claim.released_at)
    assert list(new.topics.all()) == list(claim.topics.all())
    assert ([*claim.quotes.all()], [*new.quotes.all()]) == ([stays], [goes])
    assert Claim.objects.released().count() == 2
    undo_last(editor, verdicts.PUBLIC_NOTE)
    assert dump_claim_tables() == before


def test_what_nobody_accepted_is_not_released_by_splitting(editor: User) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    waiting = make.QuoteFactory(claim=claim, speaker=claim.speaker)
    new = split_claim(claim=claim, quotes=[waiting.pk], editor=editor)
    assert (new.text, new.released_at) == ("Rivers are full.", None)


def test_an_embargo_goes_with_both_parts(editor: User) -> None:
    claim = make_claim_with_two_quotes()
    later = timezone.now() + dt.timedelta(days=1)
    Claim.objects.update(released_at=later)
    new = split_claim(claim=claim, quotes=[claim.quotes.latest("pk").pk], editor=editor)
    assert new.released_at == later
    assert not Claim.objects.released().exists()


@pytest.mark.parametrize(
    ("quotes", "why"),
    [
        (lambda claim: [], "Choose the quotes that go"),
        (lambda claim: [quote.pk for quote in claim.quotes.all()], "reword the claim instead"),
        (lambda claim: [claim.quotes.first().pk, make.QuoteFactory().pk], "some of those that make this claim"),
    ],
    ids=["none", "all", "of-another"],
)
def test_what_cannot_be_split(quotes: Callable[[Claim], list[int]], why: str, editor: User) -> None:
    claim = make_claim_with_two_quotes()
    chosen = quotes(claim)
    before = dump_claim_tables()
    with pytest.raises(RefusedError, match=why):
        split_claim(claim=claim, quotes=chosen, editor=editor)
    assert dump_claim_tables() == before


def test_splitting_what_readers_see_takes_a_note(editor: User) -> None:
    claim = make_claim_with_two_quotes()
    Claim.objects.update(released_at=timezone.now() - 2 * GRACE_PERIOD)
    quotes = [claim.quotes.latest("pk").pk]
    with pytest.raises(PublicNoteRequiredError):
        split_claim(claim=claim, quotes=quotes, editor=editor)
    split_claim(claim=claim, quotes=quotes, editor=editor, note=verdicts.PUBLIC_NOTE)
    assert Correction.objects.released().get().claim == claim


# --- Merge ----------------------------------------------------------------------------------------------------------


def test_everything_goes_to_the_claim_that_is_kept(editor: User) -> None:
    kept, emptied = make_claim_with_two_quotes(), make_claim_with_two_quotes()
    Claim.objects.update(speaker=kept.speaker)
    other, third = make.ClaimFactory(), make.ClaimFactory()
    relate_claims(first=emptied, second=other, kind=RelationKind.UPDATES, editor=editor)
    relate_claims(first=third, second=emptied, kind=RelationKind.CONTRADICTS, editor=editor)
    draft, submitted = verdicts.make_draft(emptied), verdicts.make_submitted(emptied)
    before, topics = dump_claim_tables(), {*kept.topics.all(), *emptied.topics.all()}
    merge_claims(kept=kept, emptied=emptied, editor=editor)
    emptied.refresh_from_db()
    assert emptied.merged_into == kept
    assert (kept.quotes.count(), emptied.quotes.count()) == (4, 0)
    assert set(kept.topics.all()) == topics
    related = {(row.first, row.second, row.kind) for row in ClaimRelation.objects.all()}
    assert related == {(kept, other, "updates"), (kept, third, "contradicts")}
    moved = Verification.objects.filter(claim=kept).order_by("pk")
    assert [(row.pk, row.state) for row in moved] == [(draft.pk, "draft"), (submitted.pk, "draft")]
    assert "merged into another" in moved[1].comment
    undo_last(editor, verdicts.PUBLIC_NOTE)
    now = dump_claim_tables()
    verifications, before_verifications = now.pop("Verification"), before.pop("Verification")
    assert now == before
    assert [row["claim_id"] for row in verifications] == [row["claim_id"] for row in before_verifications]


def test_a_merge_is_not_undone_under_a_draft_that_went_on(editor: User) -> None:
    kept = make_claim_with_two_quotes()
    emptied = make_claim_of_same_speaker(kept)
    draft = verdicts.make_draft(emptied)
    merge_claims(kept=kept, emptied=emptied, editor=editor)
    Verification.objects.filter(pk=draft.pk).update(
        state="submitted", fingerprint="a" * 64, submitted_at=timezone.now()
    )
    with pytest.raises(ChangedError, match="was submitted since"):
        undo_last(editor, verdicts.PUBLIC_NOTE)


def test_what_two_claims_are_to_a_third_is_said_once(editor: User) -> None:
    kept = make_claim_with_two_quotes()
    emptied, third = make_claim_of_same_speaker(kept), make.ClaimFactory()
    ClaimRelation.objects.create(first=kept, second=third, kind="repeats", score=0.7, reason="alike")
    relate_claims(first=emptied, second=third, kind=RelationKind.CONTRADICTS, editor=editor)
    relate_claims(first=emptied, second=kept, kind=RelationKind.SAME, editor=editor)
    merge_claims(kept=kept, emptied=emptied, editor=editor)
    row = ClaimRelation.objects.get(first__in=[kept, third], second__in=[kept, third])
    assert (row.kind, row.state) == ("contradicts", "confirmed"), "what a person said holds"


def give_verdict_to_emptied(kept: Claim, emptied: Claim) -> None:
    verdicts.make_published(emptied)


def give_two_verdicts(kept: Claim, emptied: Claim) -> None:
    verdicts.make_published(kept)
    verdicts.make_published(emptied)


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
        claim=emptied, text="Other.", speaker=None, said_on=None, note=verdicts.PUBLIC_NOTE, author=make.UserFactory()
    )


@pytest.mark.parametrize(
    ("prepare", "why"),
    [
        (give_verdict_to_emptied, "keep that one, and merge the other into it"),
        (give_two_verdicts, "withdraw one of them first"),
        (give_two_speakers, "one repeats the other"),
        (retract_emptied, "was retracted"),
        (merge_emptied_before, "was merged into"),
        (embargo_kept, "under embargo"),
        (embargo_emptied, "under embargo"),
        (draft_correction_of_emptied, "publish or discard it first"),
    ],
)
def test_what_cannot_be_merged_says_what_to_do(prepare: Callable[[Claim, Claim], None], why: str, editor: User) -> None:
    kept = make_claim_with_two_quotes()
    emptied = make_claim_of_same_speaker(kept)
    prepare(kept, emptied)
    before = dump_claim_tables()
    with pytest.raises(RefusedError, match=why):
        merge_claims(
            kept=Claim.objects.get(pk=kept.pk), emptied=Claim.objects.get(pk=emptied.pk), editor=editor,
            note=verdicts.PUBLIC_NOTE,
        )  # fmt: skip
    assert dump_claim_tables() == before


def test_a_claim_is_not_merged_into_itself(editor: User) -> None:
    claim = make_claim_with_two_quotes()
    with pytest.raises(RefusedError, match="into itself"):
        merge_claims(kept=claim, emptied=claim, editor=editor)


def test_what_was_judged_is_merged_in_the_open(editor: User) -> None:
    verdict = verdicts.make_published()
    other = make_claim_of_same_speaker(verdict.claim)
    with pytest.raises(PublicNoteRequiredError) as asked:
        merge_claims(kept=verdict.claim, emptied=other, editor=editor)
    assert asked.value.verifications == (verdict,)
    merge_claims(kept=verdict.claim, emptied=other, editor=editor, note=verdicts.PUBLIC_NOTE)
    verdict.refresh_from_db()
    assert (verdict.state, verdict.claim_id) == ("superseded", verdict.claim.pk)
    assert verdicts.PUBLIC_NOTE.what in {row.text for row in Correction.objects.released().filter(claim=verdict.claim)}


def test_corrections_of_a_claim_that_became_a_redirect_stay_public(editor: User) -> None:
    kept = make_claim_with_two_quotes()
    emptied = make_claim_of_same_speaker(kept)
    Claim.objects.update(released_at=timezone.now() - 2 * GRACE_PERIOD)
    merge_claims(kept=kept, emptied=emptied, editor=editor, note=verdicts.PUBLIC_NOTE)
    assert Correction.objects.released().get().claim == emptied
    assert not Claim.objects.withdrawn().exists(), "a redirect is no stub"


def test_redirects_lead_on(editor: User) -> None:
    first = make_claim_with_two_quotes()
    second, third = make_claim_of_same_speaker(first), make_claim_of_same_speaker(first)
    merge_claims(kept=second, emptied=third, editor=editor)
    merge_claims(kept=first, emptied=second, editor=editor)
    assert set(Claim.objects.filter(merged_into=first)) == {second, third}


def test_a_redirect_takes_no_quote_and_no_words_said_again(editor: User) -> None:
    kept = make_claim_with_two_quotes()
    emptied = make_claim_of_same_speaker(kept)
    merge_claims(kept=kept, emptied=emptied, editor=editor)
    with pytest.raises(RefusedError, match="was merged into"):
        set_quote_claim(quote=make.QuoteFactory(), claim=emptied, editor=editor)
    with pytest.raises(RefusedError, match="was merged into"):
        relate_claims(first=kept, second=emptied, kind=RelationKind.SAME, editor=editor)


def test_the_same_words_said_again_make_no_redirect_their_claim(editor: User) -> None:
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


# --- A claim of its own ---------------------------------------------------------------------------------------------


def test_a_quote_gets_a_claim_of_its_own(editor: User) -> None:
    claim = make_claim_with_two_quotes()
    quote = claim.quotes.latest("pk")
    before = dump_claim_tables()
    own = create_own_claim(quote=quote, editor=editor)
    assert (own.text, own.speaker, list(own.quotes.all())) == ("Rivers are full.", claim.speaker, [quote])
    assert own in Claim.objects.released()
    assert create_own_claim(quote=quote, editor=editor) == own, "it has one already"
    undo_last(editor, verdicts.PUBLIC_NOTE)
    assert dump_claim_tables() == before


# --- Relations ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", RelationKind)
def test_a_relation_is_said_by_a_person_and_undone(kind: RelationKind, editor: User) -> None:
    second, first = make.ClaimFactory(), make.ClaimFactory()
    before = dump_claim_tables()
    row = relate_claims(first=first, second=second, kind=kind, editor=editor)
    assert (row.state, row.decided_by) == (RelationState.CONFIRMED, editor)
    symmetric = kind in {"same", "contradicts"}
    assert (row.first, row.second) == ((second, first) if symmetric else (first, second))
    undo_last(editor, verdicts.PUBLIC_NOTE)
    assert dump_claim_tables() == before


def test_what_was_said_of_two_claims_gives_way(editor: User) -> None:
    first, second = make.ClaimFactory(), make.ClaimFactory()
    relate_claims(first=first, second=second, kind=RelationKind.UPDATES, editor=editor)
    relate_claims(first=second, second=first, kind=RelationKind.REPEATS, editor=editor)
    row = ClaimRelation.objects.get()
    assert (row.first, row.second, row.kind) == (second, first, "repeats")
    dismiss_similar_claim(first=first, second=second, editor=editor)
    assert ClaimRelation.objects.get().state == RelationState.DISMISSED


def test_a_claim_is_not_related_to_itself(editor: User) -> None:
    claim = make.ClaimFactory()
    with pytest.raises(RefusedError, match="to itself"):
        relate_claims(first=claim, second=claim, kind=RelationKind.SAME, editor=editor)
