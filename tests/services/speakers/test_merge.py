"""Two speakers made one, and made two again exactly."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User

from claims.models import (
    Claim,
    MergeSuggestion,
    MergeSuggestionState,
    Position,
    Quote,
    QuoteDecision,
    Speaker,
    SpeakerMerge,
    SpeakerName,
    Verification,
)
from claims.services.claims.correction_drafts import publish_correction_draft, save_correction_draft
from claims.services.errors import RefusedError
from claims.services.history.undo import last_operation, undo_operation
from claims.services.ingestion.ingest import ingest
from claims.services.quotes.decisions import decide_quotes
from claims.services.speakers import merge as service
from claims.services.speakers.merge import merge_speakers, undo_merge
from claims.services.speakers.merge import preview_merge as merge_moves
from claims.services.speakers.merge_suggestions import dismiss_merge_suggestion
from claims.services.speakers.merge_suggestions import suggest_merges as suggest
from tests import factories as make
from tests import verifications
from tests.sample_articles import make_article
from tests.table_contents import count_rows, dump_models

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2025, 5, 16, 12, tzinfo=dt.UTC)
WORLD = ("Speaker", "SpeakerName", "Position", "Quote", "Claim", "MergeSuggestion")


@dataclass
class MergeWorld:
    """Two speakers with something of everything, and a third who has nothing to do with them."""

    kept: Speaker
    merged: Speaker
    other: Speaker
    editor: User


def make_speaker_with_everything(name: str, *aliases: str, wikidata_id: str = "") -> Speaker:
    speaker = make.SpeakerFactory(name=name, wikidata_id=wikidata_id)
    for alias in aliases:
        make.SpeakerNameFactory(speaker=speaker, name=alias)
    Position.objects.create(speaker=speaker, title="Minister", held_from=dt.date(2020, 1, 1))
    make.QuoteFactory(speaker=speaker)
    make.QuoteFactory(speaker=speaker, accepted=True)
    make.QuoteFactory(speaker=speaker, rejected=True, claim=None)
    make.ClaimFactory(speaker=speaker)
    return speaker


@pytest.fixture
def world() -> MergeWorld:
    kept = make_speaker_with_everything("Bogdan Bezpalko", "B. Bezpalko", "Bezpalko")
    merged = make_speaker_with_everything("Bohdan Bezpalko", "b.  bezpalko", "Bogdan B.", wikidata_id="Q1")
    other = make_speaker_with_everything("Lena Ford", "Bezpalko")
    suggest([kept])
    return MergeWorld(kept, merged, other, make.UserFactory())


def sorted_names(speaker: Speaker) -> list[str]:
    return [row.name for row in speaker.names.order_by("pk")]


def test_everything_moves_and_a_redirect_stays(world: MergeWorld) -> None:
    others = dump_models("Quote", "Claim", "Position")
    service.merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    kept, merged = Speaker.objects.get(pk=world.kept.pk), Speaker.objects.get(pk=world.merged.pk)
    assert merged.merged_into == kept
    assert set(Speaker.objects.current()) == {kept, world.other}
    for related in ("quotes", "claims", "positions"):
        assert not getattr(merged, related).exists()
        assert getattr(kept, related).count() == 2 * getattr(world.other, related).count()
    assert sorted_names(kept) == ["Bogdan Bezpalko", "B. Bezpalko", "Bezpalko", "Bohdan Bezpalko", "Bogdan B."]
    assert sorted_names(merged) == ["b.  bezpalko"], "what both bear stays where it is"
    assert (kept.wikidata_id, merged.wikidata_id) == ("Q1", "")
    for name, before in others.items():
        for old, new in zip(before, dump_models(name)[name], strict=True):
            assert new == old | {"speaker_id": kept.pk if old["speaker_id"] == merged.pk else old["speaker_id"]}


def test_a_draft_correction_goes_with_its_speaker(world: MergeWorld) -> None:
    """And can be published all the same: the claim's speaker is another for the merge's sake alone."""
    claim = world.merged.claims.filter(quotes__decision=QuoteDecision.ACCEPTED).get()
    verifications.make_published(claim)
    draft = save_correction_draft(
        claim=claim,
        text="Said otherwise.",
        speaker=world.merged,
        said_on=None,
        note=verifications.PUBLIC_NOTE,
        author=world.editor,
    )
    before = dump_models("ClaimAmendment")
    assert [merge_moves(kept=world.kept, merged=each).drafts for each in (world.merged, world.other)] == [1, 0]
    done = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    draft.refresh_from_db()
    assert (draft.speaker, draft.was_speaker) == (world.kept, world.kept)
    assert undo_merge(merge=done, editor=world.editor).put_back["draft correction"] == 1
    assert dump_models("ClaimAmendment") == before
    merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    assert publish_correction_draft(amendment=draft, editor=world.editor).speaker == world.kept


def test_a_merge_of_before_drafts_moved_is_undone(world: MergeWorld) -> None:
    before = dump_models(*WORLD)
    done = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    for what in ("draft correction", "corrected draft"):
        del done.moved[what]
    done.save()
    assert undo_merge(merge=done, editor=world.editor).left == []
    assert dump_models(*WORLD) == before


def test_undone_it_is_exactly_as_before(world: MergeWorld) -> None:
    before = dump_models(*WORLD)
    done = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    assert dump_models(*WORLD) != before
    undo_merge(merge=done, editor=world.editor)
    assert dump_models(*WORLD) == before
    done.refresh_from_db()
    assert done.undone_by == world.editor
    assert done.undone_at


def test_history_has_both_ways(world: MergeWorld) -> None:
    done = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    undo_merge(merge=done, editor=world.editor)
    quote = world.merged.quotes.earliest("pk")
    assert [(row.speaker_id, row.history_user) for row in quote.history.all()[:2]] == [
        (world.merged.pk, world.editor),
        (world.kept.pk, world.editor),
    ]
    newest, before = world.merged.history.all()[:2]
    assert (newest.merged_into_id, before.merged_into_id) == (None, world.kept.pk)
    assert newest.history_change_reason == "merge of Bohdan Bezpalko into Bogdan Bezpalko undone"


def test_merged_again_after_it_was_undone(world: MergeWorld) -> None:
    undo_merge(
        merge=merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor),
        editor=world.editor,
    )
    before = dump_models(*WORLD)
    done = merge_speakers(kept=world.merged, merged=world.kept, editor=world.editor)
    assert set(sorted_names(world.merged)) >= {"Bogdan Bezpalko", "Bohdan Bezpalko", "b.  bezpalko"}
    assert sorted_names(world.kept) == ["B. Bezpalko"], "what both bear stays where it is"
    undo_merge(merge=done, editor=world.editor)
    assert dump_models(*WORLD) == before


@pytest.mark.parametrize("state", [MergeSuggestionState.OPEN, MergeSuggestionState.DISMISSED])
def test_the_suggestion_is_settled_and_comes_back_as_it_was(world: MergeWorld, state: MergeSuggestionState) -> None:
    suggestion = MergeSuggestion.objects.get(first=world.kept, second=world.merged)
    if state == MergeSuggestionState.DISMISSED:
        dismiss_merge_suggestion(suggestion=suggestion, editor=(before := make.UserFactory()))
    done = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.decided_by) == (MergeSuggestionState.MERGED, world.editor)
    with pytest.raises(RefusedError, match="undo the merge first"):
        dismiss_merge_suggestion(suggestion=suggestion, editor=world.editor)
    undo_merge(merge=done, editor=world.editor)
    suggestion.refresh_from_db()
    assert suggestion.state == state
    assert suggestion.decided_by == (before if state == MergeSuggestionState.DISMISSED else None)


def test_speakers_nobody_suggested_can_be_merged(world: MergeWorld) -> None:
    before = dump_models(*WORLD)
    done = merge_speakers(kept=world.kept, merged=world.other, editor=world.editor)
    undo_merge(merge=done, editor=world.editor)
    assert dump_models(*WORLD) == before


def test_what_came_to_the_kept_one_in_between_stays_there(world: MergeWorld) -> None:
    done = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    ingest(article=make_article('"Rivers are full," said Bohdan Bezpalko.'))
    new = Quote.objects.latest("pk")
    assert new.speaker == world.kept, "found under the name that moved"
    gone = world.kept.quotes.earliest("pk")
    moved = Quote.objects.filter(pk__in=done.moved["quote"]).earliest("pk")
    Quote.objects.filter(pk=moved.pk).update(speaker=world.other)
    undo_merge(merge=done, editor=world.editor)
    new.refresh_from_db()
    moved.refresh_from_db()
    assert new.speaker == new.claim.speaker == world.kept
    assert moved.speaker == world.other, "an editor said so since"
    assert gone.speaker == world.kept
    assert world.merged.quotes.count() == 2


def test_a_wikidata_id_given_in_between_stays(world: MergeWorld) -> None:
    done = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    Speaker.objects.filter(pk=world.kept.pk).update(wikidata_id="Q7")
    undo_merge(merge=done, editor=world.editor)
    assert [Speaker.objects.get(pk=row.pk).wikidata_id for row in (world.kept, world.merged)] == ["Q7", ""]


def test_a_chain_of_merges_is_undone_from_its_end(world: MergeWorld) -> None:
    before = dump_models(*WORLD)
    first = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    between = dump_models(*WORLD)
    second = merge_speakers(kept=world.other, merged=world.kept, editor=world.editor)
    assert world.other.quotes.count() == Quote.objects.count()
    with pytest.raises(RefusedError, match="undo that merge first"):
        undo_merge(merge=first, editor=world.editor)
    undo_merge(merge=second, editor=world.editor)
    assert dump_models(*WORLD) == between
    undo_merge(merge=first, editor=world.editor)
    assert dump_models(*WORLD) == before


def test_two_merged_into_one_are_undone_in_any_order(world: MergeWorld) -> None:
    before = dump_models(*WORLD)
    first = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    second = merge_speakers(kept=world.kept, merged=world.other, editor=world.editor)
    undo_merge(merge=first, editor=world.editor)
    undo_merge(merge=second, editor=world.editor)
    assert dump_models(*WORLD) == before


def test_what_is_refused(world: MergeWorld) -> None:
    third = make.SpeakerFactory(name="Nell Elm", wikidata_id="Q2")
    done = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    before = count_rows(), dump_models(*WORLD, without=())
    for kept, merged, why in [
        (world.kept, world.kept, "into itself"),
        (world.other, world.merged, "already"),
        (world.merged, world.other, "already"),
        (third, world.kept, "a Wikidata id each"),  # the kept one has taken it over
        (world.kept, third, "a Wikidata id each"),
    ]:
        with pytest.raises(RefusedError, match=why):
            merge_speakers(kept=kept, merged=merged, editor=world.editor)
    assert (count_rows(), dump_models(*WORLD, without=())) == before
    undo_merge(merge=done, editor=world.editor)
    before = count_rows(), dump_models(*WORLD, without=())
    with pytest.raises(RefusedError, match="already"):
        undo_merge(merge=done, editor=world.editor)
    assert (count_rows(), dump_models(*WORLD, without=())) == before


@pytest.mark.parametrize("undo", [False, True], ids=["merge", "undo"])
def test_half_a_merge_is_never_stored(world: MergeWorld, undo: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**kwargs: object) -> None:
        raise RuntimeError("half-way")

    step = partial(merge_speakers, kept=world.kept, merged=world.merged)
    if undo:
        step = partial(undo_merge, merge=step(editor=world.editor))
    before = count_rows(), dump_models(*WORLD, "SpeakerMerge", without=())
    monkeypatch.setattr(service.verify, "reopen_changed", broken)
    with pytest.raises(RuntimeError, match="half-way"):
        step(editor=world.editor)
    assert (count_rows(), dump_models(*WORLD, "SpeakerMerge", without=())) == before


def test_verdicts_on_the_claims_that_moved_go_back_to_review(world: MergeWorld) -> None:
    claim = world.merged.claims.filter(quotes__decision=QuoteDecision.ACCEPTED).get()
    verifications.make_published(claim)
    done = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    assert list(Verification.objects.order_by("pk").values_list("state", flat=True)) == ["superseded", "submitted"]
    undo_merge(merge=done, editor=world.editor)
    assert Verification.objects.latest("pk").state == "submitted", "and waits for the claim as it is again"


def test_the_words_of_both_share_a_claim_from_then_on(world: MergeWorld) -> None:
    ingest(article=make_article('"Rivers are full," said Bogdan Bezpalko.'))
    first = Quote.objects.latest("pk")
    merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    ingest(article=make_article('"Rivers are full," said Bohdan Bezpalko on Monday.'))
    second = Quote.objects.latest("pk")
    assert first != second
    assert first.claim == second.claim
    decide_quotes(quotes=[first.pk, second.pk], decision=QuoteDecision.ACCEPTED, editor=world.editor)
    assert Claim.objects.released().filter(pk=first.claim_id).exists()


def test_a_redirect_is_not_suggested(world: MergeWorld) -> None:
    merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    new = make.SpeakerFactory(name="Bohdan Bezpalko")
    suggest([new])
    assert {row.first for row in MergeSuggestion.objects.filter(second=new)} == {world.kept}


def test_a_speaker_is_merged_once_at_a_time(world: MergeWorld) -> None:
    merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    assert SpeakerMerge.objects.filter(undone_at=None).count() == 1


# --- Everything comes back, and what does not is said -----------------------------------------------------------------

KEPT_BY_DESIGN = {"SpeakerMerge", "Operation", "Change", "Touched"}  # that it happened


def dump_all_models() -> dict[str, list[dict[str, Any]]]:
    """All rows of the app but histories, which tell of both ways, and what says that it happened."""
    models = apps.get_app_config("claims").get_models(include_auto_created=True)
    names = [model.__name__ for model in models if not model.__name__.startswith("Historical")]
    return dump_models(*(name for name in names if name not in KEPT_BY_DESIGN))


def test_every_row_of_every_table_comes_back_though_others_were_edited_meanwhile(world: MergeWorld) -> None:
    """A row is as it would be, had there been no merge: with what was done to it since, and the speaker it had."""
    done = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    moved_quote, moved_claim = done.moved["quote"][0], done.moved["claim"][0]

    def edit() -> None:
        decide_quotes(quotes=[moved_quote], decision=QuoteDecision.REJECTED, editor=world.editor, at=NOON)
        decide_quotes(
            quotes=[world.other.quotes.earliest("pk").pk], decision=QuoteDecision.REJECTED, editor=world.editor, at=NOON
        )
        Claim.objects.filter(pk=moved_claim).update(text="Reworded since.")
        Speaker.objects.filter(pk=world.kept.pk).update(description="Described since.")
        Position.objects.filter(pk=done.moved["position"][0]).update(title="Former minister")

    edit()
    parted = undo_merge(merge=done, editor=world.editor)
    assert parted.left == []
    after = dump_all_models()
    # The same edits without a merge.
    fresh = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    undo_merge(merge=fresh, editor=world.editor)
    assert dump_all_models() == after
    assert {row.speaker for row in Quote.objects.filter(pk__in=done.moved["quote"])} == {world.merged}
    assert {row.speaker for row in Claim.objects.filter(pk__in=done.moved["claim"])} == {world.merged}
    assert Claim.objects.get(pk=moved_claim).text == "Reworded since."
    assert Quote.objects.get(pk=moved_quote).decision == QuoteDecision.REJECTED
    assert Speaker.objects.get(pk=world.kept.pk).description == "Described since."


def test_merged_and_parted_at_once_not_one_column_differs(world: MergeWorld) -> None:
    before = dump_all_models()
    undo_merge(merge=merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor), editor=world.editor)
    assert dump_all_models() == before


def test_whatever_refers_to_a_speaker_is_moved() -> None:
    """A table that comes to refer to speakers has to be thought of in `merge`, or it would be left behind."""
    related = Speaker._meta.get_fields(include_hidden=True)  # also those that name no way back
    refer = {
        (each.related_model.__name__, each.field.name) for each in related if each.auto_created and each.one_to_many
    }
    refer = {(name, column) for name, column in refer if not name.startswith("Historical")}
    assert refer == {
        *((name, "speaker") for name in ("Quote", "Claim", "Position", "SpeakerName")),  # these move
        ("Speaker", "merged_into"),  # a chain: undone from its end
        *((name, side) for name in ("MergeSuggestion",) for side in ("first", "second")),  # about the pair
        *(("SpeakerMerge", side) for side in ("kept", "merged")),
        *(("ClaimAmendment", column) for column in ("speaker", "was_speaker")),  # these move
    }


def reassign_quote(world: MergeWorld, done: SpeakerMerge) -> None:
    Quote.objects.filter(pk=done.moved["quote"][0]).update(speaker=world.other)


def remove_name(world: MergeWorld, done: SpeakerMerge) -> None:
    SpeakerName.objects.get(speaker=world.kept, name="Bohdan Bezpalko").delete()


def change_wikidata_id(world: MergeWorld, done: SpeakerMerge) -> None:
    Speaker.objects.filter(pk=world.kept.pk).update(wikidata_id="Q7")


def link_to_kept_claim(world: MergeWorld, done: SpeakerMerge) -> None:
    claim = Claim.objects.filter(speaker=world.kept).exclude(pk__in=done.moved["claim"]).earliest("pk")
    Quote.objects.filter(pk=done.moved["quote"][0]).update(claim=claim)


@pytest.mark.parametrize(
    ("meanwhile", "said"),
    [
        (reassign_quote, "1 quote was given to somebody else or removed since, and stays so."),
        (remove_name, "1 name was given to somebody else or removed since, and stays so."),
        (change_wikidata_id, "The Wikidata id Q1 was changed since (to Q7), and stays so."),
        (link_to_kept_claim, "1 of the quotes make a claim of “Bogdan Bezpalko” since: look at them."),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_what_cannot_be_put_back_is_said(
    world: MergeWorld, meanwhile: Callable[[MergeWorld, SpeakerMerge], None], said: str
) -> None:
    done = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    meanwhile(world, done)
    assert undo_merge(merge=done, editor=world.editor).left == [said]
    assert world.merged.names.filter(name=world.merged.name).exists(), "it is found under its main name all the same"


def test_a_verdict_that_waits_since_is_said(world: MergeWorld) -> None:
    claim = world.merged.claims.filter(quotes__decision=QuoteDecision.ACCEPTED).get()
    verifications.make_published(claim)
    shown = merge_moves(kept=world.kept, merged=world.merged)
    assert [row.claim for row in shown.reopened] == [claim]
    done = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    (left,) = undo_merge(merge=done, editor=world.editor).left
    assert left == "1 verdict went back to review since the merge: approve anew, or send back."


def test_what_is_shown_is_what_moves(world: MergeWorld) -> None:
    shown = merge_moves(kept=world.kept, merged=world.merged)
    before = dump_all_models()
    assert merge_moves(kept=world.kept, merged=world.merged) == shown
    assert dump_all_models() == before, "looking moves nothing"
    done = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    assert (shown.quotes, shown.claims) == (len(done.moved["quote"]), len(done.moved["claim"]))
    assert [row.pk for row in shown.positions] == done.moved["position"]
    assert [row.pk for row in shown.names] == done.moved["name"]
    assert [row.name for row in shown.shared] == ["b.  bezpalko"]
    assert (shown.wikidata_id, shown.refusal) == ("Q1", "")
    again = merge_moves(kept=world.other, merged=Speaker.objects.get(pk=world.merged.pk))
    assert "was merged into" in again.refusal


@pytest.mark.parametrize("kept", ["first", "second"])
def test_a_merge_is_an_operation_like_any_other(world: MergeWorld, kept: str) -> None:
    """Undone by the general way it is as if it had not been, the Wikidata id included, whichever of the two had it."""
    pair = (world.kept, world.merged) if kept == "first" else (world.merged, world.kept)
    before = dump_all_models()
    merge_speakers(kept=pair[0], merged=pair[1], editor=world.editor)
    operation = last_operation(world.editor)
    assert operation
    assert operation.verb == "merge"
    undo_operation(operation=operation, editor=world.editor)
    assert dump_all_models() == before
    assert not SpeakerMerge.objects.exists()


def test_a_parting_is_an_operation_like_any_other(world: MergeWorld) -> None:
    done = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    between = dump_all_models()
    undo_merge(merge=done, editor=world.editor)
    operation = last_operation(world.editor)
    assert operation
    undo_operation(operation=operation, editor=world.editor)
    assert dump_all_models() == between
    done.refresh_from_db()
    assert (done.undone_by, done.undone_at) == (None, None)


def test_the_suggestion_has_a_history(world: MergeWorld) -> None:
    suggestion = MergeSuggestion.objects.get(first=world.kept, second=world.merged)
    undo_merge(merge=merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor), editor=world.editor)
    told = [(row.state, row.history_user, row.history_change_reason) for row in suggestion.history.all()]
    assert told == [
        ("open", world.editor, "merge undone"),
        ("merged", world.editor, "merged"),
        ("open", None, "they look alike"),
    ]
