"""Claims split, merged, and made two again: what goes where, what is refused, and that undo leaves nothing behind."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, ClaimRelation, Correction, RelationKind, RelationState, Verification
from claims.services.amend import draft_amendment
from claims.services.correct import GRACE, NoteNeededError, retract_claim
from claims.services.decide import decide
from claims.services.ingest import ingest
from claims.services.link import own_claim, set_claim
from claims.services.refusal import RefusedError
from claims.services.relate import dismiss_likeness, relate
from claims.services.split import merge_claims, split_claim
from claims.services.version import ChangedError
from tests import factories as make
from tests.services import verdicts
from tests.services.articles import article
from tests.services.tables import rows
from tests.services.undoing import undo_last

pytestmark = pytest.mark.django_db

EVERYTHING = ("claim", "quote", "claimrelation", "verification", "evidence", "claim_topics")


@pytest.fixture
def editor() -> User:
    return make.UserFactory()


def stored() -> dict[str, object]:
    """Without the ids of rows between claims and topics, which are made anew."""
    found = rows("Claim", "Quote", "ClaimRelation", "Verification")
    topics = Claim.topics.through.objects.order_by("claim", "topic").values_list("claim", "topic")
    return found | {"topics": list(topics)}


def two_quotes() -> Claim:
    """A public claim of two quotes, about a topic."""
    first = make.QuoteFactory(accepted=True)
    make.QuoteFactory(accepted=True, claim=first.claim, speaker=first.speaker)
    first.claim.topics.add(make.TopicFactory())
    return first.claim


def same_speaker(claim: Claim, **given: object) -> Claim:
    return make.QuoteFactory(accepted=True, speaker=claim.speaker, **given).claim


# --- Split ----------------------------------------------------------------------------------------------------------


def test_a_quote_that_says_something_else_makes_a_claim_of_its_own(editor: User) -> None:
    claim = two_quotes()
    stays, goes = claim.quotes.order_by("pk")
    before = stored()
    new = split_claim(claim=claim, quotes=[goes.pk], text="Roads are dry.", editor=editor)
    assert (new.text, new.speaker, new.released_at) == ("Roads are dry.", claim.speaker, claim.released_at)
    assert list(new.topics.all()) == list(claim.topics.all())
    assert ([*claim.quotes.all()], [*new.quotes.all()]) == ([stays], [goes])
    assert Claim.objects.released().count() == 2
    undo_last(editor, verdicts.NOTE)
    assert stored() == before


def test_what_nobody_accepted_is_not_released_by_splitting(editor: User) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    waiting = make.QuoteFactory(claim=claim, speaker=claim.speaker)
    new = split_claim(claim=claim, quotes=[waiting.pk], editor=editor)
    assert (new.text, new.released_at) == ("Rivers are full.", None)


def test_an_embargo_goes_with_both_parts(editor: User) -> None:
    claim = two_quotes()
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
    claim = two_quotes()
    chosen = quotes(claim)
    before = stored()
    with pytest.raises(RefusedError, match=why):
        split_claim(claim=claim, quotes=chosen, editor=editor)
    assert stored() == before


def test_splitting_what_readers_see_takes_a_note(editor: User) -> None:
    claim = two_quotes()
    Claim.objects.update(released_at=timezone.now() - 2 * GRACE)
    quotes = [claim.quotes.latest("pk").pk]
    with pytest.raises(NoteNeededError):
        split_claim(claim=claim, quotes=quotes, editor=editor)
    split_claim(claim=claim, quotes=quotes, editor=editor, note=verdicts.NOTE)
    assert Correction.objects.released().get().claim == claim


# --- Merge ----------------------------------------------------------------------------------------------------------


def test_everything_goes_to_the_claim_that_is_kept(editor: User) -> None:
    kept, emptied = two_quotes(), two_quotes()
    Claim.objects.update(speaker=kept.speaker)
    other, third = make.ClaimFactory(), make.ClaimFactory()
    relate(first=emptied, second=other, kind=RelationKind.UPDATES, editor=editor)
    relate(first=third, second=emptied, kind=RelationKind.CONTRADICTS, editor=editor)
    draft, submitted = verdicts.draft(emptied), verdicts.submitted(emptied)
    before, topics = stored(), {*kept.topics.all(), *emptied.topics.all()}
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
    undo_last(editor, verdicts.NOTE)
    now = stored()
    verifications, before_verifications = now.pop("Verification"), before.pop("Verification")
    assert now == before
    assert [row["claim_id"] for row in verifications] == [row["claim_id"] for row in before_verifications]


def test_a_merge_is_not_undone_under_a_draft_that_went_on(editor: User) -> None:
    kept = two_quotes()
    emptied = same_speaker(kept)
    draft = verdicts.draft(emptied)
    merge_claims(kept=kept, emptied=emptied, editor=editor)
    Verification.objects.filter(pk=draft.pk).update(
        state="submitted", fingerprint="a" * 64, submitted_at=timezone.now()
    )
    with pytest.raises(ChangedError, match="was submitted since"):
        undo_last(editor, verdicts.NOTE)


def test_what_two_claims_are_to_a_third_is_said_once(editor: User) -> None:
    kept = two_quotes()
    emptied, third = same_speaker(kept), make.ClaimFactory()
    ClaimRelation.objects.create(first=kept, second=third, kind="repeats", score=0.7, reason="alike")
    relate(first=emptied, second=third, kind=RelationKind.CONTRADICTS, editor=editor)
    relate(first=emptied, second=kept, kind=RelationKind.SAME, editor=editor)
    merge_claims(kept=kept, emptied=emptied, editor=editor)
    row = ClaimRelation.objects.get(first__in=[kept, third], second__in=[kept, third])
    assert (row.kind, row.state) == ("contradicts", "confirmed"), "what a person said holds"


def verdict_of_other(kept: Claim, emptied: Claim) -> None:
    verdicts.published(emptied)


def two_verdicts(kept: Claim, emptied: Claim) -> None:
    verdicts.published(kept)
    verdicts.published(emptied)


def two_speakers(kept: Claim, emptied: Claim) -> None:
    Claim.objects.filter(pk=emptied.pk).update(speaker=make.SpeakerFactory())


def retracted(kept: Claim, emptied: Claim) -> None:
    retract_claim(claim=emptied, editor=make.UserFactory(), reason="Wrong.")


def merged_before(kept: Claim, emptied: Claim) -> None:
    merge_claims(kept=same_speaker(kept), emptied=emptied, editor=make.UserFactory())


def embargo_on_kept(kept: Claim, emptied: Claim) -> None:
    Claim.objects.filter(pk=kept.pk).update(released_at=timezone.now() + dt.timedelta(days=1))


def embargo_on_emptied(kept: Claim, emptied: Claim) -> None:
    Claim.objects.filter(pk=emptied.pk).update(released_at=timezone.now() + dt.timedelta(days=1))


def amended(kept: Claim, emptied: Claim) -> None:
    draft_amendment(
        claim=emptied, text="Other.", speaker=None, said_on=None, note=verdicts.NOTE, author=make.UserFactory()
    )


@pytest.mark.parametrize(
    ("prepare", "why"),
    [
        (verdict_of_other, "keep that one, and merge the other into it"),
        (two_verdicts, "withdraw one of them first"),
        (two_speakers, "one repeats the other"),
        (retracted, "was retracted"),
        (merged_before, "was merged into"),
        (embargo_on_kept, "under embargo"),
        (embargo_on_emptied, "under embargo"),
        (amended, "publish or discard it first"),
    ],
)
def test_what_cannot_be_merged_says_what_to_do(prepare: Callable[[Claim, Claim], None], why: str, editor: User) -> None:
    kept = two_quotes()
    emptied = same_speaker(kept)
    prepare(kept, emptied)
    before = stored()
    with pytest.raises(RefusedError, match=why):
        merge_claims(
            kept=Claim.objects.get(pk=kept.pk), emptied=Claim.objects.get(pk=emptied.pk), editor=editor,
            note=verdicts.NOTE,
        )  # fmt: skip
    assert stored() == before


def test_a_claim_is_not_merged_into_itself(editor: User) -> None:
    claim = two_quotes()
    with pytest.raises(RefusedError, match="into itself"):
        merge_claims(kept=claim, emptied=claim, editor=editor)


def test_what_was_judged_is_merged_in_the_open(editor: User) -> None:
    verdict = verdicts.published()
    other = same_speaker(verdict.claim)
    with pytest.raises(NoteNeededError) as asked:
        merge_claims(kept=verdict.claim, emptied=other, editor=editor)
    assert asked.value.verifications == (verdict,)
    merge_claims(kept=verdict.claim, emptied=other, editor=editor, note=verdicts.NOTE)
    verdict.refresh_from_db()
    assert (verdict.state, verdict.claim_id) == ("superseded", verdict.claim.pk)
    assert verdicts.NOTE.what in {row.text for row in Correction.objects.released().filter(claim=verdict.claim)}


def test_corrections_of_a_claim_that_became_a_redirect_stay_public(editor: User) -> None:
    kept = two_quotes()
    emptied = same_speaker(kept)
    Claim.objects.update(released_at=timezone.now() - 2 * GRACE)
    merge_claims(kept=kept, emptied=emptied, editor=editor, note=verdicts.NOTE)
    assert Correction.objects.released().get().claim == emptied
    assert not Claim.objects.withdrawn().exists(), "a redirect is no stub"


def test_redirects_lead_on(editor: User) -> None:
    first = two_quotes()
    second, third = same_speaker(first), same_speaker(first)
    merge_claims(kept=second, emptied=third, editor=editor)
    merge_claims(kept=first, emptied=second, editor=editor)
    assert set(Claim.objects.filter(merged_into=first)) == {second, third}


def test_a_redirect_takes_no_quote_and_no_words_said_again(editor: User) -> None:
    kept = two_quotes()
    emptied = same_speaker(kept)
    merge_claims(kept=kept, emptied=emptied, editor=editor)
    with pytest.raises(RefusedError, match="was merged into"):
        set_claim(quote=make.QuoteFactory(), claim=emptied, editor=editor)
    with pytest.raises(RefusedError, match="was merged into"):
        relate(first=kept, second=emptied, kind=RelationKind.SAME, editor=editor)


def test_the_same_words_said_again_make_no_redirect_their_claim(editor: User) -> None:
    ingest(article=article())
    first, second, *_ = Claim.objects.order_by("pk")
    Claim.objects.update(speaker=first.speaker)
    decide(
        quotes=[quote.pk for claim in (first, second) for quote in claim.quotes.all()],
        decision="accepted",
        editor=editor,
    )
    merge_claims(kept=second, emptied=first, editor=editor)
    ingest(article=article(publisher="Another"))
    assert not first.quotes.exists()


# --- A claim of its own ---------------------------------------------------------------------------------------------


def test_a_quote_gets_a_claim_of_its_own(editor: User) -> None:
    claim = two_quotes()
    quote = claim.quotes.latest("pk")
    before = stored()
    own = own_claim(quote=quote, editor=editor)
    assert (own.text, own.speaker, list(own.quotes.all())) == ("Rivers are full.", claim.speaker, [quote])
    assert own in Claim.objects.released()
    assert own_claim(quote=quote, editor=editor) == own, "it has one already"
    undo_last(editor, verdicts.NOTE)
    assert stored() == before


# --- Relations ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", RelationKind)
def test_a_relation_is_said_by_a_person_and_undone(kind: RelationKind, editor: User) -> None:
    second, first = make.ClaimFactory(), make.ClaimFactory()
    before = stored()
    row = relate(first=first, second=second, kind=kind, editor=editor)
    assert (row.state, row.decided_by) == (RelationState.CONFIRMED, editor)
    symmetric = kind in {"same", "contradicts"}
    assert (row.first, row.second) == ((second, first) if symmetric else (first, second))
    undo_last(editor, verdicts.NOTE)
    assert stored() == before


def test_what_was_said_of_two_claims_gives_way(editor: User) -> None:
    first, second = make.ClaimFactory(), make.ClaimFactory()
    relate(first=first, second=second, kind=RelationKind.UPDATES, editor=editor)
    relate(first=second, second=first, kind=RelationKind.REPEATS, editor=editor)
    row = ClaimRelation.objects.get()
    assert (row.first, row.second, row.kind) == (second, first, "repeats")
    dismiss_likeness(first=first, second=second, editor=editor)
    assert ClaimRelation.objects.get().state == RelationState.DISMISSED


def test_a_claim_is_not_related_to_itself(editor: User) -> None:
    claim = make.ClaimFactory()
    with pytest.raises(RefusedError, match="to itself"):
        relate(first=claim, second=claim, kind=RelationKind.SAME, editor=editor)
